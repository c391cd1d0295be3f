khabar-query -d index जल संधि
