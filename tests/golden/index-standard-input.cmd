# A place in standard input has its name, and null for its path.
printf '{"id":"a"}\n{"id":"b","title":"The dam"}\n' | khabar-index -d index --max-drop 100 - 2>&1; khabar-index -d index failures; khabar-index -d index failures --json
