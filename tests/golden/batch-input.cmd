printf 'a\telbe\nb\tbridge\n' | khabar-query -d index --trec --batch -
