khabar-query -d index --json monsoon
