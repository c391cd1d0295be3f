khabar-query -d index treaty -n 5
khabar-query -d index 'indus waters' "it's" treaty -n 5 talks
khabar-query -d index elbe -c talks
