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

# An article without title and text is skipped and named, also if it has an id.
printf '{"id":"full","title":"Rain","body":"It rains."}\n{"id":"blank","title":"","body":" ","date":"2025-06-05","tags":["rain"]}\n' >"$work/blank.jsonl"
expect_code "a blank article" 1 "$indexer" -d "$work/blank" "$work/blank.jsonl"
has "a blank article" "$work/err" "blank.jsonl:2: no title and no text"
expect "it is no result" 1 "$("$query" -d "$work/blank" -c NOT snow)"
finish
