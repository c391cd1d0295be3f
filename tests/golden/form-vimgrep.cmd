khabar-query -d index --vimgrep -n 3 indus OR river
gzip -k archive/wire.jsonl
khabar-index -q -d packed archive/wire.jsonl.gz
khabar-query -d packed --vimgrep toll OR dam
