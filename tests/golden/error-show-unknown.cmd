khabar-query -d index --show nothere; echo $?; khabar-query -d index --show @00000000
