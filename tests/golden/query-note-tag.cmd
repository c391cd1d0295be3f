khabar-query -d index tag:indus
