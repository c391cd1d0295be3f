khabar-query -d index --ofset 3 treaty
