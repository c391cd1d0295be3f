# A build that is stopped while it reads: the live generation stays, no debris.
mkfifo slow
khabar-index -q -d index --max-drop 100 --format jsonl - <slow &
builder=$!
exec 9>slow
cat archive/wire.jsonl >&9
n=0; while [ ! -e index/tmp ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
ls index/tmp >/dev/null && echo "it builds"
kill -TERM $builder
code=0
{ wait $builder || code=$?; } 2>/dev/null
echo "exit $code"
exec 9>&-
ls index index/segments | grep -v -- - 
cat index/current
khabar-query -d index -c elbe
