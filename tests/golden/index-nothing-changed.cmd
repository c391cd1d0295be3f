khabar-index -d index archive; khabar-index -d index
