khabar-query -d index Brücken
