#!/bin/sh
# signs.sh - an archive that is large enough for signs: counts of phrases are those of the text.
# usage: signs.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"

# articles N: JSON lines of words, the commoner the lower their number, some in a language of their own, and compounds,
# some with a part that is rare.
articles() {
    awk -v n="$1" '
    function word(kind) {
        kind = rand()
        if (kind < .03)
            return "p" int(6 * rand()) (rand() < .7 ? "-q" : "q") int(6 * rand())
        if (kind < .04)
            return rand() < .5 ? "r" int(400 * rand()) "-q" int(6 * rand()) : "p" int(6 * rand()) "-r" int(400 * rand())
        return "w" int(900 ^ rand())
    }
    BEGIN {
        srand(7)
        for (i = 0; i < n; i++) {
            body = ""
            length_of = 5 + int(60 * rand() * rand())
            for (k = 0; k < length_of; k++)
                body = body (k ? (rand() < .05 ? ". " : " ") : "") word()
            printf "{\"id\":\"a%d\",\"lang\":\"%s\",\"title\":\"about w%d\",\"body\":\"%s.\"}\n",
                i, i % 9 ? "en" : "es", i % 50, body
        }
    }'
}

articles 10500 >"$work/many.jsonl"
head -n 2000 "$work/many.jsonl" >"$work/few.jsonl"
"$indexer" -q -d "$work/few" "$work/few.jsonl"
[ ! -e "$work"/few/segments/*/signs ] || fail "2,000 articles have signs"
"$indexer" -q -d "$work/many" --jobs 2 "$work/many.jsonl"
set -- "$work"/many/segments/*/signs
[ -s "$1" ] || fail "10,500 articles have no signs"
"$indexer" -q -d "$work/one" --jobs 1 --memory 1 "$work/many.jsonl"
cmp -s "$1" "$work"/one/segments/*/signs || fail "other threads and spills: other signs"

# Counts of phrases of two and three words, side by side in the title or the text, also across a full stop; with a
# compound, written in one word.
awk 'BEGIN {
    srand(3)
    for (i = 0; i < 300; i++) {
        a = int(900 ^ rand()); b = int(900 ^ rand()); c = int(900 ^ rand())
        print (i % 3 ? "w" a " w" b : "w" a " w" b " w" c)
        left = i % 9 == 5 ? "r" int(400 * rand()) : "p" int(6 * rand())
        right = i % 9 == 7 ? "r" int(400 * rand()) : "q" int(6 * rand())
        if (left right !~ /^r.*r/)
            print (i % 2 ? left "-" right " w" a : "w" a " " left "-" right)
        if (i % 4 == 0)
            print "p" int(6 * rand()) "-q" int(6 * rand()) " p" int(6 * rand()) "-q" int(6 * rand())
    }
}' >"$work/phrases"
awk '
    NR == FNR {
        phrases[NR] = first[NR] = second[NR] = both[NR] = " " $0 " "
        sub(/-/, "", first[NR]); sub(/-/, "", both[NR]); sub(/-/, "", both[NR])
        if (split($0, parts, "-") == 3)
            second[NR] = " " parts[1] "-" parts[2] parts[3] " "
        n = NR
        next
    }
    {
        match($0, /"title":"[^"]*"/)
        title = " " substr($0, RSTART + 9, RLENGTH - 10) " "
        match($0, /"body":"[^"]*"/)
        body = " " substr($0, RSTART + 8, RLENGTH - 9) " "
        gsub(/\./, "", body)
        for (i = 1; i <= n; i++)
            found[i] += index(title, phrases[i]) || index(body, phrases[i]) || index(body, first[i]) ||
                index(body, second[i]) || index(body, both[i])
    }
    END { for (i = 1; i <= n; i++) print found[i] + 0 }' "$work/phrases" "$work/many.jsonl" >"$work/wanted"
sed 's/-//g' "$work/phrases" | awk '{ print NR "\t\"" $0 "\"" }' >"$work/queries"
"$query" -d "$work/many" -c --batch "$work/queries" >"$work/out"
cut -f 2 "$work/out" >"$work/counts"
paste "$work/phrases" "$work/wanted" "$work/counts" >"$work/beside"
awk -F '\t' '$2 != $3 { print "\"" $1 "\": " $3 " for " $2; bad = 1 } END { exit bad }' "$work/beside" >&2 ||
    fail "other counts than those of the text"
[ "$(awk '$1 > 20' "$work/wanted" | wc -l)" -gt 20 ] || fail "the phrases are too rare to say anything"

expect_code "check" 0 "$indexer" -d "$work/many" check
# A sign that says nothing is there: seen by the check.
size=$(wc -c <"$1")
dd if=/dev/zero of="$1" bs=1 seek=$((size / 3)) count=2000 conv=notrunc 2>"$work/err"
expect_code "check of a damaged sign" 1 "$indexer" -d "$work/many" check
has "check of a damaged sign" "$work/out" signs
finish
