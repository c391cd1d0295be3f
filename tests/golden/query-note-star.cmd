khabar-query -d index -c 'tre*ty' || true
khabar-query -d index -c 'title:*eaty' || true
khabar-query -d index -c '"indus wat* treaty"' || true
khabar-query -d index -c 'treat*'
