#!/bin/sh
# hc-notify run may be killed at any moment: no message is lost, and none is
# in doubt but those in flight, one for each connection.
. "${0%/*}/lib.sh"
. "$HC_ROOT/tests/notify.sh"

kills=$(soak 50 1000)
notify_office $((kills * 40))
hc-notify send -q daily <due.tsv >actual
notify_open
serve "$HC_ROOT/tests/smtp-record.pl" @PORT@ "$PWD/log" 3 || exit 1

# random LOW HIGH: a part of a second.
random()
{
	perl -e 'printf "%.4f\n", ($ARGV[0] + rand($ARGV[1] - $ARGV[0])) /
	    1000' "$1" "$2"
}

# doubts: how often a message was marked doubtful so far.
doubts()
{
	sqlite3 hc.db "SELECT count(*) FROM change WHERE entity = 'message'
	    AND operation = 'update' AND fields LIKE '%\"doubtful\"]%'"
}

# kill_some N CONNECTIONS: at most CONNECTIONS are in doubt after each kill.
killed=0
worst=0
kill_some()
{
	n=0
	while [ $n -lt "$1" ]; do
		hc-notify run -q -s smtp://127.0.0.1:$port -c "$2" \
		    >>out 2>&1 &
		run=$!
		sleep "$(random 10 90)"
		if kill -9 $run 2>/dev/null; then
			killed=$((killed + 1))
		fi
		wait $run 2>/dev/null
		flight=$(sqlite3 -cmd '.timeout 5000' hc.db "SELECT count(*)
		    FROM message WHERE state = 'sending'")
		[ "$flight" -le "$worst" ] || worst=$flight
		n=$((n + 1))
	done
}

kill_some $((kills / 2)) 1
is 'one connection: one message in flight at most' \
    "$([ "$worst" -le 1 ] && echo yes || echo "$worst")" yes
ok 'and no more doubts than kills' [ "$(doubts)" -le $killed ]
kill_some $((kills / 2)) 4
is 'four connections: four at most' \
    "$([ "$worst" -le 4 ] && echo yes || echo "$worst")" yes
ok "most were killed at work ($killed of $kills)" \
    [ $killed -ge $((kills / 2)) ]
ok 'and there was still something to do' [ "$(sqlite3 hc.db "SELECT count(*)
    FROM message WHERE state = 'waiting'")" -gt 0 ]

# Two at once, as two crons would: one goes home.
hc-notify run -s smtp://127.0.0.1:$port -c 8 >one 2>&1 &
first=$!
hc-notify run -s smtp://127.0.0.1:$port -c 8 >two 2>&1
second_status=$?
wait $first
first_status=$?
is 'of two at once one delivers' \
    "$(printf '%s\n' $first_status $second_status | sort -n | tr '\n' ' ')" \
    '0 75 '
exits 0 hc-notify run -s "smtp://127.0.0.1:$port"
says '0 messages sent'

is 'all are sent, nothing is left' "$(notify_states)" "sent $((kills * 40))"
cut -f1 log | sort >arrived
sort -u arrived >unique
sqlite3 hc.db 'SELECT message_id FROM message' | sort >all
same 'every message arrived' all unique
uniq -d arrived >twice
copies=$(($(wc -l <arrived) - kills * 40))
sqlite3 hc.db "SELECT m.message_id FROM message m JOIN change c
    ON c.entity = 'message' AND c.record = m.id
    WHERE c.fields LIKE '%\"doubtful\"]%'" | sort -u >marked
comm -23 twice marked >actual
: >expected
same "each that came twice ($copies copies) is marked"
ok 'no more copies than doubts' [ $copies -le "$(doubts)" ]
note "$killed kills, $(doubts) in doubt, $copies copies"
is 'the same link each time' "$(sqlite3 hc.db 'SELECT count(*) FROM
    invitation')" $((kills * 40))
done_testing
