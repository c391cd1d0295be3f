# No escape of an article comes through, only our own colour.
khabar-query -d index --color always --highlight ansi stars
khabar-query -d index --color always --highlight ansi --show wire-3
khabar-query -d index --tags=esc
