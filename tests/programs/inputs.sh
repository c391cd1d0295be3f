#!/bin/sh
# inputs.sh - which files below the inputs are read, what is said of the others, and when they are tried again.
# usage: inputs.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"

# A named pipe is read once, has no digest, and is never unchanged.
mkfifo "$work/pipe"
for generation in 1 2; do
    (printf '{"id":"p","title":"Through a pipe"}\n' >"$work/pipe") &
    writer=$!
    expect_code "a named pipe" 0 timeout 60 "$indexer" -d "$work/piped" "$work/pipe"
    has "a named pipe" "$work/err" "generation $generation is live"
    kill $writer 2>/dev/null || true
    wait $writer || true
done
expect "a named pipe is found" 1 "$("$query" -d "$work/piped" -c pipe)"
expect "a named pipe has no digest" '[""]' "$(jq -c '[.files[].digest]' "$work/piped/gen-000002/manifest.json")"
finish
