# peers.sh - which peers can be had, how they build and how they are asked. Sourced.

java_folder=/usr/share/java

# The jar of a part of Lucene 8, whatever its number is.
lucene_jar() {
    for jar in "$java_folder/lucene-$1"-8*.jar; do
        if [ -e "$jar" ]; then
            printf '%s:' "$jar"
            return 0
        fi
    done
    return 1
}

make_lucene() {
    command -v javac >/dev/null || return 1
    class_path=
    for part in core analyzers-common queryparser highlighter queries memory; do
        class_path=$class_path$(lucene_jar $part) || return 1
    done
    mkdir -p "$work/lucene"
    class_path=$class_path$work/lucene
    javac -nowarn -cp "$class_path" -d "$work/lucene" bench/lucene/*.java \
        >"$work/lucene.log" 2>&1
}

lucene() {
    java -cp "$class_path" Peer "$@" 2>>"$work/lucene.log"
}

has_peer() {
    case $1 in
    fts5) [ -x "$bin/peer_fts5" ] ;;
    lucene) make_lucene ;;
    omega) command -v scriptindex >/dev/null && command -v quest >/dev/null ;;
    recoll) command -v recollindex >/dev/null && command -v recollq >/dev/null ;;
    rg) command -v rg >/dev/null ;;
    *) return 1 ;;
    esac
}

# Leaves in $peers those that are there.
find_peers() {
    there=
    for peer in $peers; do
        if [ -n "$may_install" ] && [ "$peer" != fts5 ]; then
            scripts/deps "$peer" >"$work/deps.log" 2>&1 || say "no package of $peer: $work/deps.log"
        fi
        if has_peer "$peer"; then
            there="$there $peer"
        else
            say "$peer is not there: left out (scripts/deps $peer installs it)"
        fi
    done
    peers=$there
}

is_peer() {
    case " $peers " in
    *" $1 "*) return 0 ;;
    *) return 1 ;;
    esac
}

package_version() {
    dpkg-query -W -f '${Version}' "$1" 2>/dev/null || echo unknown
}

put_machine() {
    put info date "$(date -u +%Y-%m-%d)"
    put info machine "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(
        awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)"
    put info system "$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r | cut -d- -f1)"
    put info khabar "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)$(
        git diff --quiet HEAD 2>/dev/null || echo ' and changes'), $(
        "$bin/khabar-query" --version | paste -sd';' - | sed 's/;/; /g')"
    ! is_peer fts5 || put info fts5 "SQLite $("$bin/peer_fts5" version), porter unicode61"
    ! is_peer lucene || put info lucene "Lucene $(lucene version), $(java -version 2>&1 | sed -n 1p)"
    ! is_peer omega || put info omega "scriptindex and quest of Xapian $(package_version xapian-omega)"
    ! is_peer recoll || put info recoll "$(package_version recollcmd)"
    ! is_peer rg || put info rg "$(rg --version | sed -n 1p)"
    put info load "$(cut -d' ' -f1-3 /proc/loadavg) before"
}

# ---- building ----

# Omega reads field=value lines; a body of several lines goes on behind "=".
write_dump() { # ARTICLES.jsonl
    jq -r 'def one: gsub("[\n\r]+"; " "); def all: gsub("\r"; "") | gsub("\n"; "\n=");
        "id=\(.id // "" | one)", "title=\(.title // "" | one)", "body=\(.body // "" | all)",
        ((.tags // [])[] | "tag=\(one)"), "date=\(.date // "" | one)", ""' "$1"
}

write_omega_script() {
    printf '%s\n' 'id : boolean=Q field' 'title : index=S index field' 'body : index field' \
        'tag : lower boolean=K' 'date : field'
}

# A file an article: Recoll reads files.
write_files() { # ARTICLES.jsonl FOLDER
    mkdir -p "$2"
    jq -r '[.title // "", .body // ""] | @tsv' "$1" | awk -F'\t' -v folder="$2" '
        function plain(text) {
            gsub(/\\n/, "\n", text); gsub(/\\t/, " ", text); gsub(/\\\\/, "\\", text)
            return text
        }
        {
            part = folder "/" int(NR / 1000)
            if (NR == 1 || NR % 1000 == 0)
                system("mkdir -p " part)
            file = part "/" NR ".txt"
            printf "%s\n\n%s\n", plain($1), plain($2) >file
            close(file)
        }'
}

# The command that builds an engine's index of $articles_file in $size_folder, as words
# for sh -c.
build_command() { # ENGINE
    case $1 in
    khabar) echo "exec '$bin/khabar-index' -q --rebuild -d khabar articles.jsonl" ;;
    fts5) echo "exec '$bin/peer_fts5' build fts5/index.db <articles.jsonl" ;;
    lucene) echo "exec java -cp '$class_path' Peer build lucene '${lucene_lang:-${lang:-en}}' <articles.jsonl" ;;
    omega) echo "exec scriptindex --overwrite omega omega.script omega.dump" ;;
    recoll) echo "exec recollindex -c '$size_folder/recoll' -z" ;;
    esac
}

# What an engine needs beside the JSON lines; not part of its time.
prepare_build() { # ENGINE
    mkdir -p "$1"
    case $1 in
    omega)
        write_dump articles.jsonl >omega.dump
        write_omega_script >omega.script
        ;;
    recoll)
        [ -d files ] || write_files articles.jsonl files
        printf 'topdirs = %s\nloglevel = 1\nidxflushmb = 256\n' "$size_folder/files" >recoll/recoll.conf
        ;;
    esac
}
