#!/bin/sh
# Working on the lists: next, assign, open, close, other rules.
. "${0%/*}/lib.sh"

hc-init -q --office 112038 --name 見本市保健所 || exit 1
base=112038000000000
export HC_TODAY=2020-12-25T13:00
me=$(id -un)

# Four cases, 39 degrees each, the third speaks Vietnamese.
for i in 1 2 3 4; do
	hc-edit -q person name="見本 $i" phone="090-0000-000$i" \
	    email="a$i@example.jp" language="$(
	    [ $i = 3 ] && echo vi || echo ja)" >made
	hc-edit -q episode person=$i kind=case onset_date=2020-12-20 \
	    observe_from=2020-12-20 >made
	hc-edit -q observation episode=$i day=2020-12-25 \
	    at="2020-12-25T0$i:00:00Z" via=web temperature=39 >made
done

# numbers [FILE]: the first column, as own numbers on one line.
numbers()
{
	awk -F'\t' -v base=$base 'NR > 1 { printf "%s%d", sep, $1 - base
	    sep = " " }' "$@"
}

# ---- What the priority is made up of ----
hc-followup list unwell --why >list
is 'the sum is shown point by point' "$(awk -F'\t' 'NR == 2 {
    print $(NF - 2), $NF }' list)" '300 high_fever=250;at_home_and_ill=50'
hc-followup list unwell --why -f table >shown
ok 'with labels in a table' grep -q 'ill at home 50' shown

# ---- Next: nobody is rung up twice ----
hc-followup next unwell -n >actual
is 'a dry run of next names the first' "$(numbers actual)" 1
for i in 1 2 3 4; do
	hc-followup next unwell >"next.$i" &
done
wait
is 'four who ask at once get four persons' \
    "$(for i in 1 2 3 4; do numbers "next.$i"; echo; done | sort |
	tr '\n' ' ')" '1 2 3 4 '
exits 1 hc-followup next unwell
says "nobody on the list 'unwell' is to be called now"
exits 1 hc-followup next worse
says "nobody stands on the list 'worse'"
hc-followup next unwell --today 2020-12-25T13:16 >actual
is 'a claim ends by itself' "$(numbers actual)" 1
hc-followup call 2 outcome=no_answer >made
exits 1 hc-followup next unwell
hc-followup next unwell --today 2020-12-25T13:15 >actual
is 'who did not answer is left alone for two hours' "$(numbers actual)" 3
hc-followup call 4 temperature=36.5 >made
hc-followup list unwell --today 2020-12-25T13:01 >list
is 'who was reached left the list' "$(numbers list)" '1 2 3'
hc-define -q setting set claim_minutes 600 >made
hc-followup next unwell --today 2020-12-25T13:50 >made
hc-followup next unwell --today 2020-12-25T14:20 >actual
is 'and after as many minutes as the setting says' "$(numbers actual)" 3
exits 64 hc-followup next

# ---- Assign ----
exits 1 hc-followup assign 1
says 'nobody is on duty'
hc-edit -q staff login=sato name=佐藤 team=observation languages=ja >made
hc-edit -q staff login="$me" name=根 team=observation \
    languages='ja;vi' >made
hc-edit -q staff login=boss name=課長 team=observation role=manager >made
hc-edit -q staff login=kato name=加藤 team=cases >made
hc-edit -q staff login=left name=退職 team=observation active=0 >made
hc-followup list unwell | hc-followup assign -q --team observation >given
awk -F'\t' -v base=$base 'NR > 1 { print $1 - base, $3, $5, $6 }' given \
    >actual
printf '%s\n' "3 vi $me 1" '1 ja sato 1' '2 ja sato 2' >expected
same 'by language first, then by load: two of three go to the other'
hc-followup list unwell | hc-followup assign --team observation \
    >actual 2>err
says '0 assigned, 3 have somebody on duty already'
hc-followup list unwell --mine >list
is 'list --mine: what is assigned to me' "$(numbers list)" 3
exits 65 hc-followup list to_tell --mine
says "the list 'to_tell' is not of episodes"
hc-followup assign -q 1 2 3 --again staff=kato,boss >given
is 'those named are on duty, whatever they do' \
    "$(cut -f 5 given | sort | tr '\n' ' ')" 'boss boss kato login '
exits 1 hc-followup assign 99 staff=kato
says 'episode 99: there is no such open episode'
exits 1 hc-followup assign 1 staff=nobody
exits 64 hc-followup assign 1 stuff=kato
exits 65 hc-followup assign </dev/zero

# ---- Close and open ----
exits 1 hc-followup close 1
says 'episode 1: is under observation until 2020-12-30'
exits 0 hc-followup close -n 1 reason=transferred
is 'a dry run closes nobody' "$(numbers actual) $(hc-followup list unwell |
    grep -c "^$((base + 1))	")" '1 1'
exits 0 hc-followup close 1 reason=移管 date=12/24 note=転居
quiet
hc-report sql 'SELECT status, closed_at, close_reason, note FROM episode
    WHERE id = 112038000000001' 2>err | tail -n 1 | tr '\t' ' ' >actual
echo 'closed 2020-12-24 transferred 転居' >expected
same 'with the reason and the day kept'
exits 1 hc-followup close 1
says 'episode 1: there is no such open episode'
exits 1 hc-followup close 2 reason=nonsense
says 'episode 2: reason of closing'
hc-followup list to_close --today 2021-01-05 >over
is 'all whose time is over' "$(numbers over)" '2 3 4'
hc-followup close --today 2021-01-05 <over >given
is 'are closed from the list' "$(numbers given)" '2 3 4'
is 'and each is noted as released' "$(hc-report sql 'SELECT count(*) AS n,
    min(closed_at) AS day FROM episode WHERE close_reason = '"'released'" |
    tail -n 1 | tr '\t' ' ')" '3 2021-01-05'
