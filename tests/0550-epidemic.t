#!/bin/sh
# A simulated epidemic: each day every list must hold just those that a model
# in SQL, written apart, says; nobody open is without a list or a reason.
# With HC_SOAK 5,000 persons over 60 days.
. "${0%/*}/lib.sh"
need sqlite3 perl

persons=$(soak 150 5000)
days=$(soak 20 60)
hc-init -q --office 112038 --name 見本市保健所 || exit 1
"$HC_ROOT/tests/epidemic.pl" "$persons" "$days" "$HC_SEED" || exit 1
sqlite3 model.db <"$HC_ROOT/tests/epidemic.sql" || exit 1
note "$persons persons, $days days, seed $HC_SEED"

lists='unwell red_flag silent silent_sick worse due_again mail_failed to_test
    first_call to_investigate to_place to_move release_due to_close doubtful
    answered reached expected later none'

# enter DAY ENTITY [FILE]: what the office enters.
enter()
{
	[ ! -f "$1/${3:-$2}.tsv" ] ||
	    hc-edit -q --tsv "$2" <"$1/${3:-$2}.tsv" >made ||
	    fail "day $1: ${3:-$2}.tsv"
}

# asked DAY: today's mails, as hc-followup due and as the model has it; one
# of seventeen fails, one of nineteen comes back, a few go out late.
asked()
{
	hc-followup due --today "${day}T08:00" >due
	awk -F'\t' 'NR > 1 { print $1 % 1000000000 "\t" $9 }' due |
	    sort >"due.hc"
	sqlite3 -separator '	' model.db "SELECT e, CASE WHEN NOT email
	    THEN 'no_email' WHEN NOT ok THEN 'mail_off' WHEN unmailed
	    THEN 'mail_failed' ELSE '' END FROM state WHERE observed" |
	    sort >"due.model"
	cmp -s due.hc due.model || wrong="$wrong due"
	awk -F'\t' -v day="$day" -v n="$1" 'BEGIN { OFS = FS
		print "purpose", "person", "episode", "day", "slot",
		    "address", "state", "sent_at", "bounced_at" }
	    NR > 1 && $9 != "no_email" && $9 != "mail_off" {
		e = $1 % 1000000000
		late = (e * 7 + n * 13) % 23 == 0 ? 90 : (e + n) % 10
		failed = (e + n) % 17 == 0
		back = (e + n) % 19 == 0
		at = sprintf("%sT%02d:%02d", day, 8 + late / 60, late % 60)
		state = failed ? "failed" : "sent"
		sent = failed ? "" : at
		print "daily", $2, $1, day, 1, $6, state, sent,
		    (back && !failed ? at : "")
		print e, day, (failed ? 0 : late), (failed || back) >"ml"
	    }' due \
	    >message.tsv
	hc-edit -q --tsv message <message.tsv >made || fail "day $1: mails"
	sqlite3 -separator '	' model.db '.import ml ml'
}

# compare: each list of today beside the model's.
compare()
{
	for list in $lists; do
		hc-followup list "$list" | awk -F'\t' 'NR > 1 {
		    print $1 % 1000000000 }' | sort -n >list.hc
		sqlite3 model.db "SELECT e FROM stands
		    WHERE list = '$list' ORDER BY e" >list.model
		if ! cmp -s list.hc list.model; then
			wrong="$wrong $list"
			diff list.hc list.model | sed "s/^/# $day $list: /" |
			    head -n 5
		fi
		wc -l <list.model >>"size.$list"
	done
	hc-followup lists | awk -F'\t' -v lists="$lists" 'BEGIN {
	    n = split(lists, name, /[ \n]+/); for (i = 1; i <= n; i++)
	    want[name[i]] = 1 } $1 in want { print $1, $2 }' | sort >counts.hc
	for list in $lists; do
		echo "$list $(sqlite3 model.db "SELECT count(*) FROM stands
		    WHERE list = '$list'")"
	done | sort >counts.model
	cmp -s counts.hc counts.model || wrong="$wrong lists"
}

n=0
while [ "$n" -lt "$days" ]; do
	dir=$(printf %02d $n)
	day=$(date -u -d "2020-09-01 + $n days" +%F)
	HC_TODAY=${day}T13:00
	export HC_TODAY
	wrong=
	for entity in person episode stay 'test' activity; do
		enter "$dir" $entity
	done
	enter "$dir" episode change
	enter "$dir" episode improved
	sqlite3 model.db "DELETE FROM now;
	    INSERT INTO now VALUES ('$day', '$(date -u -d \
	    "$day - 1 day" +%F)T23:00:00Z')"
	asked $n
	enter "$dir" observation
	enter "$dir" call
	sqlite3 model.db "UPDATE now SET at = '${day}T04:00:00Z'"
	sqlite3 model.db <"$HC_ROOT/tests/epidemic-day.sql"
	compare
	is "day $n: every list is the model's" "$wrong" ''
	# Every other day those whose time is over are let go.
	if [ $((n % 2)) -eq 1 ]; then
		hc-followup list to_close | hc-followup close -q >made
		sqlite3 model.db "INSERT INTO closed SELECT e, '$day'
		    FROM stands WHERE list = 'to_close'"
	fi
	n=$((n + 1))
done

# A list that nobody ever stood on would prove nothing.
for list in $lists; do
	case $list in
	none) is "nobody ever on $list" \
	    "$(sort -nr "size.$list" | head -n 1)" 0 ;;
	*) ok "somebody on $list" awk '{ n += $1 } END { exit !n }' \
	    "size.$list" ;;
	esac
done
done_testing
