#!/bin/sh
# writers.sh - one input gives one index: whoever writes it, with any number of threads and spills.
# usage: writers.sh KHABAR-INDEX KHABAR-QUERY TREE DUMP-DATABASE
set -eu
. "$(dirname "$0")/lib.sh"
dump=$4

# Articles whose language says more than its code.
tags() {
    for lang in zh-Hant-TW zh_hant_hk pt-BR sr-Latn en-US en; do
        printf '{"id":"%s","lang":"%s","title":"Tag %s","body":"Rain fell in %s again. Nobody was out."}\n' $lang $lang $lang $lang
    done
}
tags >"$work/tags.jsonl"

# build NAME OPTION...: the corpus and these into $work/NAME
build() {
    name=$1
    shift
    code=0
    "$indexer" -q -d "$work/$name" "$@" "$tree/corpus" "$work/tags.jsonl" >"$work/out" 2>"$work/err" || code=$?
    [ "$code" -le 1 ] || fail "$name: exit $code: $(cat "$work/err")"
    "$dump" "$work/$name"/segments/*/postings >"$work/$name.dump"
    sed -n 's/.*"content": "\([0-9a-f]*\)".*/\1/p' "$work/$name"/segments/*/segment.json >"$work/$name.content"
    sed -n 's/.*"content": "\([0-9a-f]*\)".*/\1/p' "$work/$name"/gen-000001/manifest.json >"$work/$name.manifest"
}

build direct --jobs 1
[ -s "$work/direct.content" ] || fail "no digest of the content"
[ "$(wc -l <"$work/direct.dump")" -gt 5000 ] || fail "the dump is too short to say anything"
build many-threads --jobs 5
build many-spills --jobs 3 --memory 1
n=$(sed 's/.*"runs":\([0-9]*\).*/\1/' "$work/many-spills/last-run.json")
[ "$n" -ge 9 ] || fail "only $n runs: nothing was spilled and merged"
build xapian --jobs 2 --writer xapian

for other in many-threads many-spills xapian; do
    cmp -s "$work/direct.dump" "$work/$other.dump" || fail "$other: another database: $(
        diff "$work/direct.dump" "$work/$other.dump" | head -n 3)"
    expect "$other: content" "$(cat "$work/direct.content")" "$(cat "$work/$other.content")"
    expect "$other: manifest" "$(cat "$work/direct.manifest")" "$(cat "$work/$other.manifest")"
    for file in words codes rest places keys lengths bounds; do
        cmp -s "$work/direct"/segments/*/$file "$work/$other"/segments/*/$file ||
            fail "$other: another file $file"
    done
    expect_code "$other: check" 0 "$indexer" -d "$work/$other" check
done
# Rare terms stand beside the table in one of them, in it in the other.
[ -s "$(echo "$work/direct"/segments/*)/postings/pulsed" ] || fail "no rare terms"
[ ! -e "$(echo "$work/xapian"/segments/*)/postings/pulsed" ] || fail "rare terms of the engine's writer"
for words in 'indus waters treaty' '"prime minister"' 'tag:monsoon' 'since:2025 river' 'पानी' '水' 'mons*' 'tag:w*' \
    'title:treaty' 'river NEAR/5 water' 'lang:zh-hant' 'lang:pt-BR'; do
    "$query" -d "$work/direct" --json "$words" >"$work/1" 2>&1 || true
    "$query" -d "$work/xapian" --json "$words" >"$work/2" 2>&1 || true
    cmp -s "$work/1" "$work/2" || fail "other answers: $words"
done

# Nested ones go through the matcher, whose weights of a word with a rare variant may differ in the last bits.
for words in 'lahore OR (sindh AND dam)' 'tag:cricket OR (monsoon AND NOT (flood OR kerala))' '(treaty OR pact) AND (indus OR xyzzy)'; do
    "$query" -d "$work/direct" --ids -n 50 "$words" >"$work/1" 2>&1 || true
    "$query" -d "$work/xapian" --ids -n 50 "$words" >"$work/2" 2>&1 || true
    cmp -s "$work/1" "$work/2" || fail "other answers: $words"
    [ -s "$work/1" ] || fail "no answers: $words"
done

# Another article, another digest; so is another tag of its language, but not the same in other letters.
for lang in zh-Hant-HK ZH_hant_hk zh-Hant-MO; do
    tags | sed "s/\"lang\":\"zh_hant_hk\"/\"lang\":\"$lang\"/" >"$work/tags.jsonl"
    build "$lang"
done
expect "other letters: content" "$(cat "$work/direct.content")" "$(cat "$work/zh-Hant-HK.content")"
expect "other letters: content" "$(cat "$work/direct.content")" "$(cat "$work/ZH_hant_hk.content")"
cmp -s "$work/direct.content" "$work/zh-Hant-MO.content" && fail "the digest does not see a tag of a language"
expect "languages are counted by their codes" "en pt sr zh" \
    "$("$indexer" -d "$work/direct" status --json | jq -r '.languages[]' | grep -E '^(en|pt|sr|zh)|-' | paste -sd' ')"
mkdir "$work/in"
printf 'One more\n\nOne more article.\n' >"$work/in/more.txt"
"$indexer" -q -d "$work/more" "$tree/corpus" "$work/tags.jsonl" "$work/in" 2>/dev/null || true
sed -n 's/.*"content": "\([0-9a-f]*\)".*/\1/p' "$work/more"/gen-000001/manifest.json >"$work/more.content"
cmp -s "$work/direct.content" "$work/more.content" && fail "the digest does not see an article"
expect_code "unknown writer" 2 "$indexer" -d "$work/none" --writer fast "$work/in"
finish
