khabar-query -d archive elbe
