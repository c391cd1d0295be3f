# lib.sh - what the program tests share: a folder of their own, and checks that say what failed.
# usage: . lib.sh, after $1 $2 $3 are khabar-index, khabar-query and the top of the tree

indexer=$1
query=$2
tree=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C TZ=UTC KHABAR_NOW=2025-06-05 HOME="$work"
unset KHABAR_INDEX KHABAR_CONFIG XDG_DATA_HOME COLUMNS
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# expect NAME WANTED GOT
expect() {
    [ "$2" = "$3" ] || fail "$1
  wanted: $2
  got:    $3"
}

# expect_code NAME CODE COMMAND...: also keeps what it printed in $work/out and $work/err
expect_code() {
    expect_name=$1
    expect_wanted=$2
    shift 2
    code=0
    "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
    [ "$code" = "$expect_wanted" ] ||
        fail "$expect_name: exit $code, not $expect_wanted: $(cat "$work/err")"
}

# has NAME FILE TEXT
has() {
    grep -qF -- "$3" "$2" || fail "$1: no '$3' in: $(cat "$2")"
}

# damage FILE AT: the byte there becomes another, whatever it was
damage() {
    damage_old=$(od -An -tu1 -j "$2" -N 1 "$1")
    # shellcheck disable=SC2059 # the format is the byte
    printf "$(printf '\\%03o' $((damage_old ^ 32)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

finish() {
    [ "$failures" = 0 ] || exit 1
    echo "all as expected"
}
