khabar-query -d index -q elbe; echo $?; khabar-query -d index -q nowhere; echo $?
