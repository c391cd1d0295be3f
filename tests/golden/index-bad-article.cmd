printf 'no json\n' >>archive/wire.jsonl; khabar-index -d index archive; echo $?; cat index/gen-000002/failures.jsonl; khabar-index -d index status
