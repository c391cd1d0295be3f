khabar-index -d index status
