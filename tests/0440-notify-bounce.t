#!/bin/sh
# Mails that come back: who gets them is rung up.
. "${0%/*}/lib.sh"
need curl
. "$HC_ROOT/tests/notify.sh"

notify_office 6
export HC_TODAY=2020-12-25T08:00
hc-notify send -q daily <due.tsv >made
notify_open
hc-notify run -q -m out >made
is 'six mails went out' "$(notify_states)" 'sent 6'

mkdir -p back/tmp back/new back/cur
# came NAME MESSAGE < BODY: a mail in the bounce address's Maildir.
came()
{
	{
		printf 'Return-Path: <>\nDelivered-To: hc+%s@example.jp\n' \
		    "$2"
		cat
	} >"back/new/$1"
}

# An RFC 3464 report, a carrier's text, one that is still tried, an absence
# note, a person, a bounce of nobody, and one of a message never sent.
came 1.report 1 <<'END'
From: MAILER-DAEMON@mx.example.jp
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp

Final-Recipient: rfc822; p1@example.jp
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <p1@example.jp>: User unknown

--b--
END
came 2.carrier 2 <<'END'
From: Mail Administrator <Postmaster@docomo.ne.jp>
Subject: Mail System Error - Returned Mail

次のあて先へのメッセージはエラーのため送信できませんでした。
<p2@example.jp>:
550 Unknown user p2@example.jp
END
came 3.delayed 3 <<'END'
From: MAILER-DAEMON@mx.example.jp
Content-Type: multipart/report; report-type=delivery-status

Action: delayed
Status: 4.4.1
END
came 4.absence 4 <<'END'
From: p4@example.jp
Auto-Submitted: auto-replied

on holiday
END
printf 'From: p5@example.jp\nTo: hc+5@example.jp\n\nI am ill.\n' \
    >back/new/5.person
came 6.nobody 999 </dev/null
came 7.other x </dev/null
ln -s /etc/passwd back/new/8.link
mkfifo back/new/9.pipe
HC_TODAY=2020-12-24 hc-notify send -q daily <due.tsv >made
came 9.waiting 7 </dev/null

exits 0 hc-notify bounces -n back
says '2 came back, 0 were noted before, 1 are still tried, 5 are something else'
is 'a dry run moves nothing' "$(find back/cur -type f | wc -l)" 0
exits 0 hc-notify bounces back
cut -f 2,4,6 actual >got
{
	printf 'episode\taddress\treason\n'
	printf '112038000000001\tp1@example.jp\t%s\n' \
	    '550 5.1.1 <p1@example.jp>: User unknown'
	printf '112038000000002\tp2@example.jp\t%s\n' \
	    '550 Unknown user p2@example.jp'
} >expected
same 'who was not reached, and why' expected got
find back/cur -type f | sort >actual
printf 'back/cur/%s:2,S\n' 1.report 2.carrier 3.delayed >expected
same 'what was read is moved'
is 'the others are left for people' "$(find back/new ! -type d | wc -l)" 7
hc-followup list mail_failed | awk -F'\t' 'NR > 1 {
    print $1 - 112038000000000, $NF }' >actual
printf '%s\n' '1 unreachable;failed' '2 unreachable;failed' >expected
same 'and they stand on the list of those to ring up'
hc-report dashboard >board
ok 'the dashboard counts them' grep -q 'bounced.*2$' board

mv back/cur/1.report:2,S back/new/1.report
exits 0 hc-notify bounces back
says '0 came back, 1 were noted before'
exits 66 hc-notify bounces nowhere
says "cannot read 'nowhere/new'"
exits 64 hc-notify bounces

# The address as hc.conf or the setting says.
printf '[mail]\nfrom = hc@example.jp\nbounce = back@example.jp\n' >hc.conf
printf 'Return-Path: <>\nTo: back+3@example.jp\n\nno\n' >back/new/a
hc-notify bounces back >actual 2>err
says '1 came back'
printf '[mail]\nfrom = hc@example.jp\n' >hc.conf
hc-define -q setting set mail_bounce zurueck@example.jp >made
printf 'Return-Path: <>\nTo: zurueck+4@example.jp\n\nno\n' >back/new/b
hc-notify bounces back >actual 2>err
says '1 came back'
done_testing
