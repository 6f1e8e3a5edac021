#!/bin/sh
# Editions of one list: what the list has changed is changed, what staff have
# mended stays, marks are taken back, rows are withdrawn.
. "${0%/*}/lib.sh"
need sqlite3

list()
{
	file=$1
	shift
	printf '%s\n' "$@" >"$file"
}

query()
{
	sqlite3 -tabs -readonly hc.db "$1"
}

office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
}

# brings STATUS 'ROWS NEW CHANGED UNCHANGED REFUSED WARNINGS' ARGUMENTS...
brings()
{
	wanted=$1
	numbers=$2
	shift 2
	exits "$wanted" hc-import --today 2020-12-31 "$@"
	is "brings $numbers" "$(tail -n +2 actual | cut -f 4-9 |
	    tr '\t' ' ')" "$numbers"
}

# ---- Staff and list ----
office
list 1.csv '番号,氏名,電話番号,居住地,重症度,退院' \
    '1,見本 一郎,048-000-0001,みどり市,軽症,' '2,見本 二郎,,みどり市,軽症,1'
brings 0 '2 2 0 0 0 0' cases 1.csv
hc-edit -q episode 1 residence=川口市 severity=severe >/dev/null
hc-edit -q phone 1 number=048-000-9999 >/dev/null
brings 0 '2 0 0 2 0 0' cases 1.csv
is 'the same list again leaves what staff have mended' \
    "$(query "SELECT residence, severity FROM episode WHERE number = 1")" \
    '川口市	severe'
list 2.csv '番号,氏名,電話番号,居住地,重症度,退院' \
    '1,見本 一郎,048-000-0001,みどり市,中等症,' '2,見本 二郎,,,軽症,'
brings 0 '2 0 2 0 0 0' cases 2.csv
is 'and so does an edition that changes another cell' \
    "$(query "SELECT residence, severity FROM episode WHERE number = 1")" \
    '川口市	moderate'
is 'a number that was mended does not come back' \
    "$(query 'SELECT group_concat(digits) FROM phone')" 0480009999
is 'a mark that is gone is gone' "$(query "SELECT coalesce(discharged, ''),
    coalesce(residence, '') FROM episode WHERE number = 2")" '	'
brings 0 '2 0 0 2 0 0' cases 2.csv
brings 0 '2 0 2 0 0 0' cases 1.csv
list 3.csv '番号,居住地' '1,' '2,'
brings 0 '2 0 2 0 0 0' --keep-cleared cases 3.csv
is '--keep-cleared clears nothing' "$(query "SELECT residence FROM episode
    WHERE number = 1")" 川口市

# ---- Undo, and the list once more ----
office
brings 0 '2 2 0 0 0 0' cases 1.csv
brings 0 '2 0 2 0 0 0' cases 2.csv
exits 0 hc-log undo 3
brings 0 '2 0 2 0 0 0' cases 2.csv
is 'what was taken back comes again' "$(query "SELECT severity FROM episode
    WHERE number = 1")" moderate

# ---- What waits for another list is looked at again ----
office
list contacts.csv '番号,氏名,患者番号,続柄' 'C1,見本 花子,7,妻'
brings 0 '1 1 0 0 0 1' contacts contacts.csv
says 'no episode has this number; it is not linked'
list cases.csv '番号,氏名' '7,見本 七郎'
brings 0 '1 1 0 0 0 0' cases cases.csv
brings 0 '1 0 1 0 0 0' contacts contacts.csv
is 'the contact is linked' "$(query 'SELECT count(*) FROM contact')" 1
brings 0 '1 0 0 1 0 0' contacts contacts.csv

# ---- Cases and contacts are both numbered from 1 ----
office
list cases.csv '番号,氏名' '1,見本 甲' '2,見本 乙'
list contacts.csv '番号,氏名,患者番号,続柄' '1,見本 丙,1,同僚' '2,見本 丁,1,友人'
brings 0 '2 2 0 0 0 0' cases cases.csv
brings 0 '2 2 0 0 0 0' contacts contacts.csv
is 'the number of a case is that of a case' "$(query "SELECT count(*)
    FROM contact c JOIN episode e ON e.id = c.source
    WHERE e.kind = 'case' AND e.number = 1")" 2

