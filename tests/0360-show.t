#!/bin/sh
# hc-show: one person's whole record.
. "${0%/*}/lib.sh"
HC_DB=hc.db
export HC_DB

hc-init -q --office 112038
{
	hc-edit person name='高橋 花子' household=A1 phone=048-000-1111 \
	    birth_date=1980-04-02
	hc-edit person name='高橋 一郎' household=A1
	hc-edit person name='佐藤 翔'
	hc-edit episode person=1 kind=case number=12
	hc-edit observation episode=1 day=2026-11-02 slot=1 via=phone \
	    by=self temperature=38.1
	hc-edit observation episode=1 day=2026-11-01 slot=1 via=phone \
	    by=self temperature=37.2
	hc-edit consultation person=1 at='2026-11-01T00:30:00Z' content=相談
	hc-edit consultation person=3 content=他人
} >made

hc-show 1 >rows
printf '2026-11-01\t37.2\n2026-11-02\t38.1\n' >expected
awk -F'\t' '$5 == "temperature" { print $4 "\t" $6 }' rows >actual
same 'events stand in the order of time'
head -n 1 rows >actual
printf 'person\tentity\trecord\tat\tfield\tvalue\n' >expected
same 'columns'
fails 'nothing of others' grep -q 他人 rows
ok 'the household' grep -q '高橋 一郎' rows

hc-show -f table 1 >page
ok 'a page says who' grep -q '^person 1 (112038000000001, revision 1)' page
ok 'local time' grep -q '2026-11-01 09:30 *consultation' page
ok 'telephone' grep -q '048' page

hc-search 高橋 | hc-show >actual
is 'people from a pipe' "$(cut -f1 actual | sed 1d | sort -u | wc -l)" 2
hc-show 高橋花子 >actual
cp rows expected
same 'by name'
hc-show 112038000000001 >actual
cp rows expected
same 'by id'
if command -v python3 >/dev/null; then
	hc-show -f json 1 3 >json
	ok 'JSON is one' python3 -c 'import json; d = json.load(open("json"));
assert [p["person"] for p in d] == [112038000000001, 112038000000003]
assert d[0]["records"]["observation"][0]["temperature"] == 37.2'
fi

# The curve, what is due, and whose episodes the contacts are.
hc-edit episode person=3 kind=contact last_exposure_date=2026-11-01 >made
hc-edit contact source=1 episode=2 last_date=2026-11-01 >made
hc-show -f table --today 2026-11-18 1 >page
printf '%s\n' '  38.0 |     *' '  37.5 |' '  37.0 |  *' '         01 02' >expected
sed -n '/^  38.0 |/,/01 02$/p' page >actual
same 'a curve of the temperatures'
hc-edit -q episode 1 next_call_at=2026-11-19T00:30Z >made
ok 'what is due stands on the page' sh -c "hc-show -f table 1 |
    grep -q '^  [^:]*  2026-11-19 09:30\$'"
ok 'a contact by name' grep -q 'contact: 2 contact open (3 佐藤 翔)' page
hc-show --today 2026-11-02T13:00 1 >actual
ok 'and in rows' grep -q "^112038000000001	due	112038000000001		unwell	.*fever" actual
hc-show --as-of "$(date -u +%Y-%m-%dT%H:%M:%SZ)" 1 >actual
ok 'the past is shown' grep -q '高橋 花子' actual
fails 'and has nothing due' grep -q '	due	' actual

# Contacts of contacts, both ways; a circle ends.
hc-edit person name='田中 二' >made
hc-edit episode person=4 kind=case >made
hc-edit contact source=2 episode=3 last_date=2026-11-03 >made
hc-edit contact source=3 episode=1 >made
hc-show -f table --contacts --depth 9 1 >actual
printf '%s\n' '1 高橋 花子 1980-04-02' '' 'perhaps from' \
    '  - 4 田中 二  case  open' \
    '    - 3 佐藤 翔  contact  open  2026-11-03' \
    '      - 1 高橋 花子  case  12  open  2026-11-01  (again)' \
    '' contacts '  - 3 佐藤 翔  contact  open  2026-11-01' \
    '    - 4 田中 二  case  open  2026-11-03' \
    '      - 1 高橋 花子  case  12  open  (again)' >expected
same 'a tree of contacts'
hc-show --contacts 1 >actual
is 'a step far unless more is asked for' "$(cut -f 11 actual | xargs)" \
    'depth -1 1'
is 'their look is noted too' \
    "$(hc-log access --person 4 | sed 1d | wc -l)" 2

# A pager on a terminal, for what is longer.
if command -v script >/dev/null; then
	PAGER="sed s/^/-/" TERM=xterm script -qec \
	    'stty rows 5; hc-show 1' /dev/null </dev/null | tr -d '\r' >actual
	ok 'a long page goes through the pager' grep -q '^-person 1 ' actual
	PAGER='' TERM=xterm script -qec 'stty rows 5; hc-show 1' /dev/null \
	    </dev/null | tr -d '\r' >actual
	ok 'unless there is none' grep -q '^person 1 ' actual
	PAGER="sed s/^/-/" TERM=xterm script -qec \
	    'stty rows 200; hc-show 1' /dev/null </dev/null | tr -d '\r' >actual
	ok 'or the page is short' grep -q '^person 1 ' actual
fi

exits 1 hc-show 9
says "no person '9'"
exits 65 hc-show 高橋
says 'give the number'
printf 'id\tname\n1\tx\n' >in
exits 65 sh -c 'hc-show <in'
says "no column 'person'"
exits 1 sh -c 'hc-show </dev/null'
says 'nobody is named'
exits 66 hc-show -d none.db 1

sleep 1.1
hc-show 1 | grep -v '	due	' >rows
then=$(date -u +%Y-%m-%dT%H:%M:%SZ)
sleep 1.1
hc-edit person 1 name='鈴木 花子' >actual
hc-show --as-of "$then" 1 >actual
cp rows expected
same 'as of then'
is 'found under the old name then' \
    "$(hc-search --as-of "$then" 高橋花子 | sed 1d | cut -f2)" '高橋 花子'
exits 1 hc-search 高橋花子
exits 1 hc-search --as-of "$then" 鈴木
done_testing
