khabar-query -d index --tags=d --json; khabar-query -d index --tags --json elbe
