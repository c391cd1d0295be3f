printf '"first bus"\n' | khabar-query -d index --ids -
