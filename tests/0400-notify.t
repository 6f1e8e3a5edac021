#!/bin/sh
# hc-notify: who is written to, what stands in the mails, and that nothing is
# sent twice.
. "${0%/*}/lib.sh"
need curl flock
. "$HC_ROOT/tests/notify.sh"

notify_office 2
notify_add person 'name|email|language' '試験 3||'
notify_add person 'name|email|mail_ok' '試験 4|p4@example.jp|0'
notify_add person 'name|email' '試験 5|p5@example.jp'
notify_add person 'name|email' '試験 6|a..b.@docomo.ne.jp'
notify_add person 'name|email|language' 'Thử 7|p7@example.jp|vi'
for i in 8 9 10 11 12 13 14; do
	notify_add person 'name|email' "試験 $i|shared@example.jp"
done
for i in 3 4 5 6 7 8; do
	notify_add episode 'person|kind' "$((112038000000000 + i))|contact"
done
# An address that no program takes: somebody wrote past them.
{
	sqlite3 hc.db "SELECT 'DROP TRIGGER ' || name || ';'
	    FROM sqlite_master WHERE type = 'trigger'"
	echo "UPDATE person SET email = 'a@b@example.jp' WHERE name = '試験 5';"
	sqlite3 hc.db "SELECT sql || ';' FROM sqlite_master
	    WHERE type = 'trigger'"
} >past.sql
sqlite3 hc.db <past.sql
notify_add episode 'person|kind|status' '112038000000001|contact|closed'
notify_add episode 'person|kind|no_mail' '112038000000001|contact|1'

# --- writing into the outbox --------------------------------------------

{
	printf 'episode\twhatever\tslot\n'
	for i in 1 2 3 4 5 6 7 8 9 10 11; do printf '%d\tx\t\n' $i; done
} >ask.tsv
cat >expected <<'END'
episode	state	reason	note
112038000000003	refused	no_address	no mail address is known
112038000000004	refused	mail_off	does not want mail
112038000000005	refused	bad_address	
112038000000008	refused	shared_address	more than 6 persons have this address
112038000000009	refused	closed	the episode is not open
112038000000010	refused	mail_off	does not want mail
112038000000011	refused	no_episode	there is no such episode
END
cp expected refused
exits 1 hc-notify send -n daily <ask.tsv
says '4 messages would be queued, 0 are there already, 7 cannot be sent'
is 'a dry run writes nothing' "$(notify_states)" ''
exits 1 hc-notify send daily <ask.tsv
sed -i 's/\(bad_address\t\).*/\1/' actual
same 'who cannot be written to is told, with the reason'
says '4 messages queued, 0 were there already, 7 cannot be sent'
exits 1 hc-notify send daily <ask.tsv
says '0 messages queued, 4 were there already, 7 cannot be sent'
sed -i 's/\(bad_address\t\).*/\1/' actual
same 'once more says the same' refused actual
is 'and a second send adds nothing' "$(notify_states)" 'waiting 4'
is 'an invitation each' "$(sqlite3 hc.db 'SELECT count(*),
    count(DISTINCT hash) FROM invitation')" '4|4'
printf 'episode\tslot\n1\t2\n' | exits 0 hc-notify send daily
says '1 messages queued'
sqlite3 hc.db "SELECT count(*) FROM change WHERE fields LIKE '%試験%'
    AND entity IN ('message', 'invitation')" >actual
echo 0 >expected
same 'no name is in the outbox'

: | exits 0 hc-notify send daily
says '0 messages queued, 0 were there already'
printf 'episode\tx\n1\t\n' | exits 65 hc-notify send hello
says "'hello' is no purpose of a mail"
printf 'person\tx\n1\t\n' | exits 65 hc-notify send daily
says "the input has no column 'episode'"
printf 'episode\tx\n1\t\n1x\t\n' | exits 65 hc-notify send reminder
says "-:3: '1x' does not fit the column 'episode'"
printf 'episode\tday\n1\t2021-02-29\n' | exits 65 hc-notify send daily
says "-:2: '2021-02-29' does not fit the column 'day'"
printf 'episode\tslot\n1\t10\n' | exits 65 hc-notify send daily
printf 'episode\tx\n1\n' | exits 65 hc-notify send daily
exits 64 hc-notify send
is 'and nothing of these was written' "$(notify_states)" 'waiting 5'

# --- the form machine -----------------------------------------------------

