#!/bin/sh
# Work lists of tests, stays and consultations.
. "${0%/*}/lib.sh"

hc-init -q --office 112038 --name 見本市保健所 || exit 1
base=112038000000000
export HC_TODAY=2020-12-25T10:00

hc-edit -q person name='見本 一' phone=090-0000-0001 >made
hc-edit -q episode person=1 kind=contact observe_from=2020-12-20 >made
hc-edit -q person name='見本 二' phone=090-0000-0002 >made
hc-edit -q phone person=2 number=03-0000-0002 kind=work >made
hc-edit -q episode person=2 kind=contact status=closed \
    closed_at=2020-12-24T10:00 >made

# A result is told whether the episode is open or not, and each by itself.
printf '%s\t%s\t%s\t%s\t%s\t%s\n' person episode sampled_date result \
    result_date told_at \
    1 1 2020-12-20 negative 2020-12-21 '' \
    1 1 2020-12-23 positive 2020-12-24 '' \
    2 2 2020-12-23 negative 2020-12-24 '' \
    2 2 2020-12-18 negative 2020-12-19 2020-12-19T15:00 \
    2 2 2020-12-01 negative 2020-12-02 '' |
    hc-edit -q --tsv test >made
hc-followup list to_tell | cut -f 1-4,7,9,10 >list
{
	printf 'test\tperson\tname\tphones\tmethod\tresult\tresult_date\n'
	printf '%s\t%s\t見本 一\t090-0000-0001\t\tpositive\t2020-12-24\n' \
	    $((base + 2)) $((base + 1))
	printf '%s\t%s\t見本 一\t090-0000-0001\t\tnegative\t2020-12-21\n' \
	    $((base + 1)) $((base + 1))
	printf '%s\t%s\t見本 二\t%s\t\tnegative\t2020-12-24\n' \
	    $((base + 3)) $((base + 2)) '090-0000-0002;03-0000-0002'
} >expected
same 'two tests of one person, one of a closed episode' expected list
hc-followup list to_tell | awk -F'\t' 'NR > 1 { print $(NF - 1), $NF }' \
    >actual
printf '300 positive\n150 waiting;other\n50 other\n' >expected
same 'by their own points'
is 'lists counts them' "$(hc-followup lists |
    awk -F'\t' '$1 == "to_tell" { print $2 }')" 3
is 'and so does the dashboard' "$(hc-report dashboard -f tsv |
    awk -F'\t' '$2 == "to_tell" { print $3 }')" 3
hc-followup why 1 | awk -F'\t' '$2 == "to_tell" && $3 == "positive" {
	print $1, $4, $7, $8 }' >actual
printf '%s 0 result=negative %s\n%s 1 result=positive %s\n' $((base + 1)) \
    $((base + 1)) $((base + 1)) $((base + 2)) >expected
same 'why: each test of the episode'
hc-followup why person=2 | awk -F'\t' '$2 == "to_tell" && $3 == "" {
	print $4, $8 - 112038000000000 }' >actual
printf '1 3\n0 4\n0 5\n' >expected
same 'why: of a person without an open episode'
exits 1 hc-followup why person=3
says 'there is no such open episode'
hc-edit -q test 2 told_at=2020-12-25T09:30 >made
is 'who was told leaves the list' "$(hc-followup list to_tell |
    wc -l | tr -d ' ')" 3
ok 'looking is noted' grep -q "$((base + 2)).*hc-followup\|hc-followup.*$((
    base + 2))" hc.db.access

# A caller whom nobody knows.
hc-edit -q consultation at=2020-12-23T10:00 caller_name='見本 三' \
    caller_phone=03-0000-0003 content=熱がある follow_up=1 >made
hc-edit -q consultation at=2020-12-25T09:00 person=1 follow_up=1 >made
hc-edit -q consultation at=2020-12-25T09:00 person=1 >made
hc-followup list call_back | cut -f 1-3,7,8,13,14 >list
{
	printf 'consultation\tperson\tname\tcaller_name\tcaller_phone\t'
	printf 'priority\tconditions\n'
	printf '%s\t\t\t見本 三\t03-0000-0003\t150\twaiting;open\n' \
	    $((base + 1))
	printf '%s\t%s\t見本 一\t\t\t50\topen\n' $((base + 2)) $((base + 1))
} >expected
same 'a caller without a record stands on the list' expected list

# A list of the office's own, of stays: who should have left.
exits 0 hc-define worklist add to_leave subject=stay team=cases \
    label_ja=退所確認 label_en='to leave' \
    expr='planned_end_date < today and end_date is absent' \
    order_by=planned_end_date columns=kind,facility,planned_end_date,age
exits 0 hc-define condition add to_leave hotel label_ja=ホテル \
    label_en=hotel expr="kind = 'hotel'" points=10
exits 0 hc-define condition add to_leave child label_ja=小児 \
    label_en=child expr="age < 10" points=20
hc-edit -q facility kind=hotel name=見本ホテル >made
hc-edit -q stay episode=1 kind=hotel facility=1 begin_date=2020-12-20 \
    planned_end_date=2020-12-24 >made
hc-edit -q stay episode=2 kind=hotel facility=1 begin_date=2020-12-20 \
    planned_end_date=2020-12-25 >made
hc-followup list to_leave >list
{
	printf 'stay\tperson\tname\tphones\tkind\tfacility\t'
	printf 'planned_end_date\tage\tpriority\tconditions\n'
	printf '%s\t%s\t見本 一\t090-0000-0001\thotel\t%s\t2020-12-24\t\t' \
	    $((base + 1)) $((base + 1)) $((base + 1))
	printf '10\thotel\n'
} >expected
same 'a list of stays' expected list
is 'counted' "$(hc-followup lists | awk -F'\t' '$1 == "to_leave" { print $2 }')" 1
hc-followup list -f table to_leave >actual
ok 'and shown' grep -q '見本ホテル\|ホテル\|hotel' actual

# What can be no list.
exits 65 hc-define worklist add rooms subject=facility \
    label_ja=施設 label_en=places expr='capacity > 0'
says "'facility' has no episode that a work list could name"
exits 65 hc-define worklist add late subject=test \
    label_ja=遅れ label_en=late expr='resullt is absent'
says "did you mean 'result'?"
exits 65 hc-define worklist add late subject=test \
    label_ja=遅れ label_en=late expr='result is absent' columns=nonsense
says "'test' has no field 'nonsense'"
done_testing
