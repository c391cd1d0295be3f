khabar-query -d index --highlight md lawyers
