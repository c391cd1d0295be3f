#!/bin/sh
# run.sh - what the programs print, to the byte.
# usage: run.sh KHABAR-INDEX KHABAR-QUERY TREE [--accept] [NAME...]
#
# Each NAME.cmd is run by sh in a folder of its own that holds archive/ and index/, an
# index of it. Standard output, standard error and exit code must be NAME.out, NAME.err
# and NAME.code (none: nothing, nothing, 0). The folder's path, REFs of paths, scores,
# times and sizes are replaced by words. --accept writes down what is printed now.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
khabar_index=$1
khabar_query=$2
tree=$3
shift 3
accept=no
if [ "${1:-}" = --accept ]; then
    accept=yes
    shift
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C TZ=UTC KHABAR_NOW=2025-06-05 HOME="$work/home" TERM=xterm
unset KHABAR_INDEX KHABAR_CONFIG XDG_DATA_HOME COLUMNS NO_COLOR || true
mkdir "$work/bin" "$work/case"
ln -s "$khabar_index" "$work/bin/khabar-index"
ln -s "$khabar_query" "$work/bin/khabar-query"
PATH=$work/bin:$PATH

cp -r "$tree/tests/data/golden/archive" "$work/case/archive"
(cd "$work/case" && khabar-index -q -j 2 -d index archive)
mv "$work/case" "$work/base"

# What differs from run to run as words.
settle() {
    sed -E -e "s#$work/case#WORK#g" -e "s#$work/home#HOME#g" -e "s#$tree#TREE#g" \
        -e 's/@[0-9a-hjkmnp-tv-z]{8}/@REFERENC/g' \
        -e 's/"score":-?[0-9.e+-]+/"score":S/g' -e 's/"value":-?[0-9.e+-]+/"value":V/g' \
        -e 's/^( *)score +[0-9.]+/\1score S/' \
        -e 's/^ +[0-9]+\.[0-9]{4}  ([a-z]+ )/     V  \1/' \
        -e 's/weight [0-9.]+/weight W/' \
        -e 's/^(.* Q0 .* [0-9]+) [0-9]+\.[0-9]{6} /\1 S /' \
        -e 's/[0-9]+ [A-Z][a-z]+ 20[0-9]{2} [0-9]{2}:[0-9]{2}/MOMENT/g' \
        -e 's/[0-9]+\.[0-9]+ s\b/T s/g' -e 's/peak [0-9]+ MB/peak P MB/' \
        -e 's/[0-9]+\.[0-9] (MB|kB|GB)/X MB/g' -e 's/\([0-9]+\.[0-9]+ of the text\)/(R of the text)/' \
        -e 's/[0-9]+ (min|h) ago/A ago/' -e 's/process [0-9]+ \(uid [0-9]+\)/process P (uid U)/' \
        -e 's/since [0-9-]{10} [0-9:]{8}/since CLOCK/' \
        -e 's/since [0-9]{2}:[0-9]{2}:[0-9]{2}/since CLOCK/' \
        -e 's/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/UUID/g'
}

# or_nothing FILE
or_nothing() {
    if [ -f "$1" ]; then cat "$1"; fi
}

failures=0
compare() {
    if [ "$accept" = yes ]; then
        if [ -s "$2" ]; then cp "$2" "$1"; else rm -f "$1"; fi
        return
    fi
    or_nothing "$1" >"$work/wanted"
    if ! diff -u --label wanted --label got "$work/wanted" "$2"; then
        echo "FAILED: $(basename "$1")"
        failures=$((failures + 1))
    fi
}

run_case() {
    rm -rf "$work/case"
    cp -a "$work/base" "$work/case"
    code=0
    (cd "$work/case" && sh "$1" >"$work/out.raw" 2>"$work/err.raw" </dev/null) || code=$?
    settle <"$work/out.raw" >"$work/out"
    settle <"$work/err.raw" >"$work/err"
    : >"$work/code"
    if [ "$code" != 0 ]; then echo "$code" >"$work/code"; fi
    name=${1%.cmd}
    compare "$name.out" "$work/out"
    compare "$name.err" "$work/err"
    compare "$name.code" "$work/code"
}

if [ $# -gt 0 ]; then
    for name; do run_case "$here/$name.cmd"; done
else
    for one in "$here"/*.cmd; do run_case "$one"; done
fi
[ "$failures" = 0 ] || { echo "$failures differ; look at them, then: $0 ... --accept NAME"; exit 1; }
echo "all as written down"
