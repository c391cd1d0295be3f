#!/bin/sh
# generator.sh - the same articles every time and everywhere. usage: generator.sh GENERATE
set -eu
generate=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
failures=0

# expect NAME WANTED GOT
expect() {
    [ "$2" = "$3" ] || {
        printf 'FAILED: %s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    }
}

"$generate" --articles 300 --seed 7 >"$work/a"
"$generate" --articles 300 --seed 7 >"$work/b"
expect "twice the same" "$(cksum <"$work/a")" "$(cksum <"$work/b")"
expect "the same as ever" "3046551398 1016234" "$(cksum <"$work/a")"
expect "an article does not depend on how many there are" \
    "$(head -n 20 "$work/a" | cksum)" "$("$generate" --articles 20 --seed 7 | cksum)"
[ "$("$generate" --articles 20 --seed 8 | cksum)" != "$(head -n 20 "$work/a" | cksum)" ] ||
    expect "another seed" "other articles" "the same"
expect "every line is JSON with all keys" 300 "$(jq -c 'select((.id and .title and .body and
    .date and .lang and .source and .author and .place) and (.tags | type) == "array")' \
    "$work/a" | wc -l | tr -d ' ')"
expect "several languages" "ar de en es fr hi ru zh" \
    "$(jq -r .lang "$work/a" | sort -u | paste -sd' ' -)"

"$generate" --repeat "$work/a" --times 3 --share 20 >"$work/three"
expect "three times" 900 "$(jq -r .id "$work/three" | sort -u | wc -l | tr -d ' ')"
expect "the first copy as it is" "$(jq -cS . "$work/a" | cksum)" \
    "$(head -n 300 "$work/three" | jq -cS . | cksum)"
expect "the same changes every time" "$(cksum <"$work/three")" \
    "$("$generate" --repeat "$work/a" --times 3 --share 20 | cksum)"
words() {
    jq -r 'select(.lang == "en") | .body' | tr -s ' \n' '\n\n'
}
words <"$work/a" >"$work/words"
tail -n 300 "$work/three" | words >"$work/changed"
expect "no word more or less" "$(wc -l <"$work/words")" "$(wc -l <"$work/changed")"
share=$(paste "$work/words" "$work/changed" | awk 'length($1) > 6 { n++; m += $1 != $2 }
    END { print int(100 * m / n + .5) }')
[ "$share" -ge 16 ] && [ "$share" -le 24 ] || expect "words changed, percent" 20 "$share"
expect "one language alone" en \
    "$("$generate" --repeat "$work/a" --lang en | jq -r .lang | sort -u)"
code=0
"$generate" --articels 3 >/dev/null 2>&1 || code=$?
expect "an option that is none" 2 "$code"
[ "$failures" = 0 ]
