khabar-index -d index status --max-age 36h >/dev/null; echo $?; sleep 1.1; khabar-index -d index status --max-age 1s >/dev/null; echo $?; khabar-index -d index status --max-age soon
