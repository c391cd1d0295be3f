#!/bin/sh
# layers_seeded.sh - layers.sh finds what it is for: each offence is put into a small tree.
set -eu
here=$(dirname "$0")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 2' HUP INT TERM

failed=0
fail() {
    printf '%s\n' "$1"
    failed=1
}

plant() { # FILE LINE
    mkdir -p "$tree/$(dirname "$1")"
    printf '%s\n' "$2" >"$tree/$1"
}

fresh() {
    rm -rf "$tree"
    plant include/base/str.h '#include <string.h>'
    plant lib/xapian-c/guard.cpp '#include <xapian.h>'
    plant include/index/index.h '#include <stdint.h>'
    plant lib/index/index.c '#include "xapian-c/database.h"'
    plant indexer/main.c '#include "formats/reader.h"'
    plant query/main.c '#include "plan.h"'
}

# The tree with one more file: its offence is named, and is the only one.
expect_offence() { # FILE LINE
    fresh
    plant "$1" "$2"
    if said=$(sh "$here/layers.sh" "$tree"); then
        fail "not found: $2 in $1"
        return
    fi
    case $said in
    *"$(dirname "$1")"*) ;;
    *) fail "found, but not named: $2 in $1: $said" ;;
    esac
    if [ "$(printf '%s\n' "$said" | wc -l)" -ne 1 ]; then
        fail "more than one offence: $said"
    fi
}

fresh
sh "$here/layers.sh" "$tree" || fail "a tree without an offence is found guilty"

expect_offence lib/base/x.c '#include "text/words.h"'
expect_offence include/text/x.h '#include "xapian-c/query.h"'
expect_offence lib/xapian-c/x.cpp '  #  include "article/article.h"'
expect_offence query/x.c '#include "formats/reader.h"'
expect_offence indexer/x.c '#include "query/plan.h"'
expect_offence query/x.c '#include "indexer/walk.h"'
expect_offence lib/cli/x.c '#include "../base/private.h"'
expect_offence lib/index/x.c '#include <unicode/ubrk.h>'
expect_offence lib/index/x.c '#include <libstemmer.h>'
expect_offence query/x.c '#include <zstd.h>'
expect_offence lib/index/x.cpp 'int c_plus_plus;'
expect_offence lib/index/x.c '#include <xapian.h>'
expect_offence indexer/x.c '#include <jansson.h>'
expect_offence query/x.c '#include <libxml/parser.h>'
expect_offence lib/text/x.c '#include <archive_entry.h>'
expect_offence lib/index/x.c '#include <xxhash.h>'
expect_offence lib/formats/x.c '#include <cld2/public/compact_lang_det.h>'
expect_offence include/text/x.h '#include <unicode/utext.h>'
expect_offence lib/attic/x.c '#include <stdio.h>'
exit "$failed"
