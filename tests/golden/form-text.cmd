khabar-query -d index --tag 'Indus Waters Treaty' treaty talks
