khabar-query -d index --batch - -; khabar-query -d index --show - -
