printf 'A new title\n\nA new paragraph about nothing.\n' >archive/new.txt; khabar-index -d index; khabar-query -d index --ids 'paragraph about nothing' 
