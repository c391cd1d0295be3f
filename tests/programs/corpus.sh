#!/bin/sh
# corpus.sh - the sample corpus answers its queries: the first article named is ranked first, the
# others are among the first ten. usage: corpus.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"

"$indexer" -q -d "$work/index" "$tree/corpus"
"$indexer" -q -d "$work/index" check || fail "check"

rows=$tree/tests/data/queries/corpus.tsv
cut -f1,2 "$rows" >"$work/queries.tsv"
"$query" -d "$work/index" --batch "$work/queries.tsv" --json >"$work/answers.jsonl" 2>"$work/notes"
[ ! -s "$work/notes" ] || fail "messages: $(cat "$work/notes")"
jq -r --arg top "$tree/corpus/" '[.query_id, .rank, (.article.path | ltrimstr($top)) +
       (if .article.record then "#\(.article.record)" else "" end)] | @tsv' \
    "$work/answers.jsonl" >"$work/ranks.tsv"

awk -F'\t' -v OFS='\t' '
    FNR == NR { rank[$1, $3] = $2; next }
    {
        n = split($3, wanted, /, */)
        for (i = 1; i <= n; i++) {
            got = rank[$1, wanted[i]]
            if (got == "" || (i == 1 && got != 1)) {
                print "FAILED: " $1 " [" $2 "]: " wanted[i] (got == "" ? " is not found" : " is at " got)
                bad = 1
            }
        }
        checked++
    }
    END { print checked " queries"; exit bad || checked < 100 }' "$work/ranks.tsv" "$rows" || failures=1

# Glued tag lines are cut into the tags that they were made of, all but a few exactly.
exact=0
lines=0
while IFS="$(printf '\t')" read -r path tags; do
    case $path in *.txt) ;; *) continue ;; esac
    got=$("$query" -d "$work/index" --show "$tree/corpus/$path" --json | jq -r '.article.tags | join("|")')
    lines=$((lines + 1))
    if [ "$got" = "$tags" ]; then exact=$((exact + 1)); else echo "$path: $got"; fi
done <"$tree/corpus/tags.tsv"
echo "$exact of $lines glued lines exact"
[ "$lines" -ge 26 ] && [ "$exact" -ge 22 ] || fail "tags"
finish
