khabar-query -d index elbe >/dev/full
