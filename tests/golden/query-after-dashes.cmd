khabar-query -d index -c -- -elbe
