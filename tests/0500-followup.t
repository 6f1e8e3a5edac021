#!/bin/sh
# The daily round and the work lists, named case by case.
. "${0%/*}/lib.sh"
need sqlite3

hc-init -q --office 112038 --name 見本市保健所 || exit 1
base=112038000000000

# person NAME [FIELD=VALUE...]: sets $id; a telephone is added.
person()
{
	name=$1
	shift
	id=$(add person name="$name" "$@")
	add phone person="$id" \
	    number="$(printf '090-0000-%04d' $((id - base)))" >/dev/null
}

# episode KIND [FIELD=VALUE...]: of $id; sets $e to its short number.
episode()
{
	kind=$1
	shift
	e=$(add episode person="$id" kind="$kind" "$@")
	e=$((e - base))
}

# report DAY TIME [FIELD=VALUE...]: of episode $e, by the web form; TIME is
# of the instant (09:00 in Japan is 00:00Z).
report()
{
	day=$1
	at=$1T$2:00Z
	shift 2
	add observation episode="$e" day="$day" at="$at" via=web "$@" \
	    >/dev/null
}

# stands LIST NOW: the numbers of the episodes on a list at that time.
stands()
{
	hc-followup list "$1" --today "$2" |
	    awk -v base=$base 'NR > 1 { printf " %d", $1 - base }'
}

# on NAME LIST NOW / off NAME LIST NOW: is $e on the list?
on()
{
	case "$(stands "$2" "$3") " in
	*" $e "*) pass "$1" ;;
	*) fail "$1" "on $2:$(stands "$2" "$3"), not $e" ;;
	esac
}

off()
{
	case "$(stands "$2" "$3") " in
	*" $e "*) fail "$1" "$e is on $2" ;;
	*) pass "$1" ;;
	esac
}

# sees NAME COLUMN VALUE NOW: what the situation of $e says.
sees()
{
	is "$1" "$(hc-followup situation "$e" --today "$4" -f tsv |
	    awk -F'\t' -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++)
		if ($i == name) at = i; if (!at) print "no column" }
	    NR == 2 { print $at }')" "$3"
}

# Counts are 0, not holes.
hc-followup lists >actual
awk -F'\t' 'NR > 1 { print $2 }' actual | sort -u >counts
echo 0 >expected
same 'every list has its count, 0 too' expected counts
is 'and a reason not to stand on any' "$(grep -c 'on no list' actual)" 7

case=observe_from=2020-12-20

# The sick who falls silent.
person '見本 一' email=a@example.jp
episode case $case onset_date=2020-12-20
sick=$e
report 2020-12-24 00:30 temperature=38.6 feeling=bad
off 'before the cut-off nobody is silent' silent 2020-12-25T11:59
off 'just asked is not silent' silent 2020-12-25T08:00
on 'the sick of yesterday is on the list of the unwell' unwell \
    2020-12-25T09:00
on 'after the cut-off the sick is silent' silent 2020-12-25T12:00
on 'and on the list of the unwell too' unwell 2020-12-25T12:00
hc-followup why "$sick" --today 2020-12-25T12:00 -f tsv >why
grep silent_while_ill why | cut -f 4,5 >actual
printf '1\t400\n' >expected
same 'why: the condition holds'
grep silent_while_ill why | cut -f 7 >actual
echo 'overdue=1;any_red_flag=0;worst_temperature=38.6;worst_spo2='\
';worst_dyspnea=;worst_feeling=bad' >expected
same 'why: and what it saw'
hc-followup list unwell --today 2020-12-25T12:00 |
    awk -F'\t' 'NR == 2 { print $NF }' >actual
echo 'silent_while_ill;feels_bad;fever;at_home_and_ill' >expected
same 'the list names the conditions'
sees 'hours of silence' hours_silent 26 2020-12-25T12:00
sees 'days of silence' days_silent 1 2020-12-25T12:00

# The call takes them off, and asks again when nobody answers.
exits 0 hc-followup call "$sick" outcome=no_answer --today 2020-12-25T12:30
is 'nobody answered: again in two hours' "$(cut -f 4 actual | tail -n 1)" \
    2020-12-25T05:30:00Z
on 'so they stay silent' silent 2020-12-25T13:00
off 'the next call is not due yet' due_again 2020-12-25T14:00
on 'then it is' due_again 2020-12-25T14:30
sees 'the try is counted' tries 1 2020-12-25T13:00
exits 0 hc-followup call "$sick" temperature=37.8 咳=1 note=心配 \
    --today 2020-12-25T15:00
