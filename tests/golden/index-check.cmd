khabar-index -d index check; khabar-index -d index check 1; khabar-index -d index check 7; echo $?; khabar-index -d index check x
