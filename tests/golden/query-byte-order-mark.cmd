# Editors put a byte order mark at the beginning of a file: it is no part of what is in it.
mark='\357\273\277'
printf "${mark}a\telbe\nb\tbridge\n" | khabar-query -d index --trec --batch -
printf "${mark}a\telbe\nb\tbridge\n" >batch
khabar-query -d index --trec --batch batch
printf "${mark}\nelbe\n" | khabar-query -d index --trec --batch -
printf "${mark}+elbe" | khabar-query -d index --count -
printf "${mark}wire 1\n" | khabar-query -d index --show - --text
printf "${mark}--index index\n-n 1\n" >options
khabar-query --config options --count river
printf "${mark}--index other\narchive\n" >options
khabar-index -q --config options && khabar-index status -d other | head -1 | cut -d: -f1
