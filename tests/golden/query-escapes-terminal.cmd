# The same on a terminal, where ids and texts are looked at, too.
esc=$(printf '\033')
for what in stars '--ids stars' '--show wire-3' '--show wire-3 --text' '--json stars' '--tags'; do
    script -qec "khabar-query -d index --color never $what" /dev/null | grep -c "$esc\[31m\|$esc\]0\|$esc\[2J"
done
exit 0
