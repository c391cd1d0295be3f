#!/bin/sh
# pager.sh - on a terminal what is longer than the screen goes through a pager, else nothing does.
# usage: pager.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
command -v script >/dev/null || { echo "not tried: no script(1) to make a terminal"; exit 0; }
script -qec 'echo a terminal' /dev/null </dev/null 2>/dev/null | grep -q '^a terminal' || {
    echo "not tried: no terminal can be made here (is /dev/pts mounted?)"
    exit 0
}
unset PAGER KHABAR_PAGER LESS LESSCHARSET
export TERM=xterm
awk 'BEGIN { for (i = 1; i <= 30; i++) printf "{\"id\":\"%d\",\"title\":\"Rain %d\",\"body\":\"It rains.\"}\n", i, i }' >"$work/in.jsonl"
"$indexer" -q -d "$work/index" "$work/in.jsonl"

# on_terminal ROWS OPTION...: what is printed on a terminal of so many lines
on_terminal() {
    rows=$1
    shift
    {
        printf '%s' "stty rows $rows cols 80; exec"
        for word in "$query" -d "$work/index" --color never "$@"; do printf " '%s'" "$word"; done
    } >"$work/run"
    script -qec "sh '$work/run'" /dev/null </dev/null | tr -d '\r'
}

marked() { grep -c '^P:' || true; }
expect "more than a screen" 30 "$(on_terminal 10 --ids --pager 'sed s/^/P:/' rain | marked)"
expect "a screen" 0 "$(on_terminal 10 --ids -n 5 --pager 'sed s/^/P:/' rain | marked)"
expect "never" 0 "$(on_terminal 10 --ids --no-pager rain | marked)"
expect "of the environment" 30 "$(KHABAR_PAGER='sed s/^/P:/' on_terminal 10 --ids rain | marked)"
expect "of the environment, never" 0 "$(KHABAR_PAGER='sed s/^/P:/' on_terminal 10 --ids --pager never rain | marked)"
expect "one that is not there" 1 "$(on_terminal 10 --ids --pager no-such-pager-at-all rain | grep -c '^30$')"
says='cat >/dev/null; echo "P:$LESS $LESSCHARSET"'
expect "less is told of UTF-8" "P:FRX utf-8" "$(on_terminal 10 --ids --pager "$says" rain | grep '^P:')"
expect "unless it was told" "P:R latin1" "$(LESS=R LESSCHARSET=latin1 on_terminal 10 --ids --pager "$says" rain | grep '^P:')"
expect "in a pipe" 0 "$("$query" -d "$work/index" --ids --pager 'sed s/^/P:/' rain | marked)"
expect "a last line, also if nothing matches" 1 "$(on_terminal 10 snow | grep -c '^0 articles match; index of ')"
expect "or no result is wanted" 1 "$(on_terminal 10 -n 0 rain | grep -c '^30 articles match; index of ')"
finish
