khabar-query -d index -c '"first bus'
