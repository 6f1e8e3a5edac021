#!/bin/sh
# Tables of counts, one row a day: they go in as daily figures, editions of
# one table (Kobe's, of 9 to 12 columns) into one list.
. "${0%/*}/lib.sh"
need sqlite3

office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
}

query()
{
	sqlite3 -tabs -readonly hc.db "$1"
}

# counts: rows, new, changed, unchanged, refused of actual.
counts()
{
	tail -n +2 actual | cut -f 4-8 | tr '\t' ' '
}

office
cat >one.csv <<'CSV'
,検査実施人数（日別）,陽性者数（日別）,"治癒確認（退院など）
（累計）"
2020-04-01,10,2,0
2020-04-02,12,3,
CSV
exits 0 hc-import one.csv
is 'a day in a column without a heading' "$(counts)" '2 2 0 0 0'
is 'the mapping' "$(tail -n 1 actual | cut -f 2)" figures
cat >two.csv <<'CSV'
日付,検査実施人数（日別）,入院中,陽性者数（日別）
2020/4/1,10,1,2
2020/4/2,13,4,3
2020/4/3,1,5,0
CSV
exits 0 hc-import two.csv
is 'the next edition, with another column' "$(counts)" '3 1 2 0 0'
query 'SELECT day, tests, positives, in_care, recovered_total FROM figure
    ORDER BY day' >actual
printf '%s\t%s\t%s\t%s\t%s\n' 2020-04-01 10 2 1 0 2020-04-02 13 3 4 '' \
    2020-04-03 1 0 5 '' >expected
same 'a day stays one record, and is corrected'
exits 0 hc-import two.csv
is 'once more' "$(counts)" '3 0 0 3 0'
printf '%s\n' '日付,地域,陽性者数（日別）' '2020-04-01,東区,-1' \
    '2020-04-01,西区,1' >wrong.csv
exits 1 hc-import --source wards wrong.csv
is 'no count is below zero' "$(counts)" '2 1 0 0 1'
exits 0 hc-log undo 3
is 'undone' "$(query 'SELECT count(*) FROM figure WHERE place IS NULL')" 2
exits 0 hc-report sql 'SELECT day, tests FROM figure WHERE place IS NULL
    ORDER BY day'
is 'they can be asked for' "$(sed -n 3p actual)" '2020-04-02	12'

printf '%s\n' '甲,乙,丙' '1,2,3' '4,5,6' '7,8,9' '10,11,12' >bare.csv
exits 65 hc-import bare.csv
says 'bare.csv: its rows are figures, not persons or events'

kobe=$HC_ROOT/../shared/data/real/kobe-xlsx
if [ ! -d "$kobe" ] || ! /usr/bin/python3 -c 'import openpyxl'; then
	skip 'Kobe' 'no folder ../shared/data/real or no openpyxl'
	done_testing
fi
office
for edition in 1_col9 2_col12 3_last; do
	exits 0 hc-import --sheet kobe --source kobe \
	    "$kobe/kansensya_pcr_$edition.xlsx"
	/usr/bin/python3 - "$kobe/kansensya_pcr_$edition.xlsx" >expected <<'PY'
import sys
import openpyxl
for row in list(openpyxl.load_workbook(
        sys.argv[1], data_only=True)['kobe'].iter_rows(values_only=True))[1:]:
    if row[0]:
        print(str(row[0])[:10], *('' if v is None else v for v in row[1:5]),
              sep='\t')
PY
	is "Kobe, $edition: rows" "$(tail -n 1 actual | cut -f 4,8)" \
	    "$(wc -l <expected)	0"
	query 'SELECT day, tests, tests_total, positives, positives_total
	    FROM figure ORDER BY day' >actual
	same "Kobe, $edition: as openpyxl reads it"
done
is 'one row a day' "$(query 'SELECT count(*) - count(DISTINCT day)
    FROM figure')" 0
done_testing
