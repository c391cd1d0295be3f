printf 'nowhere\n' | khabar-query -d index --ids --batch -
