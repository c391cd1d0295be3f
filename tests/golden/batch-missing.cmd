khabar-query -d index --batch nothere
