printf 'no json\n' >>archive/wire.jsonl; khabar-index -d index --dry-run archive; echo $?; khabar-index -d index --dry-run -d none archive; ls