exits 0 hc-notify run
says '5 messages wait for the form machine'
says '0 messages sent'
ok 'no mail before its link is open' [ -z "$(find outbox/new -type f)" ]
hc-notify invitations >bundle
is 'the bundle has a form and a line for each link' "$(wc -l <bundle)" 6
is 'and no name or address' "$(grep -c '試験\|@\|docomo' bundle)" 0
hc-form open <bundle >opened.tsv
exits 0 hc-notify opened <opened.tsv
says '5 links opened, 0 were open already'
exits 0 hc-notify opened <opened.tsv
says '0 links opened, 5 were open already'
printf 'link\tstate\n%064d\topen\n' 0 | exits 1 hc-notify opened
says '1 links belong to no invitation'
printf 'link\tx\n0\topen\n' | exits 65 hc-notify opened
says "the input has no column 'state'"
exits 0 hc-notify invitations --form other
is 'a form without invitations: nothing' "$(cat actual)" ''

# --- delivery ---------------------------------------------------------------

flock -F hc.db.sender sleep 30 &
holder=$!
wait_for 5 sh -c '! flock -n hc.db.sender true'
exits 75 hc-notify run
says 'another hc-notify delivers at present'
end $holder
wait_for 5 flock -n hc.db.sender true

exits 64 hc-notify run --smtp smtp://127.0.0.1 --maildir x
exits 65 hc-notify run --smtp http://127.0.0.1
exits 0 hc-notify run --limit 2
says '2 messages sent, 0 failed, 0 in doubt, 0 put off, 0 cancelled, 3 left'
exits 0 hc-notify run
says '3 messages sent'
exits 0 hc-notify run
says '0 messages sent'
is 'each was delivered once' "$(find outbox/new -type f | wc -l)" 5
notify_outbox outbox/new >mails
grep '^Delivered-To: ' mails | sort >actual
cat >expected <<'END'
Delivered-To: "a..b."@docomo.ne.jp
Delivered-To: p1@example.jp
Delivered-To: p1@example.jp
Delivered-To: p2@example.jp
Delivered-To: p7@example.jp
END
same 'to those who can be written to'
ok 'old carrier addresses are quoted in the header' \
    grep -q '^To: "a..b."@docomo.ne.jp$' mails
ok 'the bounce address names the message' \
    grep -q '^Return-Path: <hc+1@example.jp>$' mails
ok 'so does the Message-ID' grep -q '^Message-ID: <1\.112038\.[0-9a-f]*@example.jp>$' mails
ok 'the office is named' grep -q '^From: みどり市保健所 *<hc@example.jp>$' mails
is 'each in their own language' \
    "$(grep -c '^Hãy cho chúng tôi biết sức khỏe của bạn' mails)" 1
is 'an unknown last day leaves its line out' \
    "$(grep -c '毎朝お送りします' mails)" 3
is 'and nothing is left to fill in' "$(grep -c '[{}]' mails)" 0
is 'nobody is named' "$(grep -c '試験' mails)" 0

# The link of each mail is that of its own invitation.
serve hc-form serve --listen 127.0.0.1:@PORT@ || exit 1
notify_outbox outbox/new | awk '/^Message-ID: / { gsub(/[^0-9.]/, "");
    split($0, id, "."); } /^http:/ { print id[1], $0 }' >links
while read -r id url; do
	curl -s -o page -w '%{http_code}\n' -d feeling=fair -d symptoms=1 \
	    -d emergency=1 -d temperature=36.5 -d lang=ja \
	    -d "submission=$(perl -e 'print map({ ("a".."z", 2..7)[rand 32] }
	    1..25), "a"')" \
	    "http://127.0.0.1:$port/${url#http://*/}" >code
	hc-form take | sed 1d | cut -f2 | sort >all
	comm -13 seen all 2>/dev/null >new || cp all new
	cp all seen
	sqlite3 hc.db "SELECT i.hash FROM message m JOIN invitation i
	    ON i.id = m.invitation WHERE m.id = 112038000000000 + $id" >hash
	cmp -s new hash && echo same || echo other
done <links >actual
printf 'same\nsame\nsame\nsame\nsame\n' >expected
is 'links lead to the form' "$(cat code)" 200
same 'an answer by the link of a mail is that invitation'\''s'

# --- reminders, results, ends ------------------------------------------------

hc-edit -q invitation 1 state=answered >made
printf 'episode\tx\n1\t\n2\t\n' | exits 1 hc-notify send reminder
cat >expected <<'END'
episode	state	reason	note
112038000000001	refused	answered	has answered already
END
same 'who has answered is not reminded'
is 'a reminder has the same link' "$(sqlite3 hc.db 'SELECT count(*),
    count(DISTINCT invitation) FROM message WHERE episode % 1000 = 2')" '2|1'
printf 'episode\tx\n7\t\n' | hc-notify send reminder -q >actual
hc-edit -q invitation 4 state=answered >made
exits 0 hc-notify run
says '1 messages sent, 0 failed, 0 in doubt, 0 put off, 1 cancelled'

