printf 'a\telbe\n\nb\tnowhere\nnosuch:field\nd\tdate:05/06/2025\ntoll\n' >topics
khabar-query -d index -c --batch topics
