khabar-query -d index --json -l elbe
