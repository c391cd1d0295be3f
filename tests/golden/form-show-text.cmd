khabar-query -d index --show "$PWD/archive/en/river-talks.txt" --text
