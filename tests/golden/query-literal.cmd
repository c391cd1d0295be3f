khabar-query -d index -F --ids -- '-"first titel:bus' 
