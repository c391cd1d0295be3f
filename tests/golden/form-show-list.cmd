khabar-query -d index --ids lang:de | khabar-query -d index --show - --text
