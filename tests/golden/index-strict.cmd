khabar-index -d index --strict; echo $?; printf 'no json\n' >>archive/wire.jsonl; khabar-index -d index --strict archive; echo $?; khabar-index -d index generations
