bash -c 'khabar-query -d index --show "wire 1" | true; echo "${PIPESTATUS[0]}"
yes elbe | head -2000 | khabar-query -d index --json --batch - | head -1 >/dev/null; echo "${PIPESTATUS[2]}"'
