khabar-query -d index --json lawyers
