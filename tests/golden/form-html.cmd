khabar-query -d index --highlight html escape bridge toll
