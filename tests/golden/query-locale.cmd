# Numbers are written the same in a locale that has a decimal comma.
localedef -f UTF-8 -i de_DE "$PWD/de_DE.UTF-8" >/dev/null 2>&1 || true
khabar-query -d index --json --explain elbe >plain
LC_ALL=de_DE.UTF-8 LOCPATH=$PWD khabar-query -d index --json --explain elbe | cmp - plain && echo same