notify_add test person '112038000000002'
printf 'episode\ttest\n2\t1\n' >result.tsv
exits 0 hc-notify send result <result.tsv
exits 0 hc-notify send result --today 2999-01-02 <result.tsv
says '0 messages queued, 1 were there already'
exits 0 hc-notify run
says '1 messages sent'
ok 'a result needs no link and no form machine, and says no result' \
    grep -rlq '^Message-ID: <8\.' outbox/new

# --- what went wrong ---------------------------------------------------------

exits 0 hc-notify status
cat >expected <<'END'
purpose	waiting	sending	sent	failed	doubtful	held	cancelled	not_open	oldest_waiting
daily	0	0	5	0	0	0	0	0	
reminder	0	0	1	0	0	0	1	0	
result	0	0	1	0	0	0	0	0	
end	0	0	0	0	0	0	0	0	
investigation	0	0	0	0	0	0	0	0	
END
same 'status counts, zeros too'
exits 0 hc-notify status --day 2001-01-01
is 'of another day: nothing but zeros' "$(cut -f4 actual | tr -d '\n')" \
    sent00000
exits 64 hc-notify status --day tomorrow

printf 'episode\tday\n2\t2999-01-01\n' | exits 0 hc-notify send daily
hc-notify invitations | hc-form open | hc-notify opened -q
exits 1 hc-notify run --today 2999-01-03
says '1 messages were too late for their round and failed'
exits 0 hc-notify status --failed
is 'they are listed with the reason' \
    "$(sed 1d actual | cut -f2,4,6,7,8,10 | tr '\t' ' ')" \
    'daily 112038000000002 p2@example.jp failed 0 not sent while its link held'
ok 'and looking is noted' grep -q 'hc-notify	person	112038000000002' \
    hc.db.access

# --- preview -----------------------------------------------------------------

exits 0 hc-notify preview daily 2
notify_outbox . >/dev/null 2>&1
tr -d '\r' <actual >mail
perl decode.pl mail >shown
ok 'a preview is the whole mail' grep -q '^To: p2@example.jp$' shown
ok 'but its link leads nowhere' \
    grep -q '^http://127.0.0.1:8080/a/xxxxxxxxxxxxxxxxxxxxxxxxxx$' shown
exits 0 hc-notify preview end person:7
tr -d '\r' <actual >mail
perl decode.pl mail >shown
ok 'also of what was never sent' \
    grep -q '^Subject: Thư hằng ngày đến đây là hết' shown

# The same as HTML: the second part.
exits 0 hc-notify preview daily 2
perl -MMIME::Base64 -MMIME::QuotedPrint -e 'local $/; $_ = <>; s/\r//g;
    my ($b) = /boundary="(.*?)"/; my ($head, $body) =
    split /\n\n/, (split /\n--\Q$b\E(?:--)?\n/)[2], 2;
    print $head =~ /base64/ ? decode_base64($body) : decode_qp($body)' \
    actual >page
link=http://127.0.0.1:8080/a/xxxxxxxxxxxxxxxxxxxxxxxxxx
ok 'the link is a button' grep -q "href=\"$link\">$link</a>" page
ok 'in its language' grep -q '<html lang="ja">' page
fails 'nothing else is fetched or run' \
    grep -Ei '(src|background|link|script|style>|@import)[ =]' page
hc-define -q template set daily ja body='<b>"A&B"</b>\n{link}' >made
hc-notify preview daily 2 >actual
ok 'words are no markup' grep -q '&lt;b&gt;' actual
hc-define -q setting set mail_html 0 >made
hc-notify preview daily 2 >actual
fails 'without, if the setting says so' grep -i html actual
exits 1 hc-notify preview daily 99
says 'there is no such episode'
exits 65 hc-notify preview daily 3
says 'no mail address is known'
exits 65 hc-notify preview hello 2
exits 64 hc-notify preview daily x

# --- settings ----------------------------------------------------------------

: >hc.conf
printf 'episode\tx\n2\t\n' | hc-notify send end -q >actual
exits 78 hc-notify run --smtp smtp://127.0.0.1:9
says 'nobody is set as the sender'
printf '[mail]\nfrom = a b@example.jp\n' >hc.conf
exits 78 hc-notify run
says 'is no mail address'
printf '[mail]\nrate = many\n' >hc.conf
exits 78 hc-notify run
: >hc.conf
mv hc.db.key away
exits 66 hc-notify run
mv away hc.db.key
hc-init -q -d other.db --office 112038
exits 78 hc-notify run -d other.db
says "the setting 'office_phone' is empty"
exits 0 hc-notify run
says '1 messages sent'
done_testing
