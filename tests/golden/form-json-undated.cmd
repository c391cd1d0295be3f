khabar-query -d index --json 'old dam'
