for letter in v r w e f o; do khabar-query -$letter treaty; done
khabar-query -n treaty
