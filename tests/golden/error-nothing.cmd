khabar-query -d index
