# build.sh - how long it takes to build an index, and how large it gets. Sourced.

# The folder of an engine's index, for its bytes.
index_bytes() { # ENGINE
    case $1 in
    khabar) du -sb --apparent-size khabar/segments ;;
    recoll) du -sb --apparent-size recoll/xapiandb ;;
    *) du -sb --apparent-size "$1" ;;
    esac | cut -f1
}

# What built an index: one of another khabar is built again.
builder() { # ENGINE
    case $1 in
    khabar) cksum <"$bin/khabar-index" ;;
    *) echo "$1" ;;
    esac
}

# Builds in $size_folder; a measurement a run.
build_engine() { # ENGINE RUNS
    say "building $1, $size articles"
    (
        cd "$size_folder"
        run=0
        while [ "$run" -lt "$2" ]; do
            rm -rf "./$1" "$1.is-built"
            prepare_build "$1" || {
                say "no input for $1"
                exit 0
            }
            "$bin/measure" 1 sh -c "$(build_command "$1")" >"$1.cost" 2>"$1.log" || {
                say "$1 does not build: $size_folder/$1.log"
                exit 0
            }
            builder "$1" >"$1.is-built"
            put_lines build "$size" "$1" "$size" "$text_bytes" "$(index_bytes "$1")" <"$1.cost"
            run=$((run + 1))
        done
    )
}

is_built() { # ENGINE
    [ "$(cat "$size_folder/$1.is-built" 2>/dev/null)" = "$(builder "$1")" ]
}

need_index() { # ENGINE
    is_built "$1" || build_engine "$1" 1
    is_built "$1"
}

# The files of khabar's segment, the records and the engine's tables.
put_parts() {
    (
        cd "$size_folder"/khabar/segments/*/ || exit 0
        find . -type f -printf '%P\t%s\n' | LC_ALL=C sort | put_lines part "$size" khabar
        find . -type f ! -path './postings/*' ! -name segment.json -printf '%s\n' | awk '
            { n += $1 }
            END { printf "all of the record\t%.0f\n", n }' | put_lines part "$size" khabar
    )
}

# Whether an engine has an index, and of this size.
is_wanted() { # ENGINE
    case $1 in
    rg) return 1 ;;
    recoll)
        [ "$size" -le 50000 ] || {
            say "recoll reads files, one an article: left out above 50,000"
            return 1
        }
        ;;
    esac
}

section_build() {
    for k in $sizes; do
        use_size "$k"
        for engine in $ours $peers; do
            is_wanted "$engine" || continue
            build_engine "$engine" "$runs"
        done
        [ -z "$ours" ] || put_parts
    done
}
