khabar-query -d index -l0 river | tr '\0' '|'
khabar-query -d index --ids -0 river | tr '\0' '|'
khabar-query -d index --tags -0 | tr '\0' '|'
