#!/bin/sh
# scorer.sh - marks worked out by hand. usage: scorer.sh SCORE
set -eu
score=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# expect NAME WANTED GOT
expect() {
    [ "$2" = "$3" ] || {
        printf 'FAILED: %s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    }
}

# q1: d3 d1 d4 d2 by score, one listed twice. Relevant are d1 (2) and d2 (1).
#   precision (1/2 + 2/4) / 2 = .5;  gain 2/log2(3) + 1/log2(5) = 1.6925 of
#   2/log2(2) + 1/log2(3) = 2.6309 = .6433;  first at 2
# q2 has no results: 0.  q3 has nothing relevant: no part of the means.
cat >"$work/qrels" <<'E2'
q2 0 d5 1
q1 0 d1 2
q1 0 d3 0
q1 0 d2 1
q3 0 d1 0
E2
cat >"$work/run" <<'E2'
q1 Q0 d2 4 1.5 t
q1 Q0 d1 2 8 t
q1 Q0 d3 1 9.25 t
q1 Q0 d4 3 2 t
q1 Q0 d1 5 1 t
q3 Q0 d1 1 5 t
q9 Q0 d1 1 5 t
E2
expect "a run" "queries=2 MAP=0.2500 nDCG@10=0.3217 MRR@10=0.2500 R@10=0.5000 R@100=0.5000" \
    "$("$score" run "$work/qrels" "$work/run")"

# q4: its only relevant document at 12: 1/12, and in R@100 alone.
echo 'q4 0 d12 1' >"$work/qrels"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    echo "q4 Q0 d$i $i 1 t"
done >"$work/run"
expect "equal scores go by rank" \
    "queries=1 MAP=0.0833 nDCG@10=0.0000 MRR@10=0.0000 R@10=0.0000 R@100=1.0000" \
    "$("$score" run "$work/qrels" "$work/run")"
: >"$work/empty"
expect "an empty run" \
    "queries=1 MAP=0.0000 nDCG@10=0.0000 MRR@10=0.0000 R@10=0.0000 R@100=0.0000" \
    "$("$score" run "$work/qrels" "$work/empty")"

# result ID RANK ARTICLE TEXT
result() {
    printf '{"query_id":"%s","rank":%s,"article":{"id":"%s"},"passage":{"text":"%s"}}\n' "$@"
}
# a: 3 is not in 308, and the right words of another article are wrong; right at 3.
# b: case, white space and sharp s do not count; right at 1.  c: Chinese; right at 2.
# d: no results.  Passages are of 3, 1, 3, 3, 1 and 1 words.
cat >"$work/answers" <<'E2'
{"qid":"a","article":"a1","answers":["3","three"]}
{"qid":"b","article":"a2","answers":["Große  Straße"]}
{"qid":"c","article":"a3","answers":["北京"]}
{"qid":"d","article":"a3","answers":["x"]}
E2
{
    result a 1 a1 '308 were given'
    result a 2 a2 'three'
    result a 3 a1 'it was 3.'
    result b 1 a2 'Die GROSSE\nSTRASSE'
    result c 1 a3 '东京'
    result c 2 a3 '在北京市'
    result z 1 a3 'nobody asked for this'
} >"$work/results"
expect "answers" "questions=4 hit@1=0.2500 hit@3=0.7500 hit@10=0.7500 MRR@10=0.4583 words=2 longest=3" \
    "$("$score" answers "$work/answers" "$work/results")"

code=0
"$score" run "$work/none" "$work/run" 2>/dev/null || code=$?
expect "no such file" 2 "$code"
[ "$failures" = 0 ]
