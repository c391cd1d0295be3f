khabar-query -d index --color never --highlight md --show 'wire 1' toll
