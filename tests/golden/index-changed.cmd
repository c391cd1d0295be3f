sed -i s/lawyers/judges/ archive/en/river-talks.txt; khabar-index -d index; khabar-query -d index -c judges; khabar-query -d index -c lawyers
