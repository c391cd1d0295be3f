khabar-query -d index --tsv --header -n 2 indus OR river | sed -E 's/^([^\t]*\t[0-9]+\t)[0-9.]+/\1SCORE/'
khabar-query -d index --tags --tsv --header
printf 'q1\triver\n' | khabar-query -d index --tsv -n 1 --batch - | cut -f1,2,5-9
