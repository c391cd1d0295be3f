#!/bin/sh
# bad_input.sh - inputs that are broken in all the usual ways cost themselves and nothing else.
# usage: bad_input.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
in=$work/in
mkdir "$in"
printf 'A sound article\n\nIt says harvest.\n' >"$in/sound.txt"
: >"$in/empty.txt"
printf 'title\000with a zero\001\002' >"$in/binary.txt"
printf '\377\376\000\330' >"$in/half.txt"
printf '{"title": "cut' >"$in/cut.json"
printf '{"title":"one"}\nnot json at all\n{"title":"harvest two"}\n[1,2]\n{}\n' >"$in/mixed.jsonl"
head -c 300 /dev/urandom | gzip -c | head -c 100 >"$in/cut.txt.gz"
printf 'PK\003\004 no zip' >"$in/no.zip"
awk 'BEGIN { printf "Deep\n\n"; for (i = 0; i < 100000; i++) printf "a"; print " harvest end." }' >"$in/long_word.txt"
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "["; }' >"$in/deep.json"
printf '[' >"$in/broken.json"
printf 'no JSON\n{"title":"harvest three"}\n' >"$in/first.jsonl"
printf 'caf\351 au lait\n\nUne r\351colte, harvest.\n' >"$in/latin1.txt"
printf '\377\330\377\340\000\020JFIF\000' >"$in/photo.jpg"
ln -s nowhere "$in/dangling.txt"

expect_code "a folder full of trouble" 1 "$indexer" -d "$work/index" "$in"
for name in empty.txt cut.json mixed.jsonl; do
    has "named with its file" "$work/index/gen-000001/failures.jsonl" "$name"
done
has "never text" "$work/index/gen-000001/failures.jsonl" 'broken.json","member":null,"record":1,"line":1,"why":"not JSON'
has "never text" "$work/index/gen-000001/failures.jsonl" 'first.jsonl","member":null,"record":1,"line":1,"why":"not JSON'
has "left alone" "$work/err" "1 other file left alone (.jpg 1)"
expect_code "read once" 0 "$indexer" -d "$work/index"
has "read once" "$work/err" "nothing changed: generation 1 stays live"
expect "the sound ones are found" 5 "$("$query" -d "$work/index" -c harvest)"
expect "its charset is detected" 1 "$("$query" -d "$work/index" -c récolte)"
expect_code "and all of it is sound" 0 "$indexer" -d "$work/index" check

expect_code "a photo that is named" 2 "$indexer" -d "$work/photo" "$in/photo.jpg"
expect_code "a misspelt word" 2 "$indexer" -d "$work/index" stauts
has "a misspelt word" "$work/err" "did you mean the word 'status'?"
mkdir "$work/other"
: >"$work/other/thesis.doc"
expect_code "a folder of something else" 2 "$indexer" -d "$work/other" "$in"
[ -e "$work/other/thesis.doc" ] || fail "it is gone"
expect_code "no index and no input" 2 "$indexer" -d "$work/new"
for bad in '\377\376' '"' '((((' 'a AND' 'tag:' '+' '-' 'NOT' 'near/5' '=""' '\033[2J'; do
    code=0
    "$query" -d "$work/index" "$(printf "$bad")" >/dev/null 2>"$work/err" || code=$?
    [ "$code" -le 1 ] || fail "plain text is never an error: '$bad': $(cat "$work/err")"
done
finish
