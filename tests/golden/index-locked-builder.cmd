# A second builder is told who the first one is; the first goes on and publishes.
mkfifo slow
khabar-index -q -d index --max-drop 100 --format jsonl - <slow &
builder=$!
exec 9>slow
n=0; while [ ! -e index/tmp ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
khabar-index -d index --rebuild archive
echo "second: exit $?"
khabar-query -d index -c elbe
echo '{"id":"late","title":"Late","body":"The Elbe is high."}' >&9
exec 9>&-
code=0
wait $builder || code=$?
echo "first: exit $code"
khabar-query -d index --ids elbe
