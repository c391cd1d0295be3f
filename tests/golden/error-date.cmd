khabar-query -d index date:05/06/2025
