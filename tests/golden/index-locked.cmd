exec 9>>index/lock
flock 9
khabar-index -d index --rebuild archive
echo $?
khabar-query -d index -c elbe
