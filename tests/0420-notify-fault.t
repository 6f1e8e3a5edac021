#!/bin/sh
# Whatever the mail server does at whatever stage: each message is sent,
# failed, or stands where the next run takes it up, and none stays "sending".
. "${0%/*}/lib.sh"
. "$HC_ROOT/tests/notify.sh"

notify_office 2
hc-notify send -q daily <due.tsv >actual
notify_open
serve "$HC_ROOT/tests/smtp-fault.pl" @PORT@ "$PWD/table" "$PWD/log" || exit 1
good=$port

# one_case STAGE FAULT PORT: state, tries and exit status go to a file.
one_case()
{
	db=case.$1.$2.db
	cp hc.db "$db"
	cp hc.db.key "$db.key"
	status=0
	within 60 hc-notify run -d "$db" -c 1 -t 1 -s "smtp://127.0.0.1:$3" \
	    >"$db.out" 2>&1 || status=$?
	printf '%s %s\t%s exit %d\n' "$1" "$2" "$(sqlite3 -separator ' ' \
	    "$db" 'SELECT state, tries, next_at IS NOT NULL FROM message' |
	    tr '\n' ' ')" $status >"done.$1.$2"
}

# Stage and fault; state, tries and "has a next try" of both messages.
waits='waiting 1 1 waiting 1 1'
doubt='doubtful 1 1 doubtful 1 1'
failed='failed 1 0 failed 1 0'
for stage in greeting ehlo mail rcpt data end; do
	for fault in 421 451 550 hang close rst garbage; do
		case $stage.$fault in
		*.451|[!e]*.421|end.421) echo "$stage $fault	$waits  exit 0" ;;
		greeting.550|ehlo.550|ehlo.421)
			echo "$stage $fault	$waits  exit 69" ;;
		*.550) echo "$stage $fault	$failed  exit 1" ;;
		end.*) echo "$stage $fault	$doubt  exit 0" ;;
		*) echo "$stage $fault	$waits  exit 69" ;;
		esac
	done
done | sort >expected

tab=$(printf '\t')
running=
n=0
while IFS=$tab read -r stage fault at; do
	grep -q "^$stage $fault$tab" expected || continue
	one_case "$stage" "$fault" "$at" &
	running="$running $!"
	n=$((n + 1))
	if [ $((n % 8)) -eq 0 ]; then
		# shellcheck disable=SC2086
		wait $running
		running=
	fi
done <table
# shellcheck disable=SC2086
wait $running
sort done.* >actual
same "what becomes of a message in each of $n cases"

# Two minutes later the server is well again.
later=$(perl -e '@t = gmtime(time + 9 * 3600 + 120);
    printf "%04d-%02d-%02dT%02d:%02d", $t[5] + 1900, $t[4] + 1, @t[3, 2, 1]')
for db in case.*.db; do
	hc-notify run -d "$db" -s "smtp://127.0.0.1:$good" --today "$later" \
	    >>later 2>&1 || :
	sqlite3 "$db" "SELECT state FROM message WHERE state NOT IN ('sent',
	    'failed')"
done >actual
: >expected
same 'the next run sends them all'

# --- when to stop -----------------------------------------------------------

perl -e 'print "email\tname\n";
    print "q$_\@example.jp\t試験 $_\n" for 1 .. 60' |
    hc-edit -q --tsv person >made
perl -e 'print "person\tkind\n"; print "$_\tcontact\n" for 3 .. 62' |
    hc-edit -q --tsv episode >made
perl -e 'print "episode\tx\n"; print "$_\t\n" for 3 .. 62' >more.tsv
hc-notify send -q daily <more.tsv >actual
notify_open

# stop_case FAULT WORDS STATES: of 62 messages only these are tried.
stop_case()
{
	at=$(awk -v fault="$1" '$1 == "rcpt" && $2 == fault { print $3 }' \
	    table)
	cp hc.db stop.db
	cp hc.db.key stop.db.key
	exits 69 hc-notify run -d stop.db -c 1 -t 5 \
	    -s "smtp://127.0.0.1:$at"
	says "$2"
	is "and leaves the others alone" "$(sqlite3 -separator ' ' stop.db \
	    'SELECT state, tries, count(*) FROM message GROUP BY 1, 2' |
	    tr '\n' ' ')" "$3"
}
stop_case 550 'stopped: the mail server refuses too many messages (6 of 6)' \
    'failed 1 6 waiting 0 56 '
stop_case 451 'stopped: the mail server put off 21 messages in a row' \
    'waiting 0 41 waiting 1 21 '
stop_case close 'stopped: the mail server does not serve us' \
    'waiting 0 60 waiting 1 2 '
free=$(free_port)
cp hc.db stop.db
exits 69 hc-notify run -d stop.db -s "smtp://127.0.0.1:$free"
says 'stopped: the mail server does not serve us'

# --- how fast, and how to end it ---------------------------------------------

cp hc.db stop.db
began=$(perl -MTime::HiRes=time -e 'print time')
exits 0 hc-notify run -d stop.db -s "smtp://127.0.0.1:$good" -l 6 -r 120
took=$(perl -MTime::HiRes=time -e 'printf "%.2f", time - $ARGV[0]' "$began")
ok "6 at 120 a minute take two and a half seconds ($took)" \
    perl -e 'exit !($ARGV[0] > 2.4 && $ARGV[0] < 6)' "$took"

hc-notify run -d stop.db -s "smtp://127.0.0.1:$good" -r 120 >out 2>&1 &
run=$!
sleep 1
kill -TERM $run
status=0
wait $run || status=$?
is 'SIGTERM ends it in order' $status 0
ok 'and says what is left' grep -q 'left for later' out
is 'nothing is in doubt' "$(sqlite3 stop.db "SELECT count(*) FROM message
    WHERE state NOT IN ('sent', 'waiting')")" 0
done_testing
