khabar-query -d index --color always lawyers
