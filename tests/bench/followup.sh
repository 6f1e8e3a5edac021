#!/bin/sh
# How fast the morning's work lists are, with 1,200 and 20,000 people under
# observation, beside the sqlite3 shell with a plain query of who is open, how
# they are today and how they are reached.
. "${0%/*}/../bench.sh"

HC_TODAY=2020-12-28T11:00
export HC_TODAY

# SQL by itself: no rules, no red flags, no worst value of a round.
plain="SELECT e.id, e.number, p.name, p.birth_date, e.kind, o.temperature,
    o.spo2, (SELECT group_concat(number) FROM phone WHERE person = p.id)
    FROM episode e JOIN person p ON p.id = e.person
    LEFT JOIN observation o ON o.episode = e.id AND o.day = '2020-12-28'
    WHERE e.status = 'open' AND e.office = 112038
    ORDER BY o.temperature DESC, e.id"
for open in 1200 "${1:-20000}"; do
	bench-office -o "$open" "$open.db" $((open * 2))
	if command -v sqlite3 >/dev/null; then
		set -- sqlite3 "$open.db" "$plain"
	else
		echo 'no sqlite3 to compare with'
		set -- bench-empty
	fi
	bench-time 7 -- "$@" -- hc-followup due -d "$open.db" \
	    -- hc-followup list unwell -d "$open.db" \
	    -- hc-followup list silent -d "$open.db" \
	    -- hc-followup lists -d "$open.db" \
	    -- hc-report dashboard -d "$open.db"
done
