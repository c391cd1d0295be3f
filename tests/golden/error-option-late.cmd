khabar-query -d index treaty -n 5
