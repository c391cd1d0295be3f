#!/bin/sh
# forms.sh - every form of output, exit codes, notes and errors of khabar-query.
# usage: forms.sh KHABAR-INDEX KHABAR-QUERY TREE
set -eu
. "$(dirname "$0")/lib.sh"
index=$work/index
mkdir "$work/in"
cat >"$work/in/a.txt" <<'T'
Talks on the river

Delhi, June 5, 2025: The two sides met. The Indus Waters Treaty came first.

What happens next

Nobody would name a day for the next talks.

Tags: Indus Waters Treaty, ceasefire 2025
T
printf '{"id":"w 1","title":"Bad \\u001b[31mcolour\\u0007","body":"A river \\u202ein flood. No talks.","date":"2025-06-04","tags":["flood"],"lang":"en"}\n{"id":"w2","title":"Old news","body":"The river is dry.","lang":"en"}\n' >"$work/in/w.jsonl"
"$indexer" -q -d "$index" "$work/in"
run() { "$query" -d "$index" "$@"; }
esc=$(printf '\033')

expect "count" 3 "$(run -c river)"
expect "ids" "$work/in/a.txt" "$(run --ids title:talks)"
expect "files, each once" "$work/in/a.txt
$work/in/w.jsonl" "$(run -l river | sort)"
expect "trec" "1 Q0 w%201 1" "$(run --trec flood | cut -d' ' -f1-4)"
expect "trec tag" "mine" "$(run --trec=mine flood | cut -d' ' -f6)"
expect "limit 0" "" "$(run -n 0 river)"
expect "offset" "$(run --ids -n all river | tail -n +2)" "$(run --ids --offset 1 river)"
expect "by date" "$work/in/a.txt
w 1
w2" "$(run --ids --sort date river)"
expect "by date, turned round, undated last" "w 1
$work/in/a.txt
w2" "$(run --ids --sort date --reverse river)"
expect "tags" "Indus Waters Treaty" "$(run --tags=indus --json | jq -r .tag)"
expect "tags of matches" "flood" "$(run --tags --json flood | jq -r .tag)"
expect "a phrase is in order" "1 0 0" "$(echo $(run -c '"waters treaty"' || true; run -c '"treaty waters"' || true; run -c '"treaty name"' || true))"
expect "a capital counts for all of an exact phrase" "1 0 1 1 0" "$(echo $(run -c '="Indus Waters"' || true; run -c '="Indus waters"' 2>/dev/null || true; run -c '="indus waters"' || true; run -c '"Indus waters"' || true; run -c '="NOBODY would"' 2>/dev/null || true))"
expect "without" "$work/in/a.txt
w2" "$(run --ids river -flood | sort)"
expect "without a phrase" "w2" "$(run --ids 'river -"in flood" -"waters treaty"')"
expect "NOT alone" "$work/in/a.txt
w 1" "$(run --ids NOT dry | sort)"
expect "tag" "$work/in/a.txt" "$(run --ids -t 'indus waters treaty')"
expect "dates" "w 1" "$(run --ids --until 2025-06-04 river)"
expect "batch" "x	1
2	3" "$(printf 'x\tflood\n\nriver\n' | sed '/^$/d' | run -c --batch -)"

run --json treaty >"$work/json"
expect "keys" "v,type,query_id,rank,score,ref,article,passage" "$(jq -r 'keys_unsorted | join(",")' "$work/json")"
expect "article keys" "id,path,member,record,format,title,deck,authors,place,date,updated,source,section,lang,url,tags,words" \
    "$(jq -r '.article | keys_unsorted | join(",")' "$work/json")"
expect "passage keys" "text,heading,start,end,byte_start,byte_end,sentences,line,column,highlights" \
    "$(jq -r '.passage | keys_unsorted | join(",")' "$work/json")"
expect "highlight" "Treaty" "$(jq -r '.passage as $p | $p.highlights[0] as $h | $p.text[$h[0]:$h[1]]' "$work/json")"
expect "offsets" "$(jq -r .passage.text "$work/json")" \
    "$(run --show "$work/in/a.txt" --text | jq -Rsr --argjson p "$(jq .passage "$work/json")" '.[$p.start:$p.end]')"
ref=$(jq -r .ref "$work/json")
expect "ref" "Talks on the river" "$(run --show "$ref" --json | jq -r .article.title)"
expect "several texts" "Old news

The river is dry.

Old news

