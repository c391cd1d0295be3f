# A byte turned round in each file of the segment is found, and named.
segment=$(ls -d index/segments/*)
for file in $(cd "$segment" && find . -type f ! -name flintlock | sort); do
    size=$(stat -c %s "$segment/$file")
    [ "$size" -gt 0 ] || continue
    cp "$segment/$file" good
    at=$((size / 2))
    old=$(od -An -tu1 -j $at -N 1 "$segment/$file")
    printf "$(printf '\\%03o' $((old ^ 32)))" | dd of="$segment/$file" bs=1 seek=$at conv=notrunc status=none
    code=0
    khabar-index -d index check >out 2>&1 || code=$?
    echo "$file: exit $code, named: $(grep -c "${file#./}" out | sed 's/^[1-9].*/yes/')"
    cp good "$segment/$file"
done
khabar-index -d index check
