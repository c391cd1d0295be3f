khabar-query -d index --oneline -n 3 indus OR river
khabar-query -d index --oneline --color always -n 1 treaty
