khabar-query -d index -l bridge OR dam; khabar-query -d index -l -n 1 elbe
