rm -r index; khabar-index -d index archive
