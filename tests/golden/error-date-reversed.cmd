khabar-query -d index --since 2025-06 --until 2025-05 elbe
