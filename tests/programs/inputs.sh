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
expect_code "a named pipe by the nightly call" 2 timeout 60 "$indexer" -d "$work/piped"
has "a named pipe by the nightly call" "$work/err" \
    "generation 2 was built from '$work/pipe', which cannot be read again"
expect "a named pipe has no digest" '[""]' "$(jq -c '[.files[].digest]' "$work/piped/gen-000002/manifest.json")"

# articles FOLDER NAME...: in FOLDER an article in a file of each name.
articles() {
    folder=$1
    shift
    mkdir -p "$folder"
    for name; do printf 'About %s\n\nThe dam of %s is full.\n' "$name" "$name" >"$folder/$name"; done
    [ -z "$as_nobody" ] || chown -R 65534:65534 "$folder"
}
as_nobody=

# Hidden files and folders are left alone, or not.
in=$work/hidden-in
articles "$in" a.txt .b.txt .c
articles "$in/.d" d.txt
printf '{"title":"Dam, hidden"}\n' >"$in/.e.json"
expect_code "hidden" 0 "$indexer" -d "$work/hidden" "$in"
has "hidden" "$work/err" "from 1 file; 4 hidden left alone (--hidden takes them)"
expect "hidden" 1 "$("$query" -d "$work/hidden" -c dam)"
expect_code "--hidden" 0 "$indexer" -q -d "$work/hidden" --hidden "$in"
expect "--hidden" 5 "$("$query" -d "$work/hidden" -c dam)"

# What else is left alone is counted.
in=$work/left-in
articles "$in" a.txt
articles "$work/elsewhere" b.txt c.txt
printf '\211PNG' >"$in/photo"
touch "$in/x.css" "$in/y.css" "$in/not.bak" "$in/.bak"
ln -s "$work/elsewhere" "$in/folder"
ln -s nowhere "$in/nothing.txt"
ln -s loop.txt "$in/loop.txt"
mkfifo "$in/pipe.txt"
mkdir "$work/tarred"
articles "$work/tarred" d.txt
touch "$work/tarred/d.html" "$work/tarred/.e.txt"
tar -C "$work/tarred" -cf "$in/t.tar" .
expect_code "left alone" 0 "$indexer" -d "$in/index" --exclude '*.bak' "$in"
has "left alone" "$work/err" "from 2 files; 3 other files left alone (.css 2, no suffix 1), \
3 links (-L follows them), 1 special file, 1 index, 2 members of archives"
expect_code "links followed" 0 "$indexer" -d "$in/index" --exclude '*.bak' -L "$in"
has "links followed" "$work/err" "from 4 files; 3 other files left alone (.css 2, no suffix 1), \
2 links to nothing, 1 special file, 1 index, 2 members of archives"

# A folder within itself is read once; one that is too deep is a failure.
in=$work/ring-in
articles "$in/s/t" a.txt
ln -s . "$in/s/loop"
ln -s ../.. "$in/s/t/top"
ln -s . "$in/self"
expect_code "a ring of links" 0 "$indexer" -d "$work/ring" -L "$in"
has "a ring of links" "$work/err" "from 1 file; 3 links to folders above them left alone"
expect "a ring of links" 1 "$("$query" -d "$work/ring" -c dam)"
deep=$in/deep$(awk 'BEGIN { for (i = 0; i < 100; i++) printf "/d" }')
articles "$deep" b.txt
expect_code "too deep" 1 "$indexer" -d "$work/ring" "$in"
has "too deep" "$work/err" "$deep: folder is below more than 100 others"
expect_code "too deep, again" 0 "$indexer" -d "$work/ring"
has "too deep, again" "$work/err" "nothing changed"

mkdir "$work/links"
ln -s "$work/elsewhere/b.txt" "$work/links"
expect_code "nothing but links" 2 "$indexer" -d "$work/none" "$work/links"
has "nothing but links" "$work/err" "hint: links are not followed: to follow them: --follow"

