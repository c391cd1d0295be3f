#!/bin/sh
# left_out.sh - what is left out of an article, and which articles are left out, is said and counted.
# usage: left_out.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
index=$work/index
mkdir "$work/in"

# Tags beyond 1,000: the article is in, the warning names file and line.
awk 'BEGIN { print "{\"id\":\"a\",\"title\":\"Few\",\"tags\":[\"one\"]}"
             printf "{\"id\":\"b\",\"title\":\"Many\",\"tags\":["
             for (i = 1; i <= 1204; i++) printf "%s\"tag %d\"", (i > 1 ? "," : ""), i
             print ",\"TAG 7\"]}" }' >"$work/in/tags.jsonl"
awk 'BEGIN { printf "Listed\n\nThe body.\n\nTags: "
             for (i = 1; i <= 1001; i++) printf "%sword %d", (i > 1 ? ", " : ""), i
             print "" }' >"$work/in/tags.txt"
expect_code "too many tags" 0 "$indexer" -d "$index" "$work/in"
has "in the summary" "$work/err" "2 warnings, 2 of them new"
has "with its place" "$work/err" "tags.jsonl:2: 1204 tags: the first 1000 are kept"
has "in the list" "$index/gen-000001/failures.jsonl" '"type":"warning"'
has "in the list" "$index/gen-000001/failures.jsonl" '1001 tags: the first 1000 are kept'
has "in last-run.json" "$index/last-run.json" '"warnings":2,"warnings_new":2'
expect "the first 1000" "0 1" "$("$query" -d "$index" -c 'tag:tag-1001' 2>/dev/null || true) $("$query" -d "$index" -c 'tag:tag-1000')"
expect_code "quiet: known already" 0 "$indexer" -q -d "$index" --rebuild
expect "quiet: known already" "" "$(cat "$work/err")"
expect_code "quiet: new ones" 0 "$indexer" -q -d "$work/other" "$work/in"
has "quiet: new ones" "$work/err" "warning: $work/in/tags.jsonl:2: 1204 tags"

# A date that is none, or one of two: the article is in, with file and line.
mkdir "$work/dates"
cat >"$work/dates/a.jsonl" <<'T'
{"id":"two","title":"A","date":"05/06/2025"}
{"id":"none","title":"A","date":"2025-02-31"}
{"id":"word","title":"A","date":"yesterdayish"}
{"id":"fine1","title":"A","date":"2025-06-05","updated":"later"}
{"id":"fine2","title":"A","date":"05/06/2025","lang":"en"}
{"id":"fine3","title":"A","date":"05/06/2025","lang":"de"}
{"id":"fine4","title":"A","date":"13/06/2025"}
{"id":"fine5","title":"A","date":"05/05/2025"}
{"id":"fine6","title":"A","date":1717545600}
{"id":"empty1","title":"A","date":""}
{"id":"empty2","title":"A","date":"  "}
{"id":"empty3","title":"A","date":null}
{"id":"empty4","title":"A"}
{"id":"empty5","title":"A","date":"None"}
{"id":"empty6","title":"A","date":"0000-00-00 00:00:00"}
T
printf 'A title\nDate: yesterdayish\n\nThe body.\n' >"$work/dates/b.txt"
printf 'A title\nDate: 03/04/2025\n\nThe body.\n' >"$work/dates/c.txt"
printf 'A title\n\nThe body.\n\nDate: nobody knew it\n\nMore.\n' >"$work/dates/d.txt"
expect_code "dates in doubt" 0 "$indexer" -d "$work/dated" "$work/dates"
expect "dates in doubt" "a.jsonl 1 '05/06/2025' has two readings: 2025-06-05 is taken
a.jsonl 2 '2025-02-31' is no date
a.jsonl 3 'yesterdayish' is no date
b.txt null 'yesterdayish' is no date
c.txt null '03/04/2025' has two readings: 2025-04-03 is taken" \
    "$(jq -r '"\(.path | sub(".*/"; "")) \(.line) \(.why)"' "$work/dated/gen-000001/failures.jsonl")"
expect "as the language has it" "2025-05-06 2025-06-05" "$(echo $(for id in fine2 fine3; do
    "$query" -d "$work/dated" --show $id --json | jq -r .article.date; done))"
awk 'BEGIN { for (i = 1; i <= 103; i++) print "{\"title\":\"A\",\"date\":\"31/31/2025\"}" }' >"$work/feed.jsonl"
expect_code "many of a file" 0 "$indexer" -d "$work/feed" "$work/feed.jsonl"
expect "many of a file" "101 null 3 more dates or texts that cannot be read as they are" \
    "$(jq -s -r '"\(length) \(.[-1].line) \(.[-1].why)"' "$work/feed/gen-000001/failures.jsonl")"

# A bad byte costs a character, and is told of.
mkdir "$work/bytes"
printf '{"id":"one","title":"कावेरी का जल\340","body":"caf\\u00e9"}\n{"id":"two","title":"Rain"}\n' >"$work/bytes/a.jsonl"
printf '{"id":"three","title":"कावेरी\377 का जल\377"}\n' >"$work/bytes/b.json"
printf 'कावेरी का जल\n\nनदी में पानी है और\340\244' >"$work/bytes/c.txt"
printf 'Cafe\n\nUn caf\351 noir, s\047il vous pla\356t.\n' >"$work/bytes/d.txt"
expect_code "bad bytes" 0 "$indexer" -d "$work/bad" "$work/bytes"
expect "bad bytes" "a.jsonl 1 1 character cannot be read: U+FFFD stands for it
b.json 1 2 characters cannot be read: U+FFFD stands for them
c.txt null 1 character cannot be read: U+FFFD stands for it" \
    "$(jq -r '"\(.path | sub(".*/"; "")) \(.line) \(.why)"' "$work/bad/gen-000001/failures.jsonl")"
expect "the rest is there" 3 "$("$query" -d "$work/bad" -c कावेरी)"
expect "another encoding is no damage" 1 "$("$query" -d "$work/bad" -c '"café noir"')"

# An article without title and text is skipped and named, also if it has an id.
printf '{"id":"full","title":"Rain","body":"It rains."}\n{"id":"blank","title":"","body":" ","date":"2025-06-05","tags":["rain"]}\n' >"$work/blank.jsonl"
expect_code "a blank article" 1 "$indexer" -d "$work/blank" "$work/blank.jsonl"
has "a blank article" "$work/err" "blank.jsonl:2: no title and no text"
expect "it is no result" 1 "$("$query" -d "$work/blank" -c NOT snow)"
finish
