#!/bin/sh
# faults.sh - a disk that is full or broken at any moment: a message, and the live index stays.
# usage: faults.sh KHABAR-INDEX KHABAR-QUERY TREE FAIL-CALLS.SO
set -eu
. "$(dirname "$0")/lib.sh"
fail_calls=$4
export ASAN_OPTIONS="verify_asan_link_order=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
index=$work/index
mkdir "$work/in"
for i in 1 2 3; do
    printf 'River talks %s\n\nDELHI, June %s, 2025: The dam is full.\n\nwater, rivers\n' $i $i >"$work/in/$i.txt"
done
expect_code "first build" 0 "$indexer" -q -d "$index" "$work/in"

# The live index answers, and nothing lies about.
look() { # NAME
    expect "$1: answers" 3 "$("$query" -d "$index" -c dam 2>&1)"
    [ ! -e "$index/tmp" ] || fail "$1: left tmp"
}

# A failure at each call. Behind the rename of `current` a build may be live and well.
KH_FAIL_COUNT=$work/count LD_PRELOAD=$fail_calls "$indexer" -q --rebuild -d "$index" "$work/in"
n=$(cat "$work/count")
[ "$n" -gt 40 ] || fail "only $n calls: nothing is intercepted"
refused=0
i=1
while [ "$i" -le "$n" ]; do
    code=0
    KH_FAIL_AT=$i LD_PRELOAD=$fail_calls "$indexer" -q --rebuild -d "$index" "$work/in" \
        >"$work/out" 2>"$work/err" || code=$?
    case $code in
    0 | 1) ;;
    2)
        refused=$((refused + 1))
        grep -q 'No space left\|Input/output error' "$work/err" || fail "call $i: no reason: $(cat "$work/err")"
        ;;
    *) fail "call $i: exit $code: $(cat "$work/err")" ;;
    esac
    expect "call $i: answers" 3 "$("$query" -d "$index" -c dam 2>&1)"
    i=$((i + 1))
done
[ "$refused" -gt $((n / 2)) ] || fail "only $refused of $n failures were seen"
expect_code "sound behind all that" 0 "$indexer" -d "$index" check
expect_code "and builds again" 0 "$indexer" -q --rebuild -d "$index" "$work/in"
look "in the end"

# A signal at every third call: the build ends by it with nothing published, or it is published and says so; nothing lies
# about.
stopped=0
i=1
while [ "$i" -le "$n" ]; do
    before=$(cat "$index/current")
    code=0
    KH_FAIL_SIGNAL=15 KH_FAIL_AT=$i LD_PRELOAD=$fail_calls "$indexer" -q --rebuild -d "$index" "$work/in" \
        >"$work/out" 2>"$work/err" || code=$?
    case $code in
    143)
        stopped=$((stopped + 1))
        expect "signal at call $i: the live one stays" "$before" "$(cat "$index/current")"
        grep -q 'interrupted: nothing was published' "$work/err" || fail "signal at call $i: $(cat "$work/err")"
        ;;
    0) [ "$before" != "$(cat "$index/current")" ] || fail "signal at call $i: exit 0 and nothing published" ;;
    *) fail "signal at call $i: exit $code: $(cat "$work/err")" ;;
    esac
    look "signal at call $i"
    kept=$(ls -d "$index"/gen-* | wc -l | tr -d ' ')
    expect "signal at call $i: no segment that nobody names" "$kept" "$(ls "$index/segments" | wc -l | tr -d ' ')"
    i=$((i + 3))
done
[ "$stopped" -gt $((n / 6)) ] || fail "only $stopped of $((n / 3)) signals were seen"

# Each file of a segment is synced before `current` names it, and none that could not be is published.
sync_list=$work/list
KH_FAIL_LIST=$sync_list LD_PRELOAD=$fail_calls "$indexer" -q --rebuild -d "$index" "$work/in"
sed '/\/current$/,$d' "$sync_list" >"$work/before"
[ -s "$work/before" ] || fail "nothing was synced"
grep -q '/segments$' "$work/before" || fail "the folder that names the segment is not synced before it is live"
new=$(sed -n 's|^.*/segments/\([^/]*\)/codes$|\1|p' "$work/before" | head -n 1)
for file in $(cd "$index/segments/$new" && find . -type f | sed 's|^\./||'); do
    grep -q "/segments/$new/$file\$" "$work/before" || fail "'$file' is not synced before it is live"
    code=0
    KH_FAIL_SYNC=/$file LD_PRELOAD=$fail_calls "$indexer" -q --rebuild -d "$index" "$work/in" 2>"$work/err" || code=$?
    expect "'$file' cannot be synced" 2 "$code"
    has "'$file' cannot be synced" "$work/err" "Input/output error"
    expect "'$file' cannot be synced: the live one stays" "$new" "$(ls "$index/segments" | grep "$new")"
    look "'$file' cannot be synced"