The river is dry." "$(printf 'w2\nnobody\nw2\n' | run --show - --text 2>/dev/null)"
printf '{"id":"two\\nlines","title":"Odd id","body":"A zeppelin rose."}\n{"id":"w3","title":"Airship","body":"The zeppelin fell."}\n' >"$work/odd.jsonl"
"$indexer" -q -d "$work/odd" "$work/odd.jsonl"
expect "names that end in NUL" "Airship Odd id" "$(echo $("$query" -d "$work/odd" --ids -0 zeppelin |
    "$query" -d "$work/odd" --show - -0 --json | jq -r .article.title | sort))"
expect "the last need not" "Odd id Airship" "$(echo $(printf 'two\nlines\0w3' |
    "$query" -d "$work/odd" --show - -0 --json | jq -r .article.title))"
expect_code "NUL of one name" 2 "$query" -d "$work/odd" --show w3 -0
expect "the last of them ends its line" 1 "$(printf 'w 1\nw2\n' | run --show - --text | tail -c 1 | wc -l | tr -d ' ')"
expect "parts add up" "true" "$(run --json --explain treaty | jq '(.score - ([.explain.parts[].value] | add)) | fabs < 1e-9')"
expect "a phrase is marked as such" "Indus,Waters,Treaty" \
    "$(run --json '"indus waters treaty"' | jq -r '.passage as $p | [$p.highlights[] | $p.text[.[0]:.[1]]] | join(",")')"
printf '芯片厂要水\n\n新竹，2025年2月26日：农民收起水田的秧苗，芯片厂要水。\n' >"$work/zh.txt"
"$indexer" -q -d "$work/zh" "$work/zh.txt"
expect "characters of a word are marked as one" "**水田**,**芯片厂**" \
    "$("$query" -d "$work/zh" --highlight md 水田 芯片厂 | grep -oE '\*\*[^*，]+\*\*' | paste -sd,)"
expect "characters of a word are marked as one: html" "<mark>水田</mark>,<mark>芯片厂</mark>" \
    "$("$query" -d "$work/zh" --highlight html 水田 芯片厂 | grep -oE '<mark>[^<]+</mark>' | paste -sd,)"
expect "the same in JSON" "水田,芯片厂" \
    "$("$query" -d "$work/zh" --json 水田 芯片厂 | jq -r '.passage as $p | [$p.highlights[] | $p.text[.[0]:.[1]]] | join(",")')"
expect "no control character gets out" "" "$(run --color always --highlight ansi flood | sed "s/$esc\[[0-9;]*m//g" | grep -c "$esc" | grep -v '^0$' || true)"
expect "bidi controls neither" 0 "$(run flood | grep -c "$(printf '\342\200\256')" || true)"
run --json --per-article all -n all river >"$work/all"
code=0
{ run --json --per-article all -n all river; echo $? >"$work/code"; } | head -n 1 >/dev/null
expect "a closed pipe is no trouble" 0 "$(cat "$work/code")"

expect_code "nothing" 1 run zebra
expect_code "no word" 1 run '*'
has "no word" "$work/err" "the query has no word"
expect_code "count of nothing" 1 run -c zebra
expect "prints 0" 0 "$(cat "$work/out")"
expect_code "unknown article" 1 run --show nobody
expect_code "unknown field" 2 run titel:x
has "unknown field" "$work/err" "unknown field 'titel:' in the query: nearest is 'title:'"
has "its hint" "$work/err" "khabar-query -F -- 'titel:x'"
expect_code "two readings" 2 run date:05/06/2025
expect_code "option behind the query" 2 run river -n 5
has "option behind" "$work/err" "short options come first"
expect_code "unknown option" 2 run --jsno river
has "unknown option" "$work/err" "--json"
expect_code "grep's habit" 2 run -v river
has "grep's habit" "$work/err" "NOT word"
expect_code "two forms" 2 run --json --trec river
expect_code "two modes" 2 run --tags --batch - river
expect_code "nothing given" 2 run
expect_code "no index" 2 "$query" -d "$work/none" river
has "no index" "$work/err" "no index at '$work/none'"
has "no index" "$work/err" "khabar-index FOLDER"
expect_code "no tag of that name" 1 run tag:indus
has "no tag" "$work/err" "no tag 'indus'; tags with that word: 'Indus Waters Treaty' (1)"
awk 'BEGIN { for (i = 1; i <= 5000; i++)
    printf "{\"id\":\"%d\",\"title\":\"Match %d\",\"tags\":[\"match %d\"]}\n", i, i, i }' >"$work/many.jsonl"
