khabar-query -d index --show wire-4 --json dam
