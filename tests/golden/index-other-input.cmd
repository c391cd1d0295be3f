mkdir more; cp archive/en/glued.txt more/; khabar-index -d index --max-drop 100 more
