khabar-query -d index --width 60 engineers lawyers
