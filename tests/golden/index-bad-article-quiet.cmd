printf 'no json\n' >>archive/wire.jsonl; khabar-index -d index -q archive; echo $?; khabar-index -d index -q --rebuild archive
