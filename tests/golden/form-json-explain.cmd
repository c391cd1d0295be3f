khabar-query -d index --json --explain tag:dresden
