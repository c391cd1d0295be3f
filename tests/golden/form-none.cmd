khabar-query -d index -n 0 elbe