# Root may read anything: what may not be read is tried as nobody, with programs that nobody may start.
if [ "$(id -u)" = 0 ]; then
    mkdir "$work/bin"
    cp "$indexer" "$query" "$work/bin"
    indexer=$work/bin/${indexer##*/}
    query=$work/bin/${query##*/}
    chown -R 65534:65534 "$work"
    as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
    $as_nobody test -x "$indexer" || {
        echo "skipped: root may not become nobody here"
        finish
        exit
    }
fi

# A file that may not be read is skipped, and tried again until it may.
index=$work/closed
in=$work/closed-in
articles "$in" a.txt b.txt
chmod 000 "$in/b.txt"
expect_code "closed" 1 $as_nobody "$indexer" -d "$index" "$in"
has "closed" "$work/err" "$in/b.txt: cannot open '$in/b.txt': Permission denied"
expect_code "still closed" 0 $as_nobody "$indexer" -d "$index"
has "still closed" "$work/err" "nothing changed"
chmod 644 "$in/b.txt"
expect_code "opened" 0 $as_nobody "$indexer" -d "$index"
has "opened" "$work/err" "1 new, 0 changed, 0 gone"
expect "opened: found" 2 "$("$query" -d "$index" -c dam)"
expect_code "opened: once" 0 $as_nobody "$indexer" -d "$index"
has "opened: once" "$work/err" "nothing changed"
touch "$in/b.txt"
chmod 000 "$in/b.txt"
expect_code "closed again: guarded" 2 $as_nobody "$indexer" -d "$index"
has "closed again: guarded" "$work/err" "1 of the 2 live articles would be gone"
expect_code "closed again" 1 $as_nobody "$indexer" -d "$index" --max-drop=100
has "closed again" "$work/err" "0 new, 0 changed, 1 gone; 1 skipped"

# Opened while the build goes on, too late for it: when the pipe is opened, b has been tried.
expect_code "opened while a build goes on" 0 mkfifo "$work/late-pipe"
chmod 666 "$work/late-pipe"
timeout 60 $as_nobody "$indexer" -q -d "$work/late" "$in" "$work/late-pipe" 2>"$work/err" &
builder=$!
timeout 60 sh -c 'exec 9>"$1" && chmod 644 "$2" && echo "{\"title\":\"Late\"}" >&9' sh "$work/late-pipe" "$in/b.txt" ||
    fail "opened while a build goes on: no reader"
code=0
wait $builder || code=$?
expect "opened while a build goes on: exit" 1 "$code"
expect "opened while a build goes on: digest" '[""]' \
    "$(jq -c '[.files[] | select(.path | endswith("b.txt")).digest]' "$work/late/gen-000001/manifest.json")"

# A file that is an input itself has to be one that may be read: a night does not go on without it.
chmod 000 "$in/b.txt"
expect_code "closed input file" 2 $as_nobody "$indexer" -d "$work/input-file" "$in/a.txt" "$in/b.txt"
has "closed input file" "$work/err" "not published: cannot open input '$in/b.txt': Permission denied"
chmod 644 "$in/b.txt"

# So is a folder below an input; all else is published.
index=$work/folders
in=$work/folders-in
articles "$in/m" b.txt
articles "$in" a.txt z.txt
chmod 000 "$in/m"
expect_code "closed folder" 1 $as_nobody "$indexer" -d "$index" "$in"
has "closed folder" "$work/err" "$in/m: cannot open folder '$in/m': Permission denied"
has "closed folder" "$work/err" "2 new, 0 changed, 0 gone; 1 skipped, 1 of them new"
has "closed folder" "$work/err" "MB from 2 files"
expect_code "closed folder: failures" 0 "$indexer" -d "$index" failures
has "closed folder: failures" "$work/out" "$in/m: cannot open folder '$in/m': Permission denied"
expect_code "closed folder: strict" 2 $as_nobody "$indexer" -d "$index" --strict --rebuild
has "closed folder: strict" "$work/err" "not published (--strict): $in/m: cannot open folder"
expect_code "still closed folder" 0 $as_nobody "$indexer" -d "$index"
has "still closed folder" "$work/err" "nothing changed"
chmod 755 "$in/m"
expect_code "opened folder" 0 $as_nobody "$indexer" -d "$index"
has "opened folder" "$work/err" "1 new, 0 changed, 0 gone"
chmod 000 "$in/m"
expect_code "closed folder: guarded" 2 $as_nobody "$indexer" -d "$index"
has "closed folder: guarded" "$work/err" "1 of the 3 live articles would be gone"
chmod 444 "$in/m"
expect_code "a folder whose files may not be looked at" 1 $as_nobody "$indexer" -d "$index" --max-drop=100
has "a folder whose files may not be looked at" "$work/err" "$in/m/b.txt: cannot look at '$in/m/b.txt': Permission denied"
chmod 755 "$in/m"
expect_code "opened folder again" 0 $as_nobody "$indexer" -d "$index"
mkdir -m 000 "$in/n"
expect_code "closed folder, new and empty" 1 $as_nobody "$indexer" -d "$index"
rmdir "$in/n"
expect_code "gone" 0 $as_nobody "$indexer" -d "$index"
has "gone" "$work/err" "0 gone"
chmod 000 "$in/m"
expect_code "closed input" 2 $as_nobody "$indexer" -d "$work/input" "$in/m"
has "closed input" "$work/err" "khabar-index: cannot open folder '$in/m': Permission denied"
chmod 755 "$in/m"
finish
