khabar-query -d index '*'
