khabar-query -d index --show 'wire 1'
