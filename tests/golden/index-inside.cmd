khabar-index -d archive archive; echo $?; khabar-index -q -d archive/index archive && khabar-index -d archive/index
