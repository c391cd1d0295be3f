#!/bin/sh
# progress.sh - a bar fits the terminal, needs nothing of it, and is there when it is wanted.
# usage: progress.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
export TERM=xterm
printf 'River talks\n\nThe dam is full and the talks go on.\n' >"$work/first.txt"
mkfifo "$work/1" "$work/2" "$work/3"

# rains N: an article that takes its time
rains() { sleep 0.15; echo "{\"id\":\"$1\",\"title\":\"Rain $1\",\"body\":\"It rains.\"}"; }

# slowly: articles at a pace at which a bar is drawn
slowly() { for i in 1 2 3; do rains $i >"$work/$i"; done & }

# build OPTION...: what it says in a pipe
build() {
    slowly
    "$indexer" -d "$work/index" --rebuild "$@" "$work/first.txt" "$work"/[123] 2>"$work/err" >"$work/out" </dev/null || fail "build $*"
    wait
}

bars() { tr '\r' '\n' <"$work/err" | grep -c '^reading .*#####' || true; }
is_bar() { [ "$(bars)" -gt 1 ] || fail "$1: no bar in: $(cat "$work/err")"; }
widest() { tr '\r' '\n' <"$work/err" | grep '^reading' | awk '{ if (length > n) n = length } END { print n + 0 }'; }

build
expect "none in a pipe" 0 "$(bars)"
build --progress always
is_bar "asked for"
expect "what comes then" 1 "$(grep -c '^writing the index$' "$work/err")"
expect "no sequences" 0 "$(grep -c "$(printf '\033')" "$work/err" || true)"
expect "what follows begins a line" 1 "$(grep -c '^generation 2 is live' "$work/err")"
build --progress never
expect "not wanted" 0 "$(bars)"
build --quiet
expect "quiet" "" "$(cat "$work/err")"
build --quiet --progress always
is_bar "asked for, all else quiet"
expect "all else quiet" "writing the index" "$(sed 1d "$work/err")"
export COLUMNS=40
build --progress always
[ "$(widest)" -lt 40 ] || fail "COLUMNS: $(widest) wide"
unset COLUMNS

# What ends a build begins a line, too.
{ rains 1 >"$work/1"; sleep 0.15; echo '{"id"' >"$work/2"; } &
expect_code "a bad article" 2 "$indexer" -d "$work/index" --rebuild --strict --progress always "$work/first.txt" "$work/1" "$work/2"
wait
expect "an error begins a line" 1 "$(grep -c '^khabar-index: not published (--strict)' "$work/err")"

command -v script >/dev/null || { echo "not tried on a terminal: no script(1)"; finish; exit 0; }
script -qec 'echo a terminal' /dev/null </dev/null 2>/dev/null | grep -q '^a terminal' || {
    echo "not tried on a terminal: none can be made here (is /dev/pts mounted?)"
    finish
    exit 0
}

# on_terminal COLUMNS: what a build says on a terminal of so many
on_terminal() {
    slowly
    echo "stty cols $1; exec '$indexer' -d '$work/index' --rebuild '$work/first.txt' '$work'/[123]" >"$work/run"
    script -qec "sh '$work/run'" /dev/null </dev/null >"$work/err"
    wait
}

for columns in 30 80; do
    on_terminal $columns
    tr '\r' '\n' <"$work/err" | awk -v n=$columns '/articles|left|%/ && !/text/ && !/^  / { seen++; if (length >= n) print "too wide: " $0 } END { if (!seen) print "no bar" }' >"$work/wide"
    expect "$columns columns" "" "$(cat "$work/wide")"
done
is_bar "on a terminal"

# A window that becomes narrow while it goes on.
slowly
cat >"$work/run" <<EOF
stty cols 100
mkfifo '$work/narrow'
{ stty cols 30 </dev/tty; sleep 0.15; echo; } >'$work/narrow' &
exec '$indexer' -d '$work/index' --rebuild '$work/first.txt' '$work'/[12] '$work/narrow' '$work/3'
EOF
script -qec "sh '$work/run'" /dev/null </dev/null >"$work/err" || true # the empty one is a failure
wait
expect "resized" "wide narrow" "$(tr '\r' '\n' <"$work/err" | awk '/#/ { w = "wide" } / %  / && !/#/ && length < 30 { n = "narrow" } END { print w, n }')"

for term in dumb ""; do
    TERM=$term on_terminal 80
    expect "TERM='$term': no bar" 0 "$(grep -c reading "$work/err" || true)"
done
finish
