#!/bin/sh
# life.sh - the life of an index: what is published, what never replaces it, what a crash leaves.
# usage: life.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
index=$work/index
mkdir "$work/in"
for i in 1 2 3 4 5; do
    printf 'River talks %s\n\nDELHI, June %s, 2025: The dam is full and the talks go on.\n' $i $i >"$work/in/$i.txt"
done

expect_code "first build" 0 "$indexer" -d "$index" "$work/in"
has "first build" "$work/err" "generation 1 is live"
has "first build" "$work/err" "5 new, 0 changed, 0 gone"
expect "found" 5 "$("$query" -d "$index" -c talks)"

printf '%s\n' "--index $work/filed" "$work/in" >"$work/news.conf"
expect_code "the command line has the last word" 0 "$indexer" -q -d "$work/named" --config "$work/news.conf"
[ -e "$work/named/current" ] && [ ! -e "$work/filed" ] || fail "--config before -d wins"
expect_code "with a word, too" 0 "$indexer" -d "$work/named" --config "$work/news.conf" status
has "with a word, too" "$work/out" "$work/named: generation 1"

expect_code "nothing changed" 0 "$indexer" -d "$index"
has "nothing changed" "$work/err" "nothing changed: generation 1 stays live"
touch "$work/in/1.txt"
expect_code "another time, the same bytes" 0 "$indexer" -d "$index"
has "another time" "$work/err" "nothing changed"
expect_code "rebuild" 0 "$indexer" -d "$index" --rebuild
has "rebuild" "$work/err" "generation 2 is live"

# What is written to while a build reads is taken for changed by the next.
cp "$work/in/1.txt" "$work/while.txt"
mkfifo "$work/pipe"
"$indexer" -q -d "$work/while" "$work/while.txt" - <"$work/pipe" &
builder=$!
exec 9>"$work/pipe"
while [ ! -e "$work/while/tmp/spool" ] && kill -0 $builder; do sleep 0.1; done
touch -d '2001-02-03' "$work/while.txt"
printf '{"id":"last","title":"The last of all"}\n' >&9
exec 9>&-
wait $builder || fail "a build whose input is written to"
expect "written to while it is read" '[""]' \
    "$(jq -c '[.files[] | select(.path | endswith("while.txt")).digest]' "$work/while/gen-000001/manifest.json")"
expect "found all the same" 1 "$("$query" -d "$work/while" -c dam)"

printf 'River talks 1\n\nThe dam is empty now.\n' >"$work/in/1.txt"
expect_code "one changed" 0 "$indexer" -d "$index"
has "one changed" "$work/err" "0 new, 1 changed, 0 gone"
expect "changed text" 1 "$("$query" -d "$index" -c empty)"
expect_code "generations" 0 "$indexer" -d "$index" generations
expect "two are kept" 2 "$(wc -l <"$work/out" | tr -d ' ')"

