khabar-index -d none status; khabar-index -d none check; khabar-index -d none generations; khabar-index -d none
