khabar-query -d index titel:x bridge
