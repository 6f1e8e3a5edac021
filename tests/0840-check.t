#!/bin/sh
# hc-check on a sound database, its backups while others write, the ballast.
. "${0%/*}/lib.sh"

hc-init -q --office 112038
add facility name=試験 capacity=0 >/dev/null
exits 0 hc-check
quiet
exits 0 hc-check --backup b.db
says "'b.db' is a sound copy"
hc-check -d b.db --content-hash >expected
hc-check --content-hash >actual
same 'the copy says the same'
sha256sum b.db >expected
exits 78 hc-check --backup b.db
says 'exists already'
sha256sum b.db >actual
same 'a file that is there is not written over'
exits 66 hc-check -d none.db
exits 74 hc-check --backup none/b.db

hc-record count 4 facility 1 capacity >counted 2>count.err &
for i in 1 2 3 4 5; do
	ok "backup $i while others write" hc-check -q --backup "w$i.db"
done
wait
is 'who wrote meanwhile was not disturbed' "$(cat count.err)" ''
exits 0 hc-check

exits 0 hc-check --ballast 64K
is 'the ballast is there' "$(wc -c <hc.db.ballast)" 65536
exits 78 hc-check --ballast 64K
exits 64 hc-check --ballast many
exits 0 hc-check --release-ballast
ok 'and gone' test ! -e hc.db.ballast
exits 1 hc-check --release-ballast
done_testing
