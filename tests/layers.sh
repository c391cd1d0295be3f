#!/bin/sh
# layers.sh TREE - which room includes what it may not? Names each offence, exit 1 if any.
set -eu
LC_ALL=C
export LC_ALL
tree=${1:?usage: layers.sh TREE}
cd "$tree"

# room: the rooms that it may include, besides itself
rooms='
base:
text: base
article: base text
formats: base text article
xapian-c: base
index: base text article xapian-c
cli: base
indexer: base text article formats index xapian-c cli
query: base text article index xapian-c cli
'

# header, as an extended regular expression: the rooms that may include it
headers='
unicode/.*: text cli
libstemmer\.h: text
cld2/.*: text
xapian\.h|xapian/.*: xapian-c
jansson\.h: formats index cli
zstd.*\.h: index indexer
archive.*\.h: formats
libxml/.*: formats
xxh.*\.h: base
'

status=0
offence() {
    printf '%s\n' "$1"
    status=1
}

# The folders of a room: include/ROOM and lib/ROOM, or ROOM for a program.
folders() {
    for folder in "include/$1" "lib/$1" "$1"; do
        if [ -d "$folder" ]; then
            printf '%s\n' "$folder"
        fi
    done
}

# What the files of a folder include between the brackets given, each name once.
included() { # FOLDER OPEN CLOSE
    grep -rhoE "^[[:space:]]*#[[:space:]]*include[[:space:]]*$2[^$3]+" "$1" |
        sed "s/.*$2//" | sort -u
}

check_rooms() { # ROOM FOLDER MAY
    for name in $(included "$2" '"' '"'); do
        case $name in
        ../* | */../*) offence "$2 may not include '$name': no way out of a folder" ;;
        */*)
            case " $1 $3 " in
            *" ${name%%/*} "*) ;;
            *) offence "$2 may not include '$name'" ;;
            esac
            ;;
        esac
    done
}

# The headers that a room may not include, as one expression; all of them for include/.
forbidden() { # ROOM FOLDER
    expression=
    while IFS=: read -r pattern allowed; do
        case $2:" $allowed " in
        include/*) ;;
        *" $1 "*) continue ;;
        esac
        expression="$expression${expression:+${pattern:+|}}$pattern"
    done <<END
$headers
END
    printf '%s\n' "$expression"
}

check_headers() { # ROOM FOLDER
    for name in $(included "$2" '<' '>' | grep -xE "$(forbidden "$1" "$2")"); do
        case $2 in
        include/*) offence "$2 may not include <$name>: public headers are our own" ;;
        *) offence "$2 may not include <$name>" ;;
        esac
    done
}

while IFS=: read -r room may; do
    [ -n "$room" ] || continue
    for folder in $(folders "$room"); do
        check_rooms "$room" "$folder" "$may"
        check_headers "$room" "$folder"
    done
done <<END
$rooms
END

# A room that the table does not know would go unchecked.
for folder in include/* lib/*; do
    [ -d "$folder" ] || continue
    case $rooms in
    *"
${folder#*/}:"*) ;;
    *) offence "$folder is not in the table of layers.sh" ;;
    esac
done

# C++ is for what has no C interface.
for folder in include lib indexer query; do
    [ -d "$folder" ] || continue
    cpp=$(find "$folder" \( -name '*.cpp' -o -name '*.hpp' \) \
        ! -path 'lib/xapian-c/*' ! -path 'lib/text/*')
    [ -z "$cpp" ] || offence "C++ is for lib/xapian-c: $cpp"
done
exit "$status"
