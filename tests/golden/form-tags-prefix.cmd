khabar-query -d index --tags=indus
