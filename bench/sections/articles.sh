# articles.sh - the articles of each size and the queries for them. Sourced.

# base-... has the articles that all sizes repeat.
make_base() {
    base=$work/base-$(printf '%s' "$articles $seed $corpus $lang $times" | cksum | cut -d' ' -f1).jsonl
    if [ ! -s "$base" ]; then
        say "making the articles"
        case $corpus in
        '') "$bin/generate" --articles "$articles" --seed "$seed" >"$base.raw" ;;
        *.zst) zstd -dcq "$corpus" >"$base.raw" ;;
        *) cat "$corpus" >"$base.raw" ;;
        esac
        if [ -n "$lang" ] || [ "$times" != 1 ]; then
            "$bin/generate" --repeat "$base.raw" --times "$times" --share 0 \
                ${lang:+--lang "$lang"} >"$base.part"
            rm "$base.raw"
        else
            mv "$base.raw" "$base.part"
        fi
        mv "$base.part" "$base"
    fi
    base_queries=$base.$each.queries
    [ -s "$base_queries" ] || {
        "$bin/derive" "$base" --lang "${lang:-en}" --each "$each" >"$base.part"
        mv "$base.part" "$base_queries"
    }
}

# use_size K: $size_folder has articles.jsonl, `size` its number of articles, `text_bytes`
# the bytes of their titles and bodies.
use_size() {
    make_base
    size_folder=$work/size-$(basename "$base" .jsonl | sed 's/base-//')-$1-$share
    mkdir -p "$size_folder"
    if [ ! -s "$size_folder/counts" ]; then
        if [ "$1" = 1 ]; then
            ln -sf "$base" "$size_folder/articles.jsonl"
        else
            "$bin/generate" --repeat "$base" --times "$1" --share "$share" \
                >"$size_folder/articles.jsonl"
        fi
        jq -nr 'reduce inputs as $a ([0, 0];
            [.[0] + 1, .[1] + ($a.title // "" | utf8bytelength) + ($a.body // "" | utf8bytelength)])
            | "\(.[0]) \(.[1])"' "$size_folder/articles.jsonl" >"$size_folder/counts"
    fi
    read -r size text_bytes <"$size_folder/counts"
}

# All queries: those drawn from the articles and those given, by the name of their file.
write_queries() {
    cat "$base_queries"
    for file in $queries; do
        name=$(basename "$file" .tsv)
        awk -F'\t' -v kind="rank:$name" -v wanted="$sample" -v n="$(wc -l <"$file")" '
            int(NR * wanted / n) > int((NR - 1) * wanted / n) || wanted >= n {
                print kind "\t" $NF
            }' "$file"
    done
}
