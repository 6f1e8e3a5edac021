#!/bin/sh
# 30 writers at once: nobody is refused, and no increment is lost.
. "${0%/*}/lib.sh"
need sqlite3

hc-init -q --office 112038
add facility name=試験 capacity=0 >/dev/null
i=0
while [ $i -lt 30 ]; do
	hc-record count "$(soak 20 600)" facility 1 capacity \
	    >"out.$i" 2>"err.$i" || echo "$i" >>failed &
	i=$((i + 1))
done
wait
ok 'nobody failed' test ! -e failed
cat err.* | grep -v 'waiting for another writer' >err
quiet 'and nobody was told of a lock'
sum=$(cat out.* | awk '{ n += $1 } END { print n }')
note "$sum commits, longest wait $(sort -k 2,2n out.* | tail -n 1 |
    cut -f 2) ms"
is 'what was acknowledged is there' \
    "$(sqlite3 hc.db 'SELECT capacity FROM facility')" "$sum"
exits 0 hc-check
quiet 'and the log agrees'
done_testing
