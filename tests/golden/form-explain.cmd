khabar-query -d index --explain '+elbe -"no toll" tag:dresden' | grep -v '^engine '
