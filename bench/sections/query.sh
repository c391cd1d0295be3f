# query.sh - queries inside one process, and whole processes. Sourced.

query_engine() { # ENGINE QUERIES
    case $1 in
    khabar) "$bin/query_latency" "$size_folder/khabar" "$2" "$rounds" ;;
    fts5) "$bin/peer_fts5" query "$size_folder/fts5/index.db" "$2" "$rounds" ;;
    lucene) lucene query "$size_folder/lucene" "${lang:-en}" "$2" "$rounds" ;;
    esac
}

section_query() {
    for k in $sizes; do
        use_size "$k"
        write_queries >"$work/queries.tsv"
        for engine in $ours fts5 lucene; do
            [ "$engine" = khabar ] || is_peer "$engine" || continue
            need_index "$engine" || continue
            say "asking $engine, $size articles, $(wc -l <"$work/queries.tsv") queries"
            query_engine "$engine" "$work/queries.tsv" >"$work/$engine.times" || continue
            put_lines query "$size" "$engine" <"$work/$engine.times"
        done
    done
}

# process KIND ENGINE COMMAND...
process() {
    process_kind=$1
    process_engine=$2
    shift 2
    "$bin/measure" $((20 * runs)) "$@" 2>>"$work/process.log" |
        put_lines process "$size" "$process_engine" "$process_kind"
}

# The first query of a kind, without its kind.
first_of() {
    awk -F'\t' -v kind="$1" '$1 == kind { print $2; exit }' "$base_queries"
}

ask_khabar() {
    index=$size_folder/khabar
    process "exec and linking alone" khabar "$bin/khabar-query" --version
    process words khabar "$bin/khabar-query" -d "$index" -F -- "$words"
    process phrase khabar "$bin/khabar-query" -d "$index" -- "\"$phrase\""
    process "count of a phrase" khabar "$bin/khabar-query" -d "$index" -c -- "\"$phrase\""
    "$bin/open_parts" "$index" $((20 * runs)) "$words" | put_lines inside "$size" khabar
}

ask_peer() { # PEER
    case $1 in
    fts5)
        printf 'rank:words\t%s\n' "$words" >"$work/words.tsv"
        printf 'count:phrase\t%s\n' "$phrase" >"$work/phrase.tsv"
        process words fts5 "$bin/peer_fts5" query "$size_folder/fts5/index.db" "$work/words.tsv" 0
        process "count of a phrase" fts5 \
            "$bin/peer_fts5" query "$size_folder/fts5/index.db" "$work/phrase.tsv" 0
        ;;
    lucene)
        printf 'rank:words\t%s\n' "$words" >"$work/words.tsv"
        process words lucene java -cp "$class_path" Peer query "$size_folder/lucene" \
            "${lang:-en}" "$work/words.tsv" 0
        ;;
    omega)
        process words omega quest -d "$size_folder/omega" -m 10 "$words"
        process phrase omega quest -d "$size_folder/omega" -m 10 "\"$phrase\""
        ;;
    recoll)
        process words recoll recollq -c "$size_folder/recoll" -A -n 10 -o "$words"
        process phrase recoll recollq -c "$size_folder/recoll" -A -n 10 "\"$phrase\""
        ;;
    rg)
        process "count of a phrase" rg rg -c -i -F -- "$phrase" "$size_folder/articles.jsonl"
        ;;
    esac
}

section_process() {
    : >"$work/process.log"
    for k in $sizes; do
        use_size "$k"
        words=$(first_of rank:words)
        phrase=$(first_of count:mid)
        [ -z "$ours" ] || ! need_index khabar || ask_khabar
        for peer in $peers; do
            { [ "$peer" = rg ] || { is_wanted "$peer" && need_index "$peer"; }; } || continue
            ask_peer "$peer"
        done
    done
}

# Loops inside khabar, on the articles of the first size.
section_micro() {
    use_size "${sizes%% *}"
    jq -r 'select((.lang // "'"${lang:-en}"'") == "'"${lang:-en}"'") | .body' \
        "$size_folder/articles.jsonl" | head -c 20000000 >"$work/micro.txt"
    need_index khabar || return 0
    run=0
    while [ "$run" -lt 3 ]; do
        "$bin/micro_text" "$work/micro.txt" "${lang:-en}" | put_lines micro
        "$bin/micro_record" "$size_folder/khabar" "$base_queries" | put_lines micro
        run=$((run + 1))
    done
}
