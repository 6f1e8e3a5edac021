#!/bin/sh
# hc-import killed at any moment: all rows are in or none, and the next try
# completes.  A run undone leaves what was there before.
. "${0%/*}/lib.sh"
need sqlite3

# Not -readonly: the journal of a killed writer is to be rolled back.
query()
{
	sqlite3 hc.db "$1"
}

# office: a new one, as fast as a copy.
hc-init -q -d empty.db --office 112038 --name みどり市保健所
office()
{
	rm -f hc.db hc.db-journal hc.db.lock
	cp empty.db hc.db
	cp empty.db.key hc.db.key
}

# rows PREFIX FROM TO AGE: lines of a list.
rows()
{
	awk -v p="$1" -v from="$2" -v to="$3" -v age="$4" 'BEGIN {
		for (i = from; i <= to; i++)
			printf "%s%d,%s %s%d,%d代,048-000-%04d,memo %d\n",
			    p, i, "見本", p, i, age, i % 10000, i
	}'
}

{
	echo 番号,氏名,年代,電話番号,知らない欄
	rows A 1 500 40
} >first.csv
{
	echo 番号,氏名,年代,電話番号,知らない欄
	rows A 1 200 50
	rows A 201 500 40
	rows B 1 100 20
} >second.csv

# state: episodes, changed ones, distinct numbers, phones, runs of imports.
state()
{
	query "SELECT count(*), count(*) FILTER (WHERE age_band = '50s'),
	    count(DISTINCT number), (SELECT count(*) FROM phone),
	    (SELECT count(*) FROM source_row),
	    (SELECT count(*) FROM source_key WHERE entity = 'episode'),
	    (SELECT count(*) FROM person) FROM episode"
}
none='0|0|0|0|0|0|0'
one='500|0|500|500|500|500|500'
two='600|200|600|600|600|600|600'

office
empty=$(hc-check --content-hash)
hc-import -q cases first.csv >/dev/null
is 'the first list' "$(state)" "$one"
first=$(hc-check --content-hash)
cp hc.db one.db
begin=$(date +%s%N)
hc-import -q cases second.csv >/dev/null
span=$((($(date +%s%N) - begin) / 1000))
is 'the second list' "$(state)" "$two"
second=$(hc-check --content-hash)

tries=$(soak 50 1000)
i=0
bad=0
killed=0
while [ $i -lt "$tries" ]; do
	i=$((i + 1))
	# By turns the first list into nothing and the second upon it.
	office
	before=$none
	after=$one
	list=first.csv
	if [ $((i % 2)) -eq 0 ]; then
		cp one.db hc.db
		before=$one
		after=$two
		list=second.csv
	fi
	hc-import -q cases $list >/dev/null 2>&1 &
	pid=$!
	sleep "$(awk -v s="$i$$" -v span="$span" 'BEGIN { srand(s)
		printf "%.6f", rand() * span / 900000 }')"
	kill -9 $pid 2>/dev/null
	status=0
	wait $pid 2>/dev/null || status=$?
	[ $status -ne 137 ] || killed=$((killed + 1))
	got=$(state)
	case $got in
	"$before")
		# Whoever was told that it is in must find it.
		[ $status -ne 0 ] || bad=$((bad + 1)) ;;
	"$after") ;;
	*)	bad=$((bad + 1))
		note "after a kill: $got" ;;
	esac
	hc-import -q cases $list >/dev/null || bad=$((bad + 1))
	if [ "$(state)" != "$after" ]; then
		bad=$((bad + 1))
		note "after the next try: $(state)"
	fi
	if [ $((i % 10)) -eq 0 ]; then
		[ "$(query 'PRAGMA integrity_check')" = ok ] ||
		    bad=$((bad + 1))
		[ "$(hc-check --content-hash)" = "$second" ] || bad=$((bad + 1))
	fi
done
is "$tries imports, $killed of them killed: none in part, none doubled" \
    $bad 0
ok 'enough of them died at work' test $killed -ge $((tries / 2))

# Undone from the last to the first.
if command -v hc-log >/dev/null; then
	cp one.db hc.db
	hc-import -q cases second.csv >/dev/null
	run=$(query "SELECT max(id) % 1000000000 FROM run")
	exits 0 hc-log -q undo "$run"
	is 'the second list undone, its changes too' "$(hc-check --content-hash)" \
	    "$first"
	is 'and counted' "$(state)" "$one"
	brought=$(hc-import cases second.csv | tail -n +2 | cut -f 4-8 |
	    tr '\t' ' ')
	is 'it can be imported again' "$brought" '600 100 200 300 0'
	cp one.db hc.db
	run=$(query "SELECT max(id) % 1000000000 FROM run")
	exits 0 hc-log -q undo "$run"
	is 'the first list undone' "$(hc-check --content-hash)" "$empty"
	exits 0 hc-log verify
else
	skip 'undo' 'hc-log is not there'
fi
done_testing
