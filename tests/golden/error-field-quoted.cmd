khabar-query -d index "it's titel:x"
