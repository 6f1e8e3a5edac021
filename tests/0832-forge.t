#!/bin/sh
# Any tampering with the change log is found by hc-log verify: by itself, or,
# where the whole chain was forged or cut, with a head that was noted.
. "${0%/*}/lib.sh"
need python3 sqlite3

hc-init -q --office 112038
for i in 1 2 3 4 5 6 7 8; do
	hc-edit -q person "name=試験 $i" "phone=048-000-100$i"
	hc-edit -q person $i "note=$i" "occupation=職$i"
done >/dev/null
hc-edit -q --merge person 1 2 >/dev/null
hc-edit -q --delete person 8 >/dev/null
hc-log undo -q 5 >/dev/null
exits 0 hc-log verify
head=$(hc-log verify)
exits 0 hc-log verify --head "$head"

n=$(soak 90 1000)
missed=0
blind=0
for seed in $(seq 0 $((n - 1))); do
	python3 "$HC_ROOT/tests/forge.py" hc.db forged.db "$seed" >way 2>&1 || {
		missed=$((missed + 1))
		note_file way
		continue
	}
	status=0
	hc-log verify -q -d forged.db --head "$head" >out 2>err || status=$?
	if [ $status -ne 65 ]; then
		missed=$((missed + 1))
		note "seed $seed, status $status: $(cat way)"
	fi
	# Without the head all but the last two ways must be found as well.
	grep -q -e '^forge_chain' -e '^cut_tail' way && continue
	status=0
	hc-log verify -q -d forged.db >out 2>err || status=$?
	if [ $status -ne 65 ]; then
		blind=$((blind + 1))
		note "seed $seed, without a head, status $status: $(cat way)"
	fi
done
is "all of $n forgeries are found" $missed 0
is 'and but for a forged chain or a cut tail without a head too' $blind 0
python3 "$HC_ROOT/tests/forge.py" hc.db forged.db 5 >way
exits 65 hc-log verify -d forged.db
says "run $(sqlite3 forged.db "SELECT run % 1000000000 FROM change
    WHERE id % 1000000000 = $(cut -d ' ' -f 2 way)")"
exits 65 hc-log verify -d forged.db --head "$head"
done_testing
