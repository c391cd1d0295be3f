#!/bin/sh
# glass_tools.sh MAKE_GLASS - do the engine's own tools take our databases for theirs?
set -eu
make_glass=${1:?usage: glass_tools.sh MAKE_GLASS}
LC_ALL=C
export LC_ALL

for tool in xapian-check xapian-delve xapian-compact xapian-tcpsrv; do
    command -v "$tool" >/dev/null || {
        echo "$tool is missing: scripts/deps installs it"
        exit 1
    }
done

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

fail() {
    echo "$*"
    exit 1
}

# Everything that the tool can tell of a database but its id.
tell() {
    xapian-delve "$1" | sed -e '/^UUID/d' -e '/^revision/d'
    xapian-delve -a -v -1 "$1"
    for slot in 0 1 127 128 255; do
        xapian-delve -V$slot "$1"
    done
    for document in 1 2 2999 3000; do
        # It goes on to the list of terms, which is not there.
        xapian-delve -r $document -d "$1" 2>/dev/null || true
    done
}

same() {
    diff -a "$work/wanted" "$work/found" >"$work/diff" ||
        fail "$(head -c 1000 "$work/diff")"
}

check() {
    xapian-check "$1" >"$work/check" 2>&1 || fail "$(cat "$work/check")"
    tail -1 "$work/check" | grep -qx 'No errors found' || fail "$(cat "$work/check")"
}

# Terms and postings of a database through the engine's server, at a port that is free.
# It ends all of its group when it is ended, so it has one of its own.
tell_served() { # DATABASE
    port=$((20000 + $$ % 20000))
    for _ in 1 2 3 4 5 6 7 8; do
        port=$((port + 1))
        setsid xapian-tcpsrv --one-shot --interface 127.0.0.1 --port $port --quiet "$1" 2>"$work/server" >&2 &
        server=$!
        echo "remote 127.0.0.1:$port" >"$work/stub"
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            xapian-delve -a -v -1 "$work/stub" >"$work/found" 2>/dev/null && break 2
            kill -0 $server 2>/dev/null || break
            sleep .3
        done
        kill $server 2>/dev/null || true
    done
    kill $server 2>/dev/null || true
    server=
    [ -s "$work/found" ] || fail "nothing is served: $(cat "$work/server")"
}

for seed in 1 2; do
    "$make_glass" engine $seed 0 "$work/engine"
    tell "$work/engine" >"$work/wanted"
    [ "$(wc -l <"$work/wanted")" -gt 100 ] || fail 'the engine says too little'

    for block in 2048 8192 65536; do
        "$make_glass" ours $seed $block "$work/ours"
        check "$work/ours"
        tell "$work/ours" >"$work/found"
        same

        for way in '' '-F' '-b 2048' '-b 65536'; do
            # shellcheck disable=SC2086
            xapian-compact $way "$work/ours" "$work/compact" >/dev/null 2>&1 ||
                fail "xapian-compact $way fails"
            check "$work/compact"
            tell "$work/compact" >"$work/found"
            same
            rm -r "$work/compact"
        done
        [ $block = 65536 ] || rm -r "$work/ours"
    done
    xapian-delve -a -v -1 "$work/engine" >"$work/wanted"
    tell_served "$work/ours"
    same
    rm -r "$work/ours" "$work/engine"
done