# Back to the generation before, which a build from the same inputs does not undo.
expect_code "rollback" 0 "$indexer" -d "$index" rollback
has "rollback" "$work/out" "generation 2 is live: $index (before: 3)"
expect "the old text" 0 "$("$query" -d "$index" -c empty || true)"
expect "the new text in its own generation" 1 "$("$query" -d "$index" --generation 3 -c empty)"
expect_code "no such generation" 2 "$query" -d "$index" --generation 17 dam
has "no such generation" "$work/err" "no generation 17"
expect_code "held" 0 "$indexer" -q -d "$index"
has "held" "$work/err" "held: same inputs as generation 3, rolled back on"
expect_code "held: said once" 0 "$indexer" -q -d "$index"
expect "held: said once" "" "$(cat "$work/err")"
has "held: noted" "$index/last-run.json" '"outcome":"held"'
expect_code "held: status" 0 "$indexer" -d "$index" status --max-age 1h
has "held: status" "$work/out" "rolled back from generation 3 on"
cp -r "$index" "$work/hurt"
expect_code "forwards first" 0 "$indexer" -q -d "$work/hurt" rollback 3
for codes in "$work"/hurt/segments/*/codes; do
    printf 'xxxxxxxx' | dd of="$codes" bs=1 seek=4 conv=notrunc 2>"$work/err"
done
expect_code "back to damage" 2 "$indexer" -d "$work/hurt" rollback
has "back to damage" "$work/err" "generation 2 is damaged"
has "back to damage" "$work/err" "check 2; another, or this one: rollback N"
expect_code "if it is named" 0 "$indexer" -d "$work/hurt" rollback 2
expect_code "none before" 2 "$indexer" -d "$index" rollback
has "none before" "$work/err" "no generation before 2 is kept"
expect_code "none of that number" 2 "$indexer" -d "$index" rollback 17
expect_code "no number" 2 "$indexer" -d "$index" rollback back
expect_code "no index" 2 "$indexer" -d "$work/none" rollback
[ ! -e "$work/none" ] || fail "rollback made an index"
expect_code "forwards" 0 "$indexer" --json -d "$index" rollback 3
expect "forwards" '{"v":1,"type":"rollback","generation":3,"before":2}' "$(cat "$work/out")"
expect "the new text" 1 "$("$query" -d "$index" -c empty)"
expect_code "not held" 0 "$indexer" -d "$index"
has "not held" "$work/err" "nothing changed: generation 3 stays live"
expect_code "three" 0 "$indexer" -d "$index" --keep 3 --rebuild
expect_code "prune keeps what it is told" 0 "$indexer" -d "$index" prune --keep 3
expect "prune keeps what it is told" "removed: nothing; kept: 2, 3, 4" "$(cat "$work/out")"
expect_code "back" 0 "$indexer" -d "$index" rollback
expect_code "back twice" 0 "$indexer" -d "$index" rollback
expect_code "held after two steps" 0 "$indexer" -d "$index"
has "held after two steps" "$work/err" "held: same inputs as generation 4"
expect_code "forwards again" 0 "$indexer" -d "$index" rollback 4
mkdir "$index/tmp" "$index/segments/00000000-0000-4000-8000-000000000000"
expect_code "prune" 0 "$indexer" -d "$index" prune
expect "prune" "removed: 3, and what a killed build left; kept: 2, 4" "$(cat "$work/out")"
expect "segments that nobody names" 2 "$(ls "$index/segments" | wc -l | tr -d ' ')"
[ ! -e "$index/tmp" ] || fail "prune left tmp"
expect_code "rolled back, then other inputs" 0 "$indexer" -d "$index" rollback
expect_code "prune what is held" 0 "$indexer" -d "$index" prune --keep 1
expect "prune what is held" "removed: nothing; kept: 2, 4 (the one rolled back from, while its inputs are held)" "$(cat "$work/out")"
expect_code "is held all the same" 0 "$indexer" -d "$index" status
has "is held all the same" "$work/out" "rolled back from generation 4 on"
printf 'River talks 2\n\nThe dam is empty, too.\n' >"$work/in/2.txt"
expect_code "are not held" 0 "$indexer" -d "$index"
has "are not held" "$work/err" "generation 5 is live"
printf 'River talks 2\n\nDELHI, June 2, 2025: The dam is full and the talks go on.\n' >"$work/in/2.txt"
expect_code "as before" 0 "$indexer" -d "$index"

# The same for programs.
expect_code "json: build" 0 "$indexer" --json -d "$index"
expect "json: build" "build unchanged 0" "$(jq -r '"\(.type) \(.outcome) \(.exit)"' "$work/out")"
expect "json: nothing beside it" "" "$(cat "$work/err")"
expect_code "json: status" 0 "$indexer" --json -d "$index" status
expect "json: status" "status 5 none unchanged" "$(jq -r '"\(.type) \(.articles) \(.builder) \(.last_run.outcome)"' "$work/out")"
expect_code "json: generations" 0 "$indexer" --json -d "$index" generations
expect "json: generations" "generation true
generation false" "$(jq -r '"\(.type) \(.live)"' "$work/out")"
expect_code "json: check" 0 "$indexer" --json -d "$index" check
expect "json: check" "check true 0" "$(jq -r '"\(.type) \(.sound) \(.findings | length)"' "$work/out")"

# A generation of another version: the live one is built again, a kept one is left alone.
cp -r "$index" "$work/old"
for file in "$work"/old/gen-*/manifest.json "$work"/old/segments/*/segment.json; do
    sed -i -E 's/record([ =:"]+)[0-9]+/record\1999/' "$file"
done
expect_code "another version: query" 2 "$query" -d "$work/old" dam
has "another version: query" "$work/err" "index is of record 999, this program reads"
has "another version: query" "$work/err" "hint: build it again: khabar-index --index $work/old"
expect_code "another version: status" 1 "$indexer" -d "$work/old" status --max-age 1h
has "another version: status" "$work/out" "no query can read it"
expect_code "another version: build" 0 "$indexer" -d "$work/old"
has "another version: build" "$work/err" "articles   5   before 5, which cannot be read: not compared"
kept=$("$indexer" -d "$work/old" generations | sed -n '2s/^ *\([0-9]*\) .*of another version$/\1/p')
[ -n "$kept" ] || fail "another version: the kept generation is not marked"
expect "another version: json" "true true
false false" "$("$indexer" --json -d "$work/old" generations | jq -r '"\(.live) \(.readable)"')"
for word in "$query -d $work/old --generation $kept dam" "$indexer -d $work/old rollback"; do
    expect_code "another version, kept: $word" 2 $word
    has "another version, kept: $word" "$work/err" "generation $kept, which is kept: "
    has "another version, kept: $word" "$work/err" "hint: live is generation $((kept + 1)); one that is kept goes with the next builds"
done
printf 'Few\n\nOne is left.\n' >"$work/few.txt"
sed -i -E 's/record([ =:"]+)[0-9]+/record\1999/' "$work/old/gen-00000$((kept + 1))/manifest.json"
expect_code "another version: most of it gone" 2 "$indexer" -d "$work/old" "$work/few.txt"
has "another version: most of it gone" "$work/err" "4 of the 5 live articles would be gone"

# Of another analysis: articles are compared all the same, and nothing is a dead end.
cp -r "$index" "$work/analysis"
for file in "$work"/analysis/gen-*/manifest.json "$work"/analysis/segments/*/segment.json; do
    sed -i -E 's/analysis [0-9]+/analysis 998/' "$file"
done
expect_code "another analysis: by damage" 1 "$indexer" -d "$work/analysis" check
has "another analysis: by damage" "$work/out" "manifest.json"
expect_code "another analysis: status" 0 "$indexer" -d "$work/analysis" status
has "another analysis: status" "$work/out" "; analysis 998"
expect "another analysis: status" "998 false" \
    "$("$indexer" --json -d "$work/analysis" status | jq -r '"\(.analysis) \(.readable)"')"
mkdir "$work/others"
for i in 1 2 3 4 5; do
    printf 'Other %s\n\nThis is another article than before.\n' "$i" >"$work/others/$i.txt"
done
expect_code "another analysis: others" 2 "$indexer" -d "$work/analysis" "$work/others"
has "another analysis: others" "$work/err" "5 of the 5 live articles would be gone"
echo junk >"$work/analysis/current"
expect_code "another analysis: damaged current" 2 "$indexer" -d "$work/analysis"
has "another analysis: damaged current" "$work/err" "rollback"
expect_code "another analysis: rollback" 0 "$indexer" -d "$work/analysis" rollback
has "another analysis: rollback" "$work/err" "no query can read generation"
expect_code "another analysis: build" 0 "$indexer" -d "$work/analysis"
has "another analysis: build" "$work/err" "articles   5   0 new, 0 changed, 0 gone"
expect "another analysis: query" 5 "$("$query" -d "$work/analysis" -c dam)"

# An input that is missing, empty or not mounted never replaces a good index.
mv "$work/in" "$work/away"
expect_code "missing input" 2 "$indexer" -d "$index"
expect "still there" 5 "$("$query" -d "$index" -c dam)"
mkdir "$work/in"
expect_code "empty input" 2 "$indexer" -d "$index"
expect "still there" 5 "$("$query" -d "$index" -c dam)"
cp "$work/away/1.txt" "$work/in"
expect_code "most of it gone" 2 "$indexer" -d "$index"
has "most of it gone" "$work/err" "4 of the 5 live articles would be gone"
has "most of it gone" "$work/err" "is it mounted?"
expect "still there" 5 "$("$query" -d "$index" -c dam)"
expect_code "status" 1 "$indexer" -d "$index" status --max-age 1h
has "status" "$work/out" "failed, exit 2"
expect_code "let it pass" 0 "$indexer" -d "$index" --max-drop=100
expect "gone now" 1 "$("$query" -d "$index" -c dam)"
rm -r "$work/in"
mv "$work/away" "$work/in"
expect_code "back" 0 "$indexer" -d "$index"

# Bad articles cost themselves alone.
printf '{"id":"a","title":"Good news"}\n{"id":"b" "title":1}\n{"id":"c","title":"More news"}\n' >"$work/in/w.jsonl"
expect_code "a bad article" 1 "$indexer" -d "$index"
has "a bad article" "$work/err" "w.jsonl:2: not JSON: ',' expected at column 11"
has "failures" "$index/gen-$(sed 's/gen-//' "$index/current")/failures.jsonl" '"line":2'
expect "its neighbours" 2 "$("$query" -d "$index" -c news)"
expect_code "quiet: known already" 1 "$indexer" -q -d "$index" --rebuild
expect "quiet" "" "$(cat "$work/err")"
expect_code "nothing changed" 0 "$indexer" -q -d "$index"
expect_code "strict: nothing changed, but one was skipped" 2 "$indexer" -d "$index" --strict
has "strict: nothing changed" "$work/err" "not published (--strict): $work/in/w.jsonl:2: not JSON"
expect_code "strict" 2 "$indexer" -d "$index" --strict --rebuild
has "strict" "$work/err" "not published (--strict)"
has "failures of a failed run" "$index/failures.jsonl" 'w.jsonl","member":null,"record":2,"line":2,"why":"not JSON'
expect_code "failures of a failed run" 0 "$indexer" -d "$index" failures
has "failures of a failed run" "$work/out" "w.jsonl:2: not JSON: ',' expected at column 11"
expect_code "json: failures" 0 "$indexer" --json -d "$index" failures
expect "json: failures" "1 failure 2" "$(jq -r '"\(.v) \(.type) \(.line)"' "$work/out")"
rm "$index/failures.jsonl"
expect_code "failures of the live generation" 0 "$indexer" -d "$index" failures
has "failures of the live generation" "$work/out" "w.jsonl:2: not JSON: ',' expected at column 11"
expect_code "strict" 2 "$indexer" -d "$index" --strict --rebuild
expect_code "a run that does not fail" 1 "$indexer" -q -d "$index" --rebuild
[ ! -e "$index/failures.jsonl" ] || fail "failures of a failed run are still there"
live=$(sed 's/gen-0*//' "$index/current")
expect_code "failures of a generation" 0 "$indexer" -d "$index" failures "$live"
has "failures of a generation" "$work/out" "w.jsonl:2: not JSON"
expect_code "failures of none" 2 "$indexer" -d "$index" failures 99
has "failures of none" "$work/err" "no generation 99"
expect_code "no failures" 0 "$indexer" -d "$work/named" failures 1
expect "no failures" "khabar-index: note: none" "$(cat "$work/out" "$work/err")"
expect_code "no failures: json" 0 "$indexer" --json -d "$work/named" failures
expect "no failures: json" "" "$(cat "$work/out" "$work/err")"
expect_code "dry run" 0 "$indexer" -d "$work/none" --dry-run "$work/in"
has "dry run" "$work/err" "nothing was written"
[ ! -e "$work/none" ] || fail "a dry run made an index"

