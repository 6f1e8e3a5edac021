#!/bin/sh
# When mails may go out, and how fast to one domain.
. "${0%/*}/lib.sh"
need curl
. "$HC_ROOT/tests/notify.sh"

notify_office 4
hc-edit -q person 4 email=p4@other.example.jp >made
export HC_TODAY=2020-12-25T06:59
hc-notify send -q 'end' <due.tsv >made

# ---- The time of day ----
hc-define -q setting set mail_window 07:00-21:00 >made
exits 0 hc-notify run -m out
says 'it is not the time to send'
says '0 messages sent'
says '4 left for later'
exits 0 hc-notify run -m out -l 1 --today 2020-12-25T21:00
says '0 messages sent'
exits 0 hc-notify run -m out -l 1 --today 2020-12-25T07:00
says '1 messages sent'
hc-define -q setting set mail_window 22:00-05:00 >made
exits 0 hc-notify run -m out -l 1 --today 2020-12-25T12:00
says '0 messages sent'
exits 0 hc-notify run -m out -l 1 --today 2020-12-25T23:30
says '1 messages sent'
exits 0 hc-notify run -m out -l 1 --today 2020-12-26T04:59
says '1 messages sent'
hc-define -q setting set mail_window nights >made
exits 78 hc-notify run -m out
says "setting 'mail_window': 'nights'"
hc-define -q setting set mail_window '' >made
exits 0 hc-notify run -q -m out
is 'empty: always' "$(notify_states)" 'sent 4'

# ---- One a second to a domain; the other goes meanwhile ----
rm -rf out
HC_TODAY=2020-12-25T08:00
hc-notify send -q result <due.tsv >made
begin=$(date +%s%3N)
exits 0 hc-notify run -m out -c 4 --domain-rate 60
took=$(($(date +%s%3N) - begin))
is 'all are sent' "$(notify_states)" 'sent 8'
ok "three to one domain take two seconds ($took ms)" [ "$took" -ge 2000 ]
# shellcheck disable=SC2012 # names of a Maildir begin with the time
ls out/new | head -n 2 | while read -r name; do
	sed -n 's/^Delivered-To: //p' "out/new/$name"
done | sort >actual
printf '%s\n' p1@example.jp p4@other.example.jp >expected
same 'the other domain does not wait'

# ---- The end is told to those whom a list let go ----
HC_TODAY=2020-12-28T18:00
hc-followup close 1 2 reason=other >closed.tsv
hc-notify send end <closed.tsv 2>err >actual
says '2 messages queued'
hc-notify run -q -m out
is 'closed episodes are told that the mails end' "$(notify_states)" 'sent 10'
done_testing
