mkdir empty; khabar-index -d index empty; echo $?; khabar-query -d index -c elbe
