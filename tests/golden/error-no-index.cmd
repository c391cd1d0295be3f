khabar-query -d nothere elbe