off 'a report by telephone: no longer silent' silent 2020-12-25T15:01
off 'nor to be called' unwell 2020-12-25T15:01
off 'nor due' due_again 2020-12-25T15:01
sees 'the report is the last' last_temperature 37.8 2020-12-25T15:01
sees 'with its cough' last_cough 1 2020-12-25T15:01
sees 'reached' reached 1 2020-12-25T15:01
sees 'the tries not reached begin anew' tries_unreached 0 2020-12-25T15:01
exits 64 hc-followup call
exits 65 hc-followup call "$sick" temperature=99
says 'temperature'
exits 65 hc-followup call "$sick" temprature=37
says "did you mean 'temperature'?"
exits 65 hc-followup call "$sick" submission=1
says "unknown field 'submission'"
exits 64 hc-followup call "$sick" temperature
says 'is not FIELD=VALUE'
exits 1 hc-followup call 999 outcome=reached
says 'no such open episode'
exits 65 hc-followup call "$sick" outcome=vanished
says 'outcome'
exits 0 hc-followup call -n "$sick" temperature=40 --today 2020-12-25T15:30
sees 'a dry run writes nothing' last_temperature 37.8 2020-12-25T15:31

# Worse than the own last report, at home.
person '見本 二' email=b@example.jp
episode case $case onset_date=2020-12-20
report 2020-12-24 00:30 temperature=36.5 spo2=98 feeling=fair
report 2020-12-25 00:30 temperature=36.6 spo2=96 feeling=fair
on 'worse than the own last report' worse 2020-12-25T10:00
on 'also on the list of the unwell' unwell 2020-12-25T10:00
off 'who answered is not silent' silent 2020-12-25T13:00
hc-followup list worse --today 2020-12-25T10:00 |
    awk -F'\t' 'NR == 2 { print $NF }' >actual
echo spo2 >expected
same 'for the oxygen alone'
# The worse of a round decides: a second answer takes nothing back.
report 2020-12-25 01:30 temperature=36.4 spo2=98 feeling=fair
on 'a better second answer leaves them there' worse 2020-12-25T11:00
sees 'the worst of the round' worst_spo2 96 2020-12-25T11:00
sees 'the last of the round' last_spo2 98 2020-12-25T11:00
sees 'the round before' previous_spo2 98 2020-12-25T11:00

# Well: on no list but those of the cases' team, which has to place them.
person '見本 三' email=c@example.jp
episode other $case reported_date=2020-12-20
report 2020-12-25 00:30 temperature=36.4 feeling=good
for list in unwell silent worse mail_failed to_place; do
	off "well: not on $list" $list 2020-12-25T13:00
done
hc-followup lists --today 2020-12-25T13:00 |
    awk -F'\t' '$1 == "answered" { print $2 }' >actual
echo 1 >expected
same 'counted as answered, on no list'

hc-followup list to_place --today 2020-12-25T13:00 >expected
hc-followup list To-Place --today 2020-12-25T13:00 >actual
same 'a name of a list as people type it'

# Without an address: straight to the telephone list.
person '見本 四'
episode contact $case last_exposure_date=2020-12-20
on 'no e-mail: to be rung up from the morning' mail_failed \
    2020-12-25T08:00
hc-followup due --today 2020-12-25T08:00 >due
grep "^$((base + e))" due | cut -f 9 >actual
echo no_email >expected
same 'due says why no mail can go'
person '見本 五' email=e@example.jp mail_ok=0
episode contact $case last_exposure_date=2020-12-20
hc-followup due --today 2020-12-25T08:00 |
    awk -F'\t' -v e=$((base + e)) '$1 == e { print $9 }' >actual
echo mail_off >expected
same 'who does not want mail gets none'

# A message that failed; one sent late.
person '見本 六' email=f@example.jp
episode contact $case last_exposure_date=2020-12-20
add message purpose=daily person="$id" episode="$e" day=2020-12-25 slot=1 \
    address=f@example.jp state=failed >/dev/null
on 'a failed mail: to be rung up' mail_failed 2020-12-25T09:00
sees 'its state' mail_state failed 2020-12-25T09:00
person '見本 七' email=g@example.jp
episode contact $case last_exposure_date=2020-12-20
add message purpose=daily person="$id" episode="$e" day=2020-12-25 slot=1 \
    address=g@example.jp state=sent sent_at=2020-12-25T02:30:00Z >/dev/null
off 'asked at 11:30, not silent at 12:00' silent 2020-12-25T12:00
on 'but four hours later' silent 2020-12-25T15:30

# Nobody is reminded of a round that has not been asked.
remind()
{
	hc-followup due --remind --today "$1" | grep -c "^$((base + e))	"
}
is 'reminded: who was mailed and has not answered' \
    "$(remind 2020-12-25T12:30)" 1
is 'of another day'\''s mail nobody is reminded' "$(remind 2020-12-26T07:00)" 0
is 'nor before today'\''s has gone' "$(remind 2020-12-26T08:10)" 0

# Several red flags at once.
person '見本 八' email=h@example.jp
episode case $case onset_date=2020-12-20
report 2020-12-25 00:30 temperature=36.4 feeling=fair chest_pain=1 \
    blue_lips=1 spo2=92
sees 'each red flag is named' red_flags 'spo2;blue_lips;chest_pain' \
    2020-12-25T10:00
hc-followup list unwell --today 2020-12-25T10:00 |
    awk -F'\t' -v base=$base 'NR == 2 { print $1 - base }' >actual
echo "$e" >expected
same 'and stands first'

