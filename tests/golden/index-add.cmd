mkdir more
printf 'Locks of the canal\n\nThe locks of the canal are shut.\n' >more/canal.txt
khabar-index -d index --add more
khabar-query -d index --ids 'canal OR Elbe'
khabar-index -d index generations | sed 's/  .*articles/ articles/'
