khabar-query -d index --ids 'dresden bridge'
