#!/bin/sh
# man_pages.sh TREE - groff and mandoc have nothing to say about the man pages.
set -eu
cd "${1:?usage: man_pages.sh TREE}"

status=0
set -- docs/man/*.[1-8]
[ -f "$1" ] || {
    echo 'no man pages in docs/man'
    exit 1
}
for page; do
    said=$(groff -man -ww -z -k -Tutf8 "$page" 2>&1) || status=1
    if [ -n "$said" ]; then
        printf '%s\n' "$said"
        status=1
    fi
    mandoc -T lint -W warning "$page" || status=1
done
exit "$status"
