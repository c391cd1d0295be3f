khabar-query -d index -c elbe; khabar-query -d index -c nowhere
