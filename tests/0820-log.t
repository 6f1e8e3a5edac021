#!/bin/sh
# History and undo: a run taken back gives the records as they were; later
# work stays and is listed.
. "${0%/*}/lib.sh"

hc-init -q --office 112038
hc-check --content-hash >empty
add person name='試験 花子' >/dev/null		# run 2
hc-edit -q person 1 name='試験 華子' >/dev/null		# run 3
add phone person=1 number=048-000-0001 >/dev/null # 4

hc-log person 1 | cut -f 4- >actual
printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
    program entity record operation revision field old new \
    hc-edit person 112038000000001 insert 1 name '' '試験 花子' \
    hc-edit person 112038000000001 insert 1 mail_ok "" 1 \
    hc-edit person 112038000000001 update 2 name '試験 花子' '試験 華子' \
    >expected
same 'the history of a person'
hc-log access --person 1 | cut -f 1,2,5 >actual
printf 'record\tentity\tprogram\n112038000000001\tperson\thc-log\n' >expected
same 'and the look at it is noted'
exits 1 hc-log person 99
says 'nothing is known of'
exits 1 hc-log run 99
is 'the newest run first' "$(hc-log --limit 1 | sed 1d | cut -f 1)" \
    112038000000004
is 'none of somebody else' "$(hc-log --login nobody | wc -l)" 1
is 'none of another day' "$(hc-log --day 2001-01-01 | wc -l)" 1

exits 1 hc-log undo 2
printf 'record\tentity\tfield\treason\n%s\t\twas changed later\n' \
    '112038000000001	person' >expected
same 'a record that was changed later stays'
hc-check --content-hash >expected
exits 0 hc-log undo 3 --dry-run
hc-check --content-hash >actual
same 'a dry run takes nothing back'
exits 0 hc-log undo 4
exits 0 hc-log undo 3
is 'an update is taken back' "$(hc-log --limit 1 | sed 1d | cut -f 6)" \
    112038000000003
hc-edit -q --delete person 1 >/dev/null
hc-check --content-hash >actual
cp empty expected
same 'all is as it was'
last=$(hc-log --limit 1 | sed 1d | cut -f 1)
exits 0 hc-log undo "$last"
exits 0 hc-log undo $((last + 1))
hc-check --content-hash >actual
cp empty expected
same 'an undo can be taken back too'
exits 64 hc-log undo x
exits 1 hc-log undo 99
exits 65 hc-log nosuch 1
exits 0 hc-check
quiet 'the log agrees with the records'
done_testing
