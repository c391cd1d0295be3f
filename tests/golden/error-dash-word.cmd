khabar-query -d index -c -cricket; echo "$?"
khabar-query -d index -vote; echo "$?"
khabar-query -d index -c -- -cricket