# Not yet, no more.
person '見本 九' email=i@example.jp
episode contact observe_from=2020-12-26 last_exposure_date=2020-12-25
off 'before the observation begins nobody is silent' silent \
    2020-12-25T13:00
hc-followup due --today 2020-12-25T08:00 >due
fails 'nor asked' grep -q "^$((base + e))" due
person '見本 十' email=j@example.jp
episode contact $case observe_until=2020-12-24
on 'whose time is over is to be closed' to_close 2020-12-25T08:00
off 'and no longer silent' silent 2020-12-25T13:00
person '見本 十一' email=k@example.jp
episode case $case died_date=2020-12-24
off 'the dead are not asked' silent 2020-12-25T13:00

# Every open episode stands somewhere.
is 'nobody is lost' "$(hc-followup lists --today 2020-12-25T13:00 |
    awk -F'\t' '$1 == "none" { print $2 }')" 0

# Paused: not asked, not silent, no longer to be rung up for want of mail.
person '見本 十三'
episode contact $case last_exposure_date=2020-12-20 paused_until=2020-12-25
off 'paused: not silent' silent 2020-12-25T13:00
off 'nor to be rung up for want of an address' mail_failed 2020-12-25T13:00
hc-followup due --today 2020-12-25T08:00 >due
fails 'nor asked' grep -q "^$((base + e))" due
on 'the day after it is as before' silent 2020-12-26T13:00
hc-followup due --today 2020-12-26T08:00 >due
ok 'and asked' grep -q "^$((base + e))" due
# A day off for all.
hc-define -q setting set holidays 2020-12-26,2020-12-31 >made
off 'nobody is silent on a day off' silent 2020-12-26T13:00
is 'nor asked' "$(hc-followup due --today 2020-12-26T08:00 | wc -l)" 1
hc-define -q setting set holidays '' >made

# Due leaves out who has answered.
hc-followup due --today 2020-12-25T16:00 >due
fails 'who answered is not asked again' grep -q "^$((base + sick))" due
head -n 1 due | tr '\t' ' ' >actual
echo 'episode person purpose day slot email language until reason' >expected
same 'due: its columns'
exits 65 hc-followup due --slot 2
says 'there is no round 2'

# Two rounds a day.
hc-define -q setting set slots 2 >made
exits 78 hc-followup lists
says "setting 'ask_time'"
hc-define -q setting set ask_time 08:00,16:00 >made
hc-define -q setting set remind_time 10:00,18:00 >made
hc-define -q setting set cutoff_time 12:00,20:00 >made
person '見本 十二' email=l@example.jp
episode contact $case last_exposure_date=2020-12-20
report 2020-12-25 00:30 slot=1 temperature=36.4 feeling=good
off 'answered the first round' silent 2020-12-25T15:59
off 'the second has just begun' silent 2020-12-25T16:00
sees 'its slot' slot 2 2020-12-25T16:00
sees 'not answered' answered 0 2020-12-25T16:00
on 'silent in the second' silent 2020-12-25T20:00
on 'and until the next begins' silent 2020-12-26T07:59
off 'then there is a new one' silent 2020-12-26T08:00
report 2020-12-25 11:30 slot=2 temperature=36.4 feeling=good
off 'answered' silent 2020-12-25T21:00
hc-followup due --today 2020-12-26T08:00 >due
is 'due: the first round' "$(awk -F'\t' 'NR == 2 { print $5 }' due)" 1
hc-followup due --today 2020-12-26T16:00 >due
is 'due: the second' "$(awk -F'\t' 'NR == 2 { print $5 }' due)" 2

# By person, and what is not there.
exits 0 hc-followup why person=1 --today 2020-12-25T13:00
exits 0 hc-followup why person=1 --today 2020-12-25T13:00 -f table
ok 'labels for people' grep -q 'unwell .*last reached: unknown' actual ||
    note_file actual
call=$(hc-edit -q consultation caller_name=匿名 content=相談 follow_up=1 |
    sed -n '2s/	.*//p')
exits 0 hc-followup why "consultation=${call#112038}"
is 'an anonymous consultation' "$(sed -n '2,$p' actual | cut -f 1,2 |
    sort -u)" '	call_back'
exits 1 hc-followup why consultation=999
exits 64 hc-followup situation consultation=1
exits 1 hc-followup why 999
says 'there is no such open episode'
exits 64 hc-followup why abc
exits 1 hc-followup list nonsense
says "there is no work list 'nonsense'; there are: unwell, red_flag, silent"

# A rule of the office, on a field of its own.
rule=$(sqlite3 -readonly hc.db "SELECT id FROM condition
    WHERE worklist = 'silent' AND name = 'three_days'")
exits 65 hc-edit condition "$rule" expr='dayss_silent >= 3'
says "'condition' is changed by hc-define"
exits 65 hc-define condition set silent three_days expr='dayss_silent >= 3'
says "did you mean 'days_silent'?"
hc-define -q condition set silent three_days \
    expr="days_silent >= 3 or person.name begins '見本 十'" >made
exits 0 hc-followup list silent
quiet

ok 'looking is noted' grep -q hc-followup hc.db.access
done_testing