# The same articles give the same answers, whatever the number of threads.
expect_code "one thread" 1 "$indexer" -q -d "$work/one" -j 1 "$work/in"
expect_code "four threads" 1 "$indexer" -q -d "$work/four" -j 4 "$work/in"
"$query" -d "$work/one" --json -n all dam OR news >"$work/a"
"$query" -d "$work/four" --json -n all dam OR news >"$work/b"
cmp -s "$work/a" "$work/b" || fail "threads change the answer"

# One builder at a time; a reader does not care.
(exec 9>>"$index/lock" && flock 9 && touch "$work/held" && sleep 5) &
holder=$!
while [ ! -e "$work/held" ]; do sleep 0.1; done
expect_code "locked" 2 "$indexer" -d "$index" --rebuild
has "locked" "$work/err" "is being built by"
expect "readers never wait" 2 "$("$query" -d "$index" -c news)"
kill $holder 2>/dev/null || true
wait $holder 2>/dev/null || true

# Damage is found and named; what was stopped leaves no debris.
expect_code "check" 0 "$indexer" -d "$work/one" check
segment=$(echo "$work"/one/segments/*)
for file in words codes rest postings/postlist.glass segment.json; do
    mv "$segment/$file" "$work/away"
    expect_code "missing: $file" 2 "$query" -d "$work/one" dam
    has "missing: $file" "$work/err" "hint: build it again: khabar-index --index $work/one --rebuild INPUT...; or go back: khabar-index --index $work/one rollback"
    expect_code "missing: $file: dry run" 0 "$indexer" -d "$work/one" --dry-run
    has "missing: $file: it is not unchanged" "$work/err" "generation 1 is built again: missing file: '$segment/$file'"
    mv "$work/away" "$segment/$file"
done
cp "$segment/rest" "$work/good"
printf 'X' >>"$segment/rest"
expect_code "longer" 0 "$indexer" -d "$work/one" --dry-run
has "longer" "$work/err" "generation 1 is built again: damaged file: '$segment/rest'"
cp "$work/good" "$segment/rest"
for file in words codes rest; do
    cp "$segment/$file" "$work/good"
    damage "$segment/$file" 40 # of rest: in the name of the folder, which is made up anew each time
    expect_code "damage: $file" 1 "$indexer" -d "$work/one" check
    has "damage: $file" "$work/out" "/$file"
    has "damage: $file" "$work/err" "hint: build it again: khabar-index --index $work/one --rebuild"
    cp "$work/good" "$segment/$file"
done
expect_code "mended" 0 "$indexer" -d "$work/one" check
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "{\"id\":\"%d\",\"title\":\"Item %d\",\"body\":\"The dam of town %d is full again, says the council of %d.\"}\n", i, i, i, i }' >"$work/big.jsonl"
"$indexer" -q -d "$work/one" --add "$work/big.jsonl" 2>"$work/err" &
builder=$!
while [ ! -e "$work/one/tmp/spool" ] && kill -0 $builder 2>/dev/null; do sleep 0.05; done
expect_code "status of a builder at work" 0 "$indexer" -d "$work/one" status
has "status of a builder at work" "$work/out" "running    since"
kill -KILL $builder
wait $builder 2>/dev/null || true
expect_code "status of one that was killed" 1 "$indexer" -d "$work/one" status --max-age 36h
has "status of one that was killed" "$work/out" "last run   did not finish: began"
expect_code "rollback after it" 0 "$indexer" -q -d "$work/one" rollback 1
expect_code "prune after it" 0 "$indexer" -d "$work/one" prune
expect "prune after it" "removed: what a killed build left; kept: 1" "$(cat "$work/out")"
expect_code "prune again" 0 "$indexer" -d "$work/one" prune
expect "prune again" "removed: nothing; kept: 1" "$(cat "$work/out")"
expect_code "it is still seen" 1 "$indexer" -d "$work/one" status --max-age 36h
has "it is still seen" "$work/out" "last run   did not finish: began"
expect_code "the next one" 1 "$indexer" -q -d "$work/one" --rebuild
expect_code "says nothing of it" 0 "$indexer" -d "$work/one" status --max-age 36h
[ ! -e "$work/one/tmp" ] || fail "debris of one that was killed"
mv "$work/one/last-run.json" "$work/last-run.json"
mkdir "$work/one/last-run.json"
expect_code "one that cannot say how it ended" 1 "$indexer" -d "$work/one" --rebuild
has "one that cannot say how it ended" "$work/err" "last-run.json"
rmdir "$work/one/last-run.json"
mv "$work/last-run.json" "$work/one/last-run.json"
expect_code "leaves its name" 1 "$indexer" -d "$work/one" status --max-age 36h
has "leaves its name" "$work/out" "last run   did not finish: began"
has "leaves its name" "$work/out" "exit 1     the last run did not finish"
expect_code "a build wipes it" 1 "$indexer" -q -d "$work/one" --rebuild
for text in '' '{' '{}' '[]'; do
    printf '%s' "$text" >"$work/one/last-run.json"
    expect_code "last-run.json is '$text'" 0 "$indexer" -d "$work/one" status
    expect_code "last-run.json is '$text': monitor" 1 "$indexer" -d "$work/one" status --max-age 36h
    has "last-run.json is '$text'" "$work/out" "exit 1     last-run.json cannot be read"
    expect_code "last-run.json is '$text': json" 1 "$indexer" --json -d "$work/one" status --max-age 36h
    expect "last-run.json is '$text': json" "null last-run.json cannot be read" "$(jq -r '"\(.last_run) \(.reasons[0])"' "$work/out")"
done
sleep 2
expect_code "too old" 1 "$indexer" -d "$work/one" status --max-age 1s
has "too old" "$work/out" "exit 1     the live generation was made 0 min ago, longer than --max-age"

# What says which generation is live is lost: no build runs over the others.
for text in gone '' garbage gen-000077; do
    what="current is '$text'"
    rm -rf "$work/lost"
    cp -r "$index" "$work/lost"
    n=$(ls -d "$work/lost"/gen-* | wc -l)
    if [ "$text" = gone ]; then rm "$work/lost/current"; else printf '%s\n' "$text" >"$work/lost/current"; fi
    expect_code "$what: query" 2 "$query" -d "$work/lost" river
    has "$what: query" "$work/err" "hint: go back to the newest generation: khabar-index --index $work/lost rollback"
    expect_code "$what: build" 2 "$indexer" -d "$work/lost" "$work/one.jsonl"
    has "$what: build" "$work/err" "hint: go back to the newest generation: khabar-index --index $work/lost rollback"
    expect_code "$what: again" 2 "$indexer" -d "$work/lost"
    has "$what: again" "$work/err" "hint: go back to the newest generation: khabar-index --index $work/lost rollback"
    expect_code "$what: generations" 2 "$indexer" -d "$work/lost" generations
    expect "$what: all are there" "$n" "$(wc -l <"$work/out")"
    expect_code "$what: prune" 2 "$indexer" -d "$work/lost" prune
    newest=$(ls -d "$work/lost"/gen-* | tail -n 1)
    printf x >"$newest/manifest.json"
    expect_code "$what: rollback" 0 "$indexer" -d "$work/lost" rollback
    has "$what: rollback" "$work/out" "(before: not known)"
    expect_code "$what: query behind it" 0 "$query" -c -d "$work/lost" talks
    expect_code "$what: prune behind it" 0 "$indexer" -d "$work/lost" --keep 9 prune
    expect "$what: as many as before" "$n" "$(ls -d "$work/lost"/gen-* | wc -l)"
done

# Also of the first one, and not back to what was rolled back from.
mkdir "$work/few"
printf 'The talks\n\nThe talks go on at the dam.\n' >"$work/few/1.txt"
"$indexer" -q -d "$work/first" "$work/few"
rm "$work/first/current"
expect_code "first one lost: build" 2 "$indexer" -d "$work/first" "$work/few"
expect_code "first one lost: rollback" 0 "$indexer" -d "$work/first" rollback
expect "first one is there" 1 "$("$query" -d "$work/first" -c talks)"
"$indexer" -q -d "$work/first" --keep 5 --rebuild "$work/few"
"$indexer" -q -d "$work/first" --keep 5 --rebuild "$work/few"
"$indexer" -q -d "$work/first" rollback
rm "$work/first/current"
expect_code "lost behind a rollback" 0 "$indexer" -d "$work/first" rollback
has "lost behind a rollback" "$work/out" "generation 2 is live"

# A lost file of rare terms is no index without them.
rm "$work/first"/segments/*/postings/pulsed
expect_code "rare terms are lost" 2 "$query" -d "$work/first" talks
has "rare terms are lost" "$work/err" "missing file: "

# The manifest of the live one is damaged: the others are listed, and the newest of them is compared with.
rm -rf "$work/lost"
cp -r "$index" "$work/lost"
printf x >"$(echo "$work/lost/gen-$(cut -c5-10 "$work/lost/current")")/manifest.json"
expect_code "live manifest" 0 "$indexer" -d "$work/lost" generations
has "live manifest" "$work/out" "damaged, live: damaged file: "
mkdir "$work/none-of-them"
printf 'One\n\nOne only.\n' >"$work/none-of-them/1.txt"
expect_code "live manifest: the guard stays" 2 "$indexer" -d "$work/lost" "$work/none-of-them"
has "live manifest: compared" "$work/err" "is what this build is compared with: damaged file: "
has "live manifest: the guard stays" "$work/err" "would be gone"
before=$(cat "$index/current")
"$indexer" -d "$index" --add "$work/big.jsonl" >"$work/out" 2>"$work/err" &
builder=$!
while [ ! -e "$index/tmp/spool" ] && kill -0 $builder 2>/dev/null; do sleep 0.05; done
kill -TERM $builder 2>/dev/null || true
code=0
wait $builder || code=$?
expect "dies by the signal" 143 "$code"
expect "the live generation stays" "$before" "$(cat "$index/current")"
[ ! -e "$index/tmp" ] || fail "debris: $(ls "$index" "$index/tmp")"
expect "segments that nobody names" 2 "$(ls "$index/segments" | wc -l | tr -d ' ')"
finish