"$indexer" -q -d "$work/many" "$work/many.jsonl"
expect "more tags than the matcher takes: all count" 5000 "$("$query" -d "$work/many" -c 'tag:match*')"
expect "also beside words" "x	5000" "$(printf 'x\t+title:match tag:match*\n' | "$query" -d "$work/many" -c --batch -)"
expect_code "in brackets it is an error" 2 "$query" -d "$work/many" -c '(match tag:match*) OR (match -river)'
has "in brackets" "$work/err" "stands for 5000 tags"
printf 'a\tflood\nb\ttitel:x\n' >"$work/batch"
expect_code "a bad line" 2 run -c --batch "$work/batch"
has "a bad line" "$work/err" "$work/batch:2: unknown field"
expect "the others run" "a	1" "$(cat "$work/out")"

# A word that is mostly written in parts is looked for in parts; a number is another one.
printf '{"id":"%s","body":"%s"}\n' hyphens 'Shangri-La, pages 11-20.' parts 'Who sat? Shangri La, seats 11 20.' \
    >"$work/parts.jsonl"
"$indexer" -q -d "$work/parts" "$work/parts.jsonl"
expect "parts of a word" "hyphens parts" "$(echo $("$query" -d "$work/parts" --ids shangrila | sort))"
expect "all parts if it is alone, or beside operators" "2 2 2 2" "$(for q in shangri-la 'shangri-la NOT river' \
    'shangri-la OR "no such"' 'shangri-la AND (pages OR seats)'; do "$query" -d "$work/parts" -c "$q"; done | tr '\n' ' ' | sed 's/ $//')"
expect "one of them is not enough" 0 "$("$query" -d "$work/parts" -c shangri-river || true)"
expect "words in a list" 2 "$("$query" -d "$work/parts" -c 'shangri-river cotton')"
expect "a capital begins a sentence" "1 1 0" "$(for q in Who who WHO; do "$query" -d "$work/parts" -c $q || true; done |
    tr '\n' ' ' | sed 's/ $//')"
expect "a bracket of tags is no condition on the text" 1 "$(run -c '(tag:flood OR tag:"ceasefire 2025") flood')"
expect "no parts of a number" hyphens "$("$query" -d "$work/parts" --ids 1120)"
for_query='shangrila OR (pages AND talks)'
expect "parts beside words together" "hyphens parts" \
    "$(echo $("$query" -d "$work/parts" --ids "$for_query" | sort))"
expect "counted, too" 2 "$("$query" -d "$work/parts" -c "$for_query")"
"$query" -d "$work/parts" --explain "$for_query" >"$work/explain"
has "by the lists" "$work/explain" "first stage: maxscore"

# One id in two inputs: two articles, with a REF each.
mkdir "$work/one" "$work/two"
printf '{"id":"dup","title":"One thing","body":"The river is dry."}\n' >"$work/one/x.jsonl"
printf '{"id":"dup","title":"Other thing","body":"The river is full."}\n' >"$work/two/x.jsonl"
"$indexer" -q -d "$work/both" "$work/one" "$work/two"
both() { "$query" -d "$work/both" "$@"; }
expect "both have the id" 2 "$(both -c id:dup)"
expect "none has another" 0 "$(both -c id:dap || true)"
expect "a REF is one of them" "One thing
Other thing" "$(both --json --sort date id:dup | jq -r .ref | both --show - --json | jq -r .article.title | sort)"
expect_code "the id is the first" 0 both --show dup --json
expect "the id is the first" "One thing" "$(jq -r .article.title "$work/out")"
has "the others are named" "$work/err" "several articles have the id 'dup': @v2ekb080, @"

# In Turkish what an apostrophe keeps apart of a name is an ending.
cat >"$work/tr.jsonl" <<'T'
{"id":"t1","lang":"tr","title":"Görüşme","body":"Türkiye’nin başkenti Ankara'da dün bir toplantı yapıldı. Erdoğan'ın sözleri Kur'an'ın değil."}
{"id":"t2","lang":"tr","title":"Sendika","body":"Türk-İş'in kararı İzmir'deki işçiler için kur farkı getirdi."}
{"id":"e1","lang":"en","title":"Visit","body":"The talks in Turkey were brief. Erdogan said nothing."}
T
"$indexer" -q -d "$work/tr" "$work/tr.jsonl"
"$indexer" check -q -d "$work/tr"
turkish() { "$query" -d "$work/tr" "$@" || true; }
expect "a name with a suffix" "t1 t1 t1 t1 t2" "$(for q in Türkiye turkiye Erdoğan ankara izmir; do
    turkish --ids "$q +lang:tr"; done | tr '\n' ' ' | sed 's/ $//')"
