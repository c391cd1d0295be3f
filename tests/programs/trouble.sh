#!/bin/sh
# trouble.sh - what a build says, keeps and leaves alone when something round it is broken.
# usage: trouble.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
index=$work/index
mkdir "$work/in"
for i in 1 2 3 4 5; do
    printf 'River talks %s\n\nDELHI, June %s, 2025: The dam is full and the talks go on.\n' $i $i >"$work/in/$i.txt"
done

# No file of an index gets the number of standard input, output or error.
expect_code "all are closed" 0 sh -c '"$@" <&- >&- 2>&-' sh "$indexer" --progress always -d "$index" "$work/in"
expect "built" 5 "$("$query" -d "$index" -c dam)"
expect_code "sound" 0 "$indexer" -d "$index" check
expect_code "no output to write to" 2 sh -c '"$@" >&-' sh "$query" -d "$index" dam
has "no output to write to" "$work/err" "Bad file descriptor"

# A first build has no index to tell of: while it runs, when a signal ends it, when it is killed.
mkfifo "$work/pipe"
# begin: a first build that waits for its last input
begin() {
    "$indexer" -q -d "$work/stopped" --jobs 2 "$work/in" "$work/in/1.txt" - <"$work/pipe" 2>"$work/stopped.err" &
    builder=$!
    exec 9>"$work/pipe"
    while [ ! -e "$work/stopped/tmp/spool" ] && kill -0 $builder; do sleep 0.1; done
}
# end SIGNAL
end() {
    kill "-$1" $builder
    code=0
    wait $builder 2>/dev/null || code=$?
    exec 9>&-
}
begin
expect_code "a first build runs" 2 "$indexer" -d "$work/stopped" status
has "a first build runs" "$work/err" "no index yet at '$work/stopped': the first build is running since "
has "a first build runs" "$work/err" ", process $builder"
end TERM
expect "ended by the signal" 143 "$code"
has "ended by the signal" "$work/stopped.err" "interrupted: nothing was published"
expect_code "it was ended" 2 "$indexer" -d "$work/stopped" status --max-age 1h
has "it was ended" "$work/err" "no index at '$work/stopped': the last run failed on "
has "it was ended" "$work/err" ": interrupted: nothing was published"
begin
end KILL
expect_code "it was killed" 2 "$indexer" -d "$work/stopped" status
has "it was killed" "$work/err" "no index at '$work/stopped': a first build did not finish: began "
has "it was killed" "$work/err" " as process $builder; killed, or the disk was full"
has "it was killed" "$work/err" "hint: begin again: khabar-index --index $work/stopped INPUT..."
expect_code "begun again" 0 "$indexer" -q -d "$work/stopped" "$work/in"
expect_code "now there is one" 0 "$indexer" -d "$work/stopped" status --max-age 1h

# What goes wrong behind the change of `current` does not make a build fail.
printf 'More talks\n\nThe dam is fuller still.\n' >"$work/in/6.txt"
rm "$index/gen-000001/failures.jsonl"
mkdir "$index/gen-000001/failures.jsonl"
expect_code "failures of before cannot be read" 0 "$indexer" -d "$index"
has "failures of before" "$work/err" "which failures are new is not known: "
has "failures of before" "$work/err" "generation 2 is live"
expect "all are found" 6 "$("$query" -d "$index" -c dam)"

# --max-drop guards against an index of another layout, too.
printf 'Few\n\nOne is left.\n' >"$work/few.txt"
cp -r "$index" "$work/old"
sed -i -E 's/("layout"[ :]+)[0-9]+/\1999/' "$work/old/gen-000002/manifest.json"
expect_code "another layout: most of it gone" 2 "$indexer" -d "$work/old" "$work/few.txt"
has "another layout" "$work/err" "5 of the 6 live articles would be gone"
expect_code "another layout: status" 0 "$indexer" -d "$work/old" status
has "another layout: status" "$work/out" "articles   6 from 1 input"
expect_code "another layout: built again" 0 "$indexer" -d "$work/old"
has "another layout" "$work/err" "articles   6   before 6, which cannot be read: not compared"

expect "another layout: goes before those that can be read, with its segment" "1 3 2" \
    "$(ls "$work/old" | sed -n 's/^gen-00000//p' | tr '\n' ' ')$(ls "$work/old/segments" | wc -l | tr -d ' ')"

# A live generation without its manifest is not built again without a word.
cp -r "$index" "$work/lost"
rm "$work/lost/gen-000002/manifest.json"
expect_code "no manifest" 2 "$indexer" -d "$work/lost"
has "no manifest" "$work/err" "no generation 2 in '$work/lost'"
has "no manifest" "$work/err" "hint: name the inputs: khabar-index INPUT..."
expect_code "no manifest, inputs named" 0 "$indexer" -q -d "$work/lost" "$work/in"

# A disk that cannot be read for once makes no debris of what may be good.
cp -r "$index" "$work/hiccup"
rm "$work/hiccup/current"
for generation in "$work"/hiccup/gen-*; do
    mv "$generation/manifest.json" "$generation/good"
    mkdir "$generation/manifest.json"
done
ls "$work/hiccup" "$work/hiccup/segments" >"$work/before"
expect_code "manifests cannot be read" 2 "$indexer" -q -d "$work/hiccup" "$work/few.txt"
has "manifests cannot be read" "$work/err" "manifest.json': Is a directory"
ls "$work/hiccup" "$work/hiccup/segments" >"$work/after"
expect "nothing went" "$(grep -v last-run "$work/before")" "$(grep -v last-run "$work/after")"

# One id many times over: in one input the last text stays, the same text once.
line='{"id":"x","title":"River talks","body":"The dam number %s is full."}\n'
for i in $(seq 3000); do
    printf "$line" "$i"
done >"$work/a.jsonl"
printf "$line" 3000 >"$work/b.jsonl"
expect_code "one id" 0 "$indexer" -d "$work/one" "$work/a.jsonl"
has "one id" "$work/err" "2999 repeated, the last stays"
expect_code "one id, two inputs" 0 "$indexer" -d "$work/one" "$work/a.jsonl" "$work/b.jsonl"
expect "the last text, once" '"3000"' "$("$query" -d "$work/one" --show x --json | jq -c '.text | capture("number (?<n>[0-9]+)").n')"
expect "no other" 1 "$("$query" -d "$work/one" -c dam)"

finish
