khabar-query -d index -0 river; echo $?
khabar-query -d index --json -0 river; echo $?
khabar-query -d index --header river; echo $?
khabar-query -d index --oneline --tsv river; echo $?
khabar-query -d index --show x --tsv; echo $?
khabar-query -d index --tags --oneline; echo $?
