khabar-query -d index --since someday elbe
