khabar-query -d index --tags --show x
