# A prefix without a letter or digit is no wish for all tags.
printf '{"id":"p","title":"Harvest","body":"They danced.","tags":["🎉 party","party lists","«Zarya»"]}\n' >p.jsonl
khabar-index -q -d signs p.jsonl
for prefix in 🎉 '«' '!!!' '-'; do
    echo "$prefix"
    khabar-query -d signs "--tags=$prefix" -0 | tr '\0' '\n'
    khabar-query -d signs "--tags=$prefix" -0 danced | tr '\0' '\n'
done
khabar-query -d signs '--tags=!!!'; echo $?
khabar-query -d signs --tags= -0 | tr '\0' '\n'
