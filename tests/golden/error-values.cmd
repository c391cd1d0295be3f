khabar-query -d index --color sometimes x; khabar-query -d index --width 5 x; khabar-query -d index --per-article 0 x; khabar-query -d index --offset -1 x; khabar-query -d index --limit