done

# A signal while the disk takes its time, everything else being done.
before=$(cat "$index/current")
code=0
KH_FAIL_SYNC=/codes KH_FAIL_SIGNAL=15 LD_PRELOAD=$fail_calls "$indexer" -q --rebuild -d "$index" "$work/in" \
    2>"$work/err" || code=$?
expect "a signal while the disk syncs" "143 $before" "$code $(cat "$index/current")"
has "a signal while the disk syncs" "$work/err" "interrupted: nothing was published"
look "a signal while the disk syncs"

# Files that may not grow beyond a size: as on a full disk, at any place in a file.
for blocks in 0 1 2 4 8 16 32; do
    code=0
    (
        trap '' XFSZ
        ulimit -f "$blocks"
        exec "$indexer" -q --rebuild -d "$index" "$work/in" >/dev/null 2>&1
    ) || code=$?
    [ "$code" -le 2 ] || fail "ulimit $blocks: exit $code"
    look "ulimit $blocks"
done

# A disk that says how much is free: less than any build takes, just that, less than what is read will take.
room() { # BYTES INPUT...
    bytes=$1
    shift
    KH_FAIL_ROOM=$bytes LD_PRELOAD=$fail_calls "$indexer" -q --max-drop=100 -d "$index" "$@" 2>"$work/err" || echo "exit $?"
}
awk 'BEGIN { for (i = 0; i < 3; i++) printf "{\"id\":\"%d\",\"title\":\"Talks\",\"body\":\"The dam is full, it says in %0999999d.\"}\n", i, i }' >"$work/in.jsonl"
expect "no room" "exit 2" "$(room 2900000 "$work/in.jsonl")"
has "no room" "$work/err" "not enough room for a build: 2.9 MB free, at least 3.0 MB wanted: '$index'"
has "no room" "$work/err" "hint: drop old generations first (khabar-index prune --keep 1), or put the index elsewhere: --index DIR"
look "no room"
expect "just enough" "" "$(index=$work/other room 3100000 "$work/in.jsonl")"
gzip -c "$work/in.jsonl" >"$work/in.jsonl.gz"
expect "no room, packed" "exit 2" "$(room 3000 "$work/in.jsonl.gz")"
has "no room, packed" "$work/err" "not enough room for a build: 0.0 MB free, at least 0.0 MB wanted"
expect "no room for what was read" "exit 2" "$(room 100 - <"$work/in/1.txt")"
has "no room for what was read" "$work/err" "not enough room for a build: "
look "no room for what was read"
expect "room for what was read" "" "$(index=$work/other room 4000 - <"$work/in/1.txt")"

# A disk of its own that fills up, where one may be mounted: at any place there is a reason, and a way out.
mkdir "$work/disk"
if mount -t tmpfs -o size=200k tmpfs "$work/disk" 2>/dev/null; then
    trap 'umount "$work/disk" 2>/dev/null || true; rm -rf "$work"' EXIT
    i=0
    while [ "$i" -lt 300 ]; do
        printf 'Article %s of many\n\nNumber %s says %s%s and %s%s%s.\n' $i $i $i x $i y $i >"$work/in/more-$i.txt"
        i=$((i + 1))
    done
    for pages in 1 3 5 8 12 16 20 24 28 32; do
        mount -o "remount,size=$((pages * 4))k" "$work/disk"
        expect_code "a disk of $pages pages" 2 "$indexer" -d "$work/disk/index" "$work/in"
        [ ! -e "$work/disk/index/current" ] || fail "a disk of $pages pages: something is live"
        grep -q 'No space left\|not enough room' "$work/err" || fail "a disk of $pages pages: no reason: $(cat "$work/err")"
        has "a disk of $pages pages" "$work/err" "hint: drop old generations first"
    done
    umount "$work/disk"
else
    echo "not tried: mounting a small disk needs more rights"
fi
finish
