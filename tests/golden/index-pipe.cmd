bash -c 'khabar-index --help | head -1 >/dev/null; echo "${PIPESTATUS[0]}"; khabar-index -d index generations | true; echo "${PIPESTATUS[0]}"'
