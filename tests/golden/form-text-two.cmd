khabar-query -d index bridge toll
