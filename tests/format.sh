#!/bin/sh
# format.sh TREE - is every source as clang-format has it? Fails if there is no clang-format.
set -eu
cd "${1:?usage: format.sh TREE}"

command -v clang-format >/dev/null || {
    echo 'clang-format is missing: scripts/deps installs it'
    exit 1
}
for folder in include lib indexer query tests bench scripts; do
    [ -d "$folder" ] || continue
    find "$folder" -path tests/data -prune -o -type f \
        \( -name '*.c' -o -name '*.h' -o -name '*.cpp' -o -name '*.hpp' \) -print0
done | xargs -0 clang-format --dry-run -Werror
