khabar-index -d index stauts
