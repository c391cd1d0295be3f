printf '# mine\n\n-n 1\n--index index\n--highlight=md\n' >options
export KHABAR_CONFIG=options
khabar-query river
khabar-query -n 2 --ids river
khabar-query --no-config -d index --ids river
unset KHABAR_CONFIG
khabar-query --config options --ids river
printf -- '--tsv\n' >bad
khabar-query --config bad river; echo $?
printf 'index\n' >bad
khabar-query --config bad river; echo $?
khabar-query --config missing river; echo $?
printf -- '--null\n' >bad
khabar-query --config bad river; echo $?
khabar-query --config bad --help | head -1
printf 'Gate one\r opens\r\n\r\nThe sluice\rgate stays open.\n' >returns.txt
khabar-index -q -d returns returns.txt
khabar-query -d returns --tsv sluice | cut -f8-