hc-followup close --today 2021-01-05 <over >given 2>err
is 'a second time nobody is' "$(numbers given)" ''
hc-followup list to_close --today 2021-01-05 | exits 0 hc-followup close
is 'nobody on the list: nobody is closed' "$(wc -l <actual)" 1
exits 0 hc-followup open 3 until=2021-01-10
hc-followup situation 3 --today 2021-01-06 -f tsv >situation
is 'opened again, to another day' "$(awk -F'\t' 'NR == 1 {
    for (i = 1; i <= NF; i++) at[$i] = i } NR == 2 {
    print $at["observed"], $at["observe_until"] }' situation)" \
    '1 2021-01-10'
exits 1 hc-followup open person=3 kind=contact
says 'the person has the open episode 3 already'
exits 0 hc-followup open person=1 kind=contact \
    last_exposure_date=2020-12-25
is 'a new episode of a person' "$(cut -f 2,3 actual | tail -n 1 |
    tr '\t' ' ')" "$((base + 1)) added"
exits 1 hc-followup open 99
says "no episode '99'"
exits 1 hc-followup open person=2
says 'kind'
exits 64 hc-followup close nobody reason=released
printf 'person\n1\n' | exits 65 hc-followup close
says "no column 'episode'"

# ---- Who stands on no list ----
hc-followup open person=4 kind=other observe_from=2020-12-20 \
    reported_date=2020-12-20 >made
six=$(numbers made)
hc-edit -q observation episode="$six" day=2020-12-25 \
    at=2020-12-25T01:00:00Z via=web temperature=36.5 >made
hc-followup list answered --today 2020-12-25T13:00 >list
is 'the well who answered' "$(numbers list)" "$six"
hc-followup list none >list
is 'and none without a reason' "$(numbers list)" ''

# ---- Rules that are not live yet ----
hc-edit -q observation episode=3 day=2020-12-25 \
    at=2020-12-25T03:30:00Z via=web temperature=40 >made
{
	printf 'kind\tworklist\tname\texpr\tpoints\tlabel_ja\tlabel_en\n'
	printf 'condition\tunwell\tall\t%s\t7\t全員\tall\n' 'reports > 0'
	printf 'condition\tunwell\thigh_fever\t%s\t250\t39\t39\n' \
	    'worst_temperature >= 41'
} >rules.tsv
hc-log >before
exits 0 hc-followup list unwell --with rules.tsv
says '1 would enter, 0 leave, 1 stay'
awk -F'\t' -v base=$base 'NR > 1 { print $1 - base, $4, $5, $6, $8 }' \
    actual >seen
printf '%s\n' '3 moves 300 57 at_home_and_ill;all' "$six enters  7 all" \
    >expected
same 'who comes and who moves' expected seen
hc-log >after
same 'nothing of it stays' before after
printf 'kind\tname\tretired\nworklist\tunwell\t1\n' >gone.tsv
exits 0 hc-followup list unwell --with gone.tsv
says '0 would enter, 1 leave, 0 stay'
{
	printf 'kind\tname\tsubject\texpr\tlabel_ja\tlabel_en\n'
	printf 'worklist\tnights\tepisode\tobserved\t夜間\tnights\n'
} >more.tsv
exits 0 hc-followup list nights --with more.tsv
says '3 would enter'
exits 1 hc-followup list mornings --with more.tsv
says "there is no work list 'mornings'"
printf 'kind\tworklist\tname\texpr\ncondition\tunwell\tfever\tfeverr > 1\n' \
    >bad.tsv
exits 65 hc-followup list unwell --with bad.tsv
says 'feverr'
exits 66 hc-followup list unwell --with nowhere.tsv

# ---- Forecast ----
mkdir past && cd past || exit 1
exits 0 hc-init -q --office 112038
exits 1 hc-followup forecast
says 'nobody is under observation today'
# Four under observation from yesterday; today two more.
for i in 1 2 3 4 5 6; do
	hc-edit -q person name="見本 $i" >made
	hc-edit -q episode person=$i kind=case onset_date=2020-12-20 \
	    observe_from="2020-12-$((i > 4 ? 25 : 24))" >made
done
exits 1 hc-followup forecast --today 2020-12-24
says 'nobody was under observation in the 7 days before'
# At 8:30 well, at 9:10 and 9:50 one of them with 38; the fourth is silent.
hc-edit -q observation episode=1 day=2020-12-24 at=2020-12-23T23:30:00Z \
    via=web temperature=36.4 >made
hc-edit -q observation episode=2 day=2020-12-24 at=2020-12-24T00:10:00Z \
    via=web temperature=36.4 >made
hc-edit -q observation episode=3 day=2020-12-24 at=2020-12-24T00:50:00Z \
    via=web temperature=38 >made
hc-followup call 3 outcome=reached --today 2020-12-24T11:00 >made
hc-followup forecast --today 2020-12-25T07:00 >actual
cat >expected <<'END'
hour	answers	unwell	silent	calls
08:00	1.5	0.0	0.0	0.0
09:00	3.0	1.5	0.0	1.5
12:00	0.0	0.0	1.5	1.5
total	4.5	1.5	1.5	3.0
END
same 'yesterday, one and a half times'
done_testing
