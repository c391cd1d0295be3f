khabar-query -d index --tags bridge OR Elbe
