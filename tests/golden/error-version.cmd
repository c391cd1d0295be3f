for one in index/gen-*/manifest.json index/segments/*/segment.json; do
    sed -i -E 's/analysis([ =:"]+)[0-9]+/analysis\1999/' "$one"
done
khabar-query -d index elbe
