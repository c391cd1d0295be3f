rm archive/wire.jsonl; khabar-index -d index archive; echo $?; khabar-query -d index -c elbe; khabar-index -d index --max-drop=100 archive; khabar-query -d index -c elbe
