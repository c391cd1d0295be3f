khabar-query -d index --trec bridge toll dresden; khabar-query -d index --trec=mine -n 1 bridge toll
