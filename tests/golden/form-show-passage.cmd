id="$PWD/archive/en/river-talks.txt"
ref=$(khabar-query -d index --json -n 1 id:"$id" | sed 's/.*"ref":"\([^":]*\).*/\1/')
khabar-query -d index --color never --highlight md --show "$ref:3-5" engineers dam
echo "---"
khabar-query -d index --show "$ref:1" --text
echo "---"
khabar-query -d index --show "$ref:0-1" --json | sed 's/"text":.*"blocks"/"blocks"/'
echo "---"
khabar-query -d index --show "$ref:99"; echo "exit $?"
khabar-query -d index --show "$ref:5-3"; echo "exit $?"
khabar-query -d index --show "$ref:x"; echo "exit $?"
