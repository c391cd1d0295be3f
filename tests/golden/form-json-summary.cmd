khabar-query -d index --json --summary -n 1 river | tail -n 1 | sed 's/"ms":[0-9]*/"ms":T/'
printf 'a\triver\nb\tzebra\n' | khabar-query -d index --json --summary -n 0 --batch - | sed 's/"ms":[0-9]*/"ms":T/'
khabar-query -d index --summary river
