bash -c 'khabar-query -d index --ids lang:en | head -1 >/dev/null; echo "${PIPESTATUS[0]}"'
