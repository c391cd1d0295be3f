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