expect "known in another language, too" "e1 t1" "$(echo $(turkish --ids erdogan | sort))"
expect "in quotes, with another suffix, exactly" "1 1 1 0 1 1 0" "$(echo $(for q in '"Türkiye"' \
    '"türkiye başkenti ankara"' "Türkiye'den" '=türkiye' "=Türkiye'nin" "=türkiye'nin" "=türkiye'de"; do turkish -c "$q"; done))"
expect "by its beginning" 1 "$(turkish -c 'türkiy*')"
expect "no ending, no suffix" "t1 t2" "$(echo $(turkish --ids kur\'an; turkish --ids kur))"
expect "in a compound" "t2 t2" "$(echo $(turkish --ids türkiş; turkish --ids '"türk iş"'))"
expect "marked as a whole" "**Türkiye’nin**,**Erdoğan'ın**" \
    "$(turkish --highlight md 'türkiye erdoğan lang:tr' | grep -oE '\*\*[^*]+\*\*' | paste -sd,)"
expect "marked in a compound" "**Türk**-**İş'in**" \
    "$(turkish --highlight md türkiş | grep -oE '\*\*Türk[^ ]+')"

# A language is given back as the article has it, and found by all that its tag begins with.
cat >"$work/tag.jsonl" <<'T'
{"id":"tw","lang":"zh_hant_tw","title":"颱風","body":"颱風今天登陸。"}
{"id":"cn","lang":"zh-CN","title":"台风","body":"台风今天登陆。"}
{"id":"zh","lang":"zh","title":"风","body":"今天有风。"}
{"id":"own","lang":"en","title":"Rain","body":"Rain fell."}
{"id":"none","title":"Rain","body":"Rain fell, and nobody was out on the streets."}
T
"$indexer" -q -d "$work/tag" --lang en_gb.UTF-8 "$work/tag.jsonl"
"$indexer" check -q -d "$work/tag"
tagged() { "$query" -d "$work/tag" "$@" || true; }
expect "tags: JSON" "cn zh-CN,none en-GB,own en,tw zh-Hant-TW,zh zh" \
    "$(tagged --json lang:zh OR lang:en | jq -r '.article | .id + " " + .lang' | sort | paste -sd,)"
expect "tags: TSV" "zh-Hant-TW" "$(tagged --tsv =颱風 | cut -f 6)"
expect "tags: an article" "language zh-Hant-TW" "$(tagged --show tw | grep ^language)"
expect "tags: found" "cn tw zh | tw | tw | cn | cn zh | none" "$(for q in zh zh-hant ZH_Hant_TW zh-cn 'zh -lang:zh-hant' en-GB; do
    echo $(tagged --ids "lang:$q" | sort); done | paste -sd'|' | sed 's/|/ | /g')"
expect "tags: two languages" '["en","zh"]' "$("$indexer" -d "$work/tag" status --json | jq -c .languages)"
expect "tags: recorded" "--lang=en-GB" "$(jq -r '.options[0]' "$work/tag/gen-000001/manifest.json")"
expect_code "tags: none of it" 1 "$query" -d "$work/tag" lang:zh-hant-hk
has "tags: none of it" "$work/err" "no article of language 'zh-Hant-HK', but of 'zh-Hant'"

# The quote in a Hebrew acronym is typed in two ways.
printf '{"id":"%s","lang":"he","title":"%s","body":"כוחות %s נעו צפונה."}\n' straight Straight 'צה\"ל' own Own 'צה״ל' \
    >"$work/he.jsonl"
"$indexer" -q -d "$work/he" "$work/he.jsonl"
expect "a Hebrew acronym" "own straight|own straight|own straight" "$(for q in 'צה"ל' 'צה״ל' '"כוחות צה"ל"'; do
    echo $("$query" -d "$work/he" --ids "$q" | sort); done | paste -sd'|')"

# What came through standard input has no file to name.
printf '{"title":"Rain","body":"Rain fell."}\n{"title":"Snow","body":"No rain."}\n' | "$indexer" -q -d "$work/stream" -
expect_code "a stream: vimgrep" 0 "$query" -d "$work/stream" --vimgrep rain
has "a stream: vimgrep" "$work/err" "note: 2 results from standard input left out"
expect "a stream: no line" "" "$(cat "$work/out")"
expect_code "a stream: files" 0 "$query" -d "$work/stream" -l rain
has "a stream: files" "$work/err" "note: 2 results from standard input left out"
finish
