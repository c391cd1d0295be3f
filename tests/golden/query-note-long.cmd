khabar-query -d index -c "elbe x$(printf '%0300d' 7)"