# ---- Rows that no longer count ----
office
list 1.csv '番号,氏名,発症日,備考' '1,見本 一郎,2020-12-01,' \
    '2,見本 二郎,2020-12-02,' '3,見本 三郎,2020-12-03,' '4,見本 四郎,,' \
    '5,見本 五郎,,検査の取り下げがあったが、後日あらためて受検した。' \
    '6,見本 六郎,,' '7,見本 七郎,,'
brings 0 '7 7 0 0 0 0' cases 1.csv
list 2.csv '番号,氏名,発症日,備考' '1,見本 一郎,2020-12-01,発生届取り下げ' \
    '2,欠番,,' '3,見本 三郎,2020-12-03,No.1と重複' '4,見本 四郎,,重複（№99）' \
    '5,見本 五郎,,検査の取り下げがあったが、後日あらためて受検した。' \
    '6,見本 六郎,12月8日付けで患者発生届の取り下げがありました,' \
    '7,見本 七郎,,12月29日12月30日に重複発表にて欠番となりました'
brings 0 '7 0 6 1 0 1' cases 2.csv
says 'which episode it repeats is not known; it stays open'
query "SELECT e.number, e.status, d.number, p.name FROM episode e
    JOIN person p ON p.id = e.person
    LEFT JOIN episode d ON d.id = e.duplicate_of ORDER BY e.id" >actual
printf '%s\t%s\t%s\t%s\n' 1 withdrawn '' '見本 一郎' 2 withdrawn '' '見本 二郎' \
    3 duplicate 1 '見本 三郎' 4 open '' '見本 四郎' 5 open '' '見本 五郎' \
    6 withdrawn '' '見本 六郎' 7 withdrawn '' '見本 七郎' >expected
same '取り下げ, 欠番 and 重複 set the status'
brings 0 '7 0 0 7 0 1' cases 2.csv
brings 0 '7 0 5 2 0 0' cases 1.csv
is 'and what the list takes back is open again' "$(query "SELECT
    group_concat(number) FROM episode WHERE status = 'open'")" 1,2,3,4,5,6,7

# ---- One person, two spellings ----
office
list 1.csv '番号,氏名,生年月日' '1,黒澤 一郎,S45.1.2' '2,黒沢 一郎,S45.1.2'
brings 0 '2 2 0 0 0 0' cases 1.csv
brings 0 '2 0 0 2 0 0' cases 1.csv
is 'both spellings are kept' "$(query 'SELECT name, other_name
    FROM person')" '黒澤 一郎	黒沢 一郎'
list 2.csv '番号,氏名,生年月日' '1,黒沢 一郎,S45.1.2' '2,黒沢 一郎,S45.1.2'
brings 0 '2 0 1 1 0 0' cases 2.csv
is 'a correction of the list is one' "$(query 'SELECT name FROM person')" \
    '黒沢 一郎'

# ---- What else a row makes ----
tests()
{
	query 'SELECT count(*), group_concat(sampled_date)
	    FROM (SELECT sampled_date FROM test ORDER BY sampled_date)'
}
office
list 1.csv '番号,氏名,検体採取日,検査結果,入院日' \
    '1,見本 一郎,2020-12-01,陽性,2020-12-02' '2,見本 二郎,,,'
brings 0 '2 2 0 0 0 0' cases 1.csv
list 2.csv '番号,氏名,検体採取日,検査結果,入院日' \
    '1,見本 一郎,2020-12-03,陽性,2020-12-02' '2,見本 二郎,2020-12-04,陰性,'
brings 0 '2 0 2 0 0 0' cases 2.csv
is 'a test is corrected, and one that comes later is added' "$(tests)" \
    '2	2020-12-03,2020-12-04'
list 3.csv '番号,氏名,検体採取日,検査結果,入院日' \
    '1,見本 一郎,2020-12-05,陽性,2020-12-02' '2,見本 二郎,2020-12-06,陰性,'
brings 0 '2 0 2 0 0 0' cases 3.csv
is 'both are found again' "$(tests)" '2	2020-12-05,2020-12-06'
hc-edit -q --delete test 1 2 >/dev/null
brings 0 '2 0 2 0 0 0' cases 2.csv
is 'and made anew when they were deleted' "$(tests)" \
    '2	2020-12-03,2020-12-04'
brings 0 '2 0 2 0 0 0' cases 3.csv
is 'after which they are known too' "$(tests)" '2	2020-12-05,2020-12-06'
is 'the stay stayed' "$(query 'SELECT count(*) FROM stay')" 1
exits 0 hc-check
done_testing
