# quality.sh - marks for rankings and passages, ours and theirs. Sourced.

# libstemmer's name of a language, for the baseline.
stemmer_of() {
    case $1 in
    ar) echo arabic ;; de) echo german ;; en) echo english ;; es) echo spanish ;;
    fr) echo french ;; hi) echo hindi ;; it) echo italian ;; ru) echo russian ;;
    tr) echo turkish ;; el) echo greek ;; *) echo none ;;
    esac
}

# index_and_ask FOLDER-OF-INDEX DOCUMENTS QUERIES FORM
index_and_ask() {
    rm -rf "$1"
    "$bin/khabar-index" -q -d "$1" "$2" >&2 || [ $? = 1 ] || return 1 # blank ones are skipped
    "$bin/khabar-query" -d "$1" -F "$4" --batch "$3" || [ $? = 1 ]
}

rank_folder() { # DIR LANG NAME OUT
    say "ranking $3"
    index_and_ask "$4/khabar" "$1/docs.jsonl" "$1/queries.tsv" --trec >"$4/khabar.run" || return 0
    "$bin/score" run "$1/qrels.txt" "$4/khabar.run" | put_lines run "$3" khabar
    is_peer lucene || return 0
    rm -rf "$4/lucene"
    lucene build "$4/lucene" "$2" <"$1/docs.jsonl"
    lucene run "$4/lucene" "$2" "$1/queries.tsv" >"$4/lucene.run"
    "$bin/score" run "$1/qrels.txt" "$4/lucene.run" | put_lines run "$3" lucene
}

answer_folder() { # DIR LANG NAME OUT
    say "passages of $3"
    index_and_ask "$4/articles" "$1/articles.jsonl" "$1/queries.tsv" --json \
        >"$4/khabar.jsonl" || return 0
    "$bin/score" answers "$1/answers.jsonl" "$4/khabar.jsonl" | put_lines answers "$3" khabar
    case $2 in
    zh | ja | th) return 0 ;; # the baseline needs spaces between words
    esac
    /usr/bin/python3 bench/windows.py "$1" "$(stemmer_of "$2")" >"$4/windows.jsonl" ||
        return 0
    "$bin/score" answers "$1/answers.jsonl" "$4/windows.jsonl" | put_lines answers "$3" windows
}

section_quality() {
    [ -n "$quality" ] || say "quality needs --quality DIR:LANG"
    for pair in $quality; do
        folder=${pair%:*}
        language=${pair##*:}
        [ "$language" != "$pair" ] || language=en
        name=$(basename "$(dirname "$folder")")/$(basename "$folder")
        out=$work/quality/$name
        mkdir -p "$out"
        [ ! -e "$folder/qrels.txt" ] || rank_folder "$folder" "$language" "$name" "$out"
        [ ! -e "$folder/answers.jsonl" ] || answer_folder "$folder" "$language" "$name" "$out"
    done
}
