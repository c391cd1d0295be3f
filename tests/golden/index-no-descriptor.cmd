# Standard input cannot be read again.
cat archive/wire.jsonl | khabar-index -q -d index --max-drop 100 --format jsonl -
echo $?
khabar-query -d index -c elbe
khabar-index -d index
