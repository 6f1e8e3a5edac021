#!/bin/sh
# hc-notify through a real Postfix: in the clear, by STARTTLS, with refused
# and put off recipients.
. "${0%/*}/lib.sh"
. "$HC_ROOT/tests/smtp.sh"
need_postfix
. "$HC_ROOT/tests/notify.sh"

notify_office 40
notify_add person 'name|email' '試験|unknown@example.jp'
notify_add person 'name|email' '試験|later@example.jp'
notify_add person 'name|email' '試験|a..b.@docomo.ne.jp'
notify_add person 'name|email' '試験|-a@docomo.ne.jp'
for i in 41 42 43 44; do
	notify_add episode 'person|kind' "$((112038000000000 + i))|case"
	printf '%d\t\n' $i >>due.tsv
done
postfix_start || exit 1

hc-notify send -q daily <due.tsv >actual
notify_open
exits 1 hc-notify run --smtp "smtp://$relay"
says '42 messages sent, 1 failed, 0 in doubt, 1 put off, 0 cancelled, 1 left'
ok 'all that were taken arrive' wait_for 20 mail_arrived 42
is 'and no others' "$(mail_count)" 42
ok 'old carrier addresses too' [ "$(mail_find '"a..b."@docomo.ne.jp')" ]
ok 'and those that begin with a hyphen' [ "$(mail_find -a@docomo.ne.jp)" ]

exits 0 hc-notify status --failed
sed 1d actual | cut -f2,6,7,8,10 | tr '\t' ' ' | cut -c1-60 >got
cat >expected <<'END'
daily later@example.jp waiting 1 450 4.2.0 <later@example.jp
daily unknown@example.jp failed 1 554 5.7.1 <unknown@example
END
sort got >actual
same 'what was refused and put off, with the words of the server'

exits 0 hc-notify run --smtp "smtp://$relay"
says '0 messages sent, 0 failed, 0 in doubt, 0 put off, 0 cancelled, 1 left'

# An hour later: it is tried again, and put off again.
sleep 1
later=$(perl -e '@t = gmtime(time + 9 * 3600 + 120);
    printf "%04d-%02d-%02dT%02d:%02d", $t[5] + 1900, $t[4] + 1, @t[3, 2, 1]')
exits 0 hc-notify run --today "$later" --smtp "smtp://$relay"
says '1 put off'
is 'with a longer pause' "$(sqlite3 hc.db "SELECT tries FROM message
    WHERE address = 'later@example.jp'")" 2

# STARTTLS from hc.conf: nobody is believed without a certificate.
printf '[mail]\nfrom = hc@example.jp\n[smtp]\nurl = smtp://%s?starttls\n' \
    "$relay" >hc.conf
printf 'episode\tx\n1\t\n' | hc-notify send -q end >actual
exits 69 hc-notify run
says 'stopped: the mail server does not serve us'
is 'the message waits' "$(sqlite3 hc.db "SELECT state FROM message
    WHERE purpose = 'end'")" waiting
done_testing
