khabar-query -d index --tags
