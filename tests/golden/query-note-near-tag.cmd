khabar-query -d index tag:indus-water-treaty
khabar-query -d index -t 'Indus Waters Traety' river
khabar-query -d index tag:nothing-like-it
