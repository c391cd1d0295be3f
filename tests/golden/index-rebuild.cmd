khabar-index -d index --rebuild archive; khabar-index -d index generations
