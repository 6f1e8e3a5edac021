#!/bin/sh
# The main job from end to end: the demo, and a morning of 1,200 people.
. "${0%/*}/lib.sh"
need perl
unset HC_DB

# ---- 1,200 people (12,000 in soak) ----

people=$(soak 1200 12000)
"$HC_ROOT/scripts/sample" --persons "$((people * 2))" --observed "$people" \
    --today 2020-12-25 --no-truth lists
HC_TODAY=2020-12-25T08:00
export HC_TODAY
hc-init -q --office 112038 --name みどり市保健所 --phone 048-000-0000
for list in facilities:facilities cases:positives contacts:contacts; do
	hc-import -q "${list%:*}" "lists/${list#*:}.csv" >counts 2>errors || :
done
serve hc-form serve --listen 127.0.0.1:@PORT@ || exit 1
hc-define -q set setting form_url value="http://127.0.0.1:$port/a/" >>out

hc-followup due >due
asked=$(awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i }
    NR > 1 && $c["email"] != ""' due | wc -l)
ok 'most of them are asked' test "$asked" -gt "$((people / 2))"
hc-notify send daily <due >refused 2>err || :
is 'each of them gets a mail' "$(sqlite3 hc.db \
    "SELECT count(*) FROM message WHERE state = 'waiting'")" "$asked"
exits 1 hc-notify send daily <due
is 'and only one' "$(sqlite3 hc.db 'SELECT count(*) FROM message')" "$asked"
hc-notify invitations | hc-form open | hc-notify opened 2>err
hc-notify run --maildir mails 2>err
is 'all are delivered' "$(find mails/new -type f | wc -l)" "$asked"
"$HC_ROOT/scripts/crowd" --maildir mails --limit "$(soak 700 7000)" >crowd
sent=$(awk -F'\t' '$3 == 200' crowd | wc -l)
ok 'hundreds answer through the form' test "$sent" -gt "$((people / 3))"
hc-form take >taken
is 'the form machine has each answer' "$(sed 1d taken | wc -l)" "$sent"
hc-followup collect <taken >collected 2>err
is 'each is stored' "$(sqlite3 hc.db \
    "SELECT count(*) FROM observation WHERE via = 'web'")" "$sent"
hc-form drop <collected 2>err
hc-form take | sed 1d >left
is 'and gone from the form machine' "$(wc -l <left)" 0
hc-followup collect <taken >again 2>err
is 'collected twice is stored once' "$(sqlite3 hc.db \
    "SELECT count(*) FROM observation WHERE via = 'web'")" "$sent"

HC_TODAY=2020-12-25T12:00
hc-followup lists >lists.tsv
count()
{
	awk -F'\t' -v list="$1" '$1 == list { print $2 }' lists.tsv
}
for list in unwell silent; do
	hc-followup list "$list" >"$list"
	is "the list '$list' has as many rows as are counted" \
	    "$(sed 1d "$list" | wc -l)" "$(count "$list")"
done
is 'nobody is without a list or a reason' "$(count none)" 0
awk -F'\t' '$2 == "unwell" || $2 == "emergency"' crowd >ill
ok 'who feels ill is on the list of the unwell' \
    test "$(count unwell)" -ge "$(wc -l <ill)"
hc-report dashboard >board
is 'the dashboard says the same' "$(awk -F'\t' \
    '$2 == "unwell" { print $3; exit }' board)" "$(count unwell)"
ok 'the log fits its hashes' hc-log verify

# ---- Three teams at once, while answers come in ----

hc-edit person name='検査 待子' email=machiko@example.jp \
    phone=090-0000-0001 >new
person=$(sed -n 2p new | cut -f1)
episode=$(hc-edit episode person="$person" kind=suspected | sed -n 2p | cut -f1)
{
	i=0
	while [ $i -lt 20 ]; do
		i=$((i + 1))
		hc-edit consultation at=2020-12-25T10:00 person="$person" \
		    content="相談 $i" >>consultations 2>>conflicts || echo $?
	done
} >failed.1 &
one=$!
{
	hc-edit test person="$person" episode="$episode" \
	    requested_at=2020-12-25T09:00 >test.tsv 2>>conflicts || echo $?
	test=$(sed -n 2p test.tsv | cut -f1)
	hc-edit test "$test" sampled_date=2020-12-25 >>out 2>>conflicts || echo $?
	hc-edit test "$test" result=positive result_date=2020-12-25 >>out \
	    2>>conflicts || echo $?
	printf 'episode\ttest\n%s\t%s\n' "$episode" "$test" |
	    hc-notify send result >>out 2>>conflicts || echo $?
} >failed.2 &
two=$!
{
	hc-edit facility name=見本ホテル kind=hotel >hotel 2>>conflicts || echo $?
	hc-edit stay episode="$episode" kind=hotel facility="$(sed -n 2p hotel |
	    cut -f1)" begin_date=2020-12-25 >>out 2>>conflicts || echo $?
} >failed.3 &
three=$!
hc-followup collect <taken >>out 2>&1
wait $one $two $three
is 'nobody failed' "$(cat failed.1 failed.2 failed.3)" ''
is 'all consultations are there' "$(sqlite3 hc.db \
    "SELECT count(*) FROM consultation WHERE content LIKE '相談 %'")" 20
is 'the result is there' "$(sqlite3 hc.db \
    "SELECT result FROM test WHERE episode = $episode")" positive
is 'the patient has a place' "$(sqlite3 hc.db \
    "SELECT kind FROM stay WHERE episode = $episode")" hotel
hc-notify run --maildir mails 2>err
is 'the result was told by mail' "$(sqlite3 hc.db "SELECT state FROM message
    WHERE purpose = 'result' AND episode = $episode")" sent
hc-show "$person" >shown
ok 'the record shows it all' grep -q 相談 shown
ok 'the log still fits' hc-log verify
done_testing
