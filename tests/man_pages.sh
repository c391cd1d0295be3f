#!/bin/sh
# man_pages.sh TREE - groff and mandoc have nothing to say about the man pages.
set -eu
cd "${1:?usage: man_pages.sh TREE}"

status=0
for page in docs/man/*.[1-8]; do
    [ -f "$page" ] || continue
    said=$(groff -man -ww -z -k -Tutf8 "$page" 2>&1) || status=1
    [ -z "$said" ] || status=1
    printf '%s' "$said"
    mandoc -T lint -W warning "$page" || status=1
done
exit "$status"
