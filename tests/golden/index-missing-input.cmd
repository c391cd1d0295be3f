khabar-index -d index nothere
