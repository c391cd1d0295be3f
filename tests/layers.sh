#!/bin/sh
# layers.sh TREE - which room includes what it may not? Names each offence, exit 1 if any.
set -eu
LC_ALL=C
export LC_ALL
cd "${1:?usage: layers.sh TREE}"

# room: the rooms that it may include, besides itself
rooms='
base:
text: base
article: base text
formats: base text article
record: base text article
pulsed: base
xapian-c: base pulsed glass
glass: base
runs: base
index: base text article record pulsed xapian-c glass runs
cli: base
indexer: base text article formats record runs index xapian-c cli
query: base text article record index xapian-c cli
'

# header, as an extended regular expression: the rooms that may include it, in lib/ alone
headers='
unicode/.*: text cli
libstemmer\.h: text
cld2/.*: text
xapian\.h|xapian/.*: xapian-c
jansson\.h: formats index cli
zstd.*\.h|zdict\.h: record indexer
zlib\.h: glass
archive.*\.h: formats
libxml/.*: formats
xxh.*\.h: base
'

# Prints FILE:"NAME or FILE:<NAME of every include; the folders that are there.
includes() {
    for folder in include lib indexer query; do
        if [ -d "$folder" ]; then
            printf '%s\0' "$folder"
        fi
    done | xargs -0 -r grep -rHE '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]' |
        sed 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*/:/'
}

# A room is include/ROOM and lib/ROOM, or ROOM for a program. Then the folders: one that
# the table does not know would go unchecked. Then C++: for what has no C interface.
{
    includes
    printf 'folder %s\n' include/*/ lib/*/
    find ./include ./lib ./indexer ./query \( -name '*.cpp' -o -name '*.hpp' \)
} | ROOMS=$rooms HEADERS=$headers awk '
    function offence(text) {
        print text
        status = 1
    }

    function room_of(file, parts) {
        split(file, parts, "/")
        return parts[1] == "include" || parts[1] == "lib" ? parts[2] : parts[1]
    }

    function check_own(file, room, name) {
        if (name ~ /(^|\/)\.\.\//)
            offence(file " may not include \"" name "\": no way out of a folder")
        else if (name ~ /\// && !((room, substr(name, 1, index(name, "/") - 1)) in may))
            offence(file " may not include \"" name "\"")
    }

    function check_foreign(file, room, name, pattern) {
        for (pattern in users) {
            if (name !~ "^(" pattern ")$")
                continue
            if (file ~ /^include\//)
                offence(file " may not include <" name ">: public headers are our own")
            else if (index(users[pattern] " ", " " room " ") == 0)
                offence(file " may not include <" name ">")
        }
    }

    BEGIN {
        n = split(ENVIRON["ROOMS"], lines, "\n")
        for (i = 1; i <= n; i++) {
            n_words = split(lines[i], words, /[: ]+/)
            if (words[1] != "")
                may[words[1], words[1]] = 1
            for (j = 2; j <= n_words; j++)
                may[words[1], words[j]] = 1
        }
        n = split(ENVIRON["HEADERS"], lines, "\n")
        for (i = 1; i <= n; i++)
            if (lines[i] != "")
                users[substr(lines[i], 1, index(lines[i], ":") - 1)] = \
                    substr(lines[i], index(lines[i], ":") + 1)
    }

    /^folder / {
        split($2, parts, "/")
        if (parts[2] != "*" && !((parts[2], parts[2]) in may))
            offence($2 " is not in the table of layers.sh")
        next
    }

    /^\.\// {
        if ($0 !~ /^\.\/lib\/(xapian-c|text)\//)
            offence($0 ": C++ is for lib/xapian-c")
        next
    }

    {
        at = index($0, ":")
        file = substr($0, 1, at - 1)
        name = substr($0, at + 2)
        sub(/[">].*/, "", name)
        if (substr($0, at + 1, 1) == "<")
            check_foreign(file, room_of(file), name)
        else
            check_own(file, room_of(file), name)
    }

    END { exit status }
'
