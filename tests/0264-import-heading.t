#!/bin/sh
# Headings in two rows, columns without one, and which mapping a list is read
# by when several know its headings.
. "${0%/*}/lib.sh"
need sqlite3
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null ||
    skip_all 'python3-openpyxl is not there'

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

# mapping NAME ENTITY ALSO [FIELD=VALUE...], heading MAPPING HEADING FIELD
mapping()
{
	name=$1
	entity=$2
	also=$3
	shift 3
	hc-define -q add mapping "$name" entity="$entity" also="$also" \
	    label_ja="$name" label_en="$name" "$@" >/dev/null
}

heading()
{
	hc-define -q add heading "$1" "$2" field="$3" \
	    >/dev/null
}

# ---- Two rows of headings ----
cat >two.csv <<'CSV'
陽性者一覧,,,,,,
番号,患者,,,検査,,備考
,氏名,性別,年齢,検体採取日,結果判明日,
1,見本 一郎,男,34,2020-12-01,2020-12-02,調査中
2,見本 花子,女,40代,2020-12-03,2020-12-04,
番号,患者,,,検査,,備考
,氏名,性別,年齢,検体採取日,結果判明日,
3,見本 三郎,男,8,,2020-12-05,
CSV
office
exits 0 hc-import -v --today 2020-12-31 cases two.csv
is 'headings in two rows' "$(counts)" '3 3 0 0 0'
says '2 headings, totals and notes passed over'
cat >two.sql <<'SQL'
SELECT e.number, p.name, p.sex, e.age, e.diagnosed_date, t.sampled_date
FROM episode e JOIN person p ON p.id = e.person
LEFT JOIN test t ON t.episode = e.id ORDER BY 1
SQL
printf '%s\t%s\t%s\t%s\t%s\t%s\n' \
    1 '見本 一郎' male 34 2020-12-02 2020-12-01 \
    2 '見本 花子' female '' 2020-12-04 2020-12-03 \
    3 '見本 三郎' male 8 2020-12-05 '' >expected
cp expected two.expected
query "$(cat two.sql)" >actual
same 'each column has its field'
exits 0 hc-import sniff two.csv
says "headings in row 3"
is 'a heading is named by both' "$(sed -n 3p actual | cut -f 1-3)" \
    'B	患者 氏名	person.name'

/usr/bin/python3 - <<'PY'
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
for row in (['番号', '患者', None, None, '検査', None, '備考'],
            [None, '氏名', '性別', '年齢', '検体採取日', '結果判明日', None],
            [1, '見本 一郎', '男', 34, '2020-12-01', '2020-12-02', None],
            [2, '見本 花子', '女', '40代', '2020-12-03', '2020-12-04', None],
            [3, '見本 三郎', '男', 8, None, '2020-12-05', '調査中']):
    sheet.append(row)
for cells in 'A1:A2', 'B1:D1', 'E1:F1', 'G1:G2':
    sheet.merge_cells(cells)
sheet.merge_cells('G3:G4')
book.save('two.xlsx')
PY
office
exits 0 hc-import --today 2020-12-31 cases two.xlsx
is 'merged headings in two rows' "$(counts)" '3 3 0 0 0'
query "$(cat two.sql)" >actual
mv two.expected expected
same 'and each column has its field'

# Below one row of headings stands data.
printf '%s\n' '番号,氏名,備考' ',見本 一郎,' '2,見本 花子,あ' >one.csv
office
exits 0 hc-import sniff one.csv
says 'headings in row 1'

# What stands under several headings alike is told apart by them.
cat >doses.csv <<'CSV'
氏名,生年月日,1回目,,2回目,
,,接種日,ロット番号,接種日,ロット番号
見本 一郎,1950-01-01,2021-06-01,AB1,2021-06-22,CD2
CSV
office
mapping doses vaccination person \
    'constants=vaccination.dose=1|vaccination#2.dose=2'
heading doses 1回目接種日 vaccination.date
heading doses 1回目ロット番号 vaccination.lot
heading doses 2回目接種日 vaccination#2.date
heading doses 2回目ロット番号 vaccination#2.lot
exits 0 hc-import --today 2021-07-01 doses doses.csv
query 'SELECT date, lot FROM vaccination ORDER BY date' >actual
printf '%s\t%s\n' 2021-06-01 AB1 2021-06-22 CD2 >expected
same 'two doses side by side'

# ---- Rows that hold no data ----
/usr/bin/python3 - <<'PY'
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
for row in (['番号', '公表日', '氏名', '備考'],
            ['令和2年', None, None, None],
            [1, '12月30日', '見本 一郎', None],
            ['令和3年', None, None, None],
            [2, '1月4日', '見本 花子', None],
            ['※ 年代は公表時のもの', None, None, None],
            [None, None, '注）氏名は仮名', None],
            ['##', 'text', 'date', 'text'],
            [3, '1月5日', '見本 三郎', '※ 再検査']):
    sheet.append(row)
for row in 2, 4, 6:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
book.save('notes.xlsx')
PY
office
exits 0 hc-import -v --today 2021-12-31 cases notes.xlsx
is 'years and notes are no rows' "$(counts)" '3 3 0 0 0'
says '5 headings, totals and notes passed over'
is 'but years of dates' "$(query 'SELECT reported_date FROM episode
    ORDER BY id' | tr '\n' ' ')" '2020-12-30 2021-01-04 2021-01-05 '

printf '%s\n' '番号,公表日,氏名,年代' '1,2020-12-01,見本 一郎,30代' \
    '2,見本 花子,40代' '3,2020-12-40,見本 三郎,30代' '4,2020-12-04' >short.csv
office
exits 1 hc-import --today 2020-12-31 cases short.csv
is 'rows with cells left out' "$(counts)" '4 2 0 0 2'
says 'short.csv:3: the row has 3 cells, but there are 4 headings: see whether'
is 'only those are told so' "$(grep -c 'see whether' err)" 1

# ---- Columns without a heading ----
printf '%s\n' ',公表日,氏名,年代' '例1,2020-12-01,見本 一郎,30代' \
    '例2,2020-12-02,見本 花子,40代' >bare.csv
office
mapping bare episode person key=episode.number constants=episode.kind=case
heading bare A:A episode.number
heading bare 公表日 episode.reported_date
exits 0 hc-import --today 2020-12-31 bare bare.csv
is 'a column without a heading goes by its letter' "$(query 'SELECT number
    FROM episode ORDER BY id' | tr '\n' ' ')" '例1 例2 '

# ---- Which mapping ----
printf '%s\n' '番号,公表日,氏名,年代,性別' '1,2020-12-01,見本,30代,男' >list.csv
office
mapping foreign episode person
heading foreign case_id episode.number
mapping ours episode person constants=episode.kind=suspected
exits 0 hc-import -n --today 2020-12-31 list.csv
is 'one that only knows what all know is not taken' \
    "$(tail -n 1 actual | cut -f 2)" cases
heading ours 番号 episode.number
heading ours 公表日 episode.reported_date
heading ours 氏名 person.name
heading ours 年代 episode.age
exits 0 hc-import -n --today 2020-12-31 list.csv
is 'one whose own headings they are is taken' \
    "$(tail -n 1 actual | cut -f 2)" ours

# ---- None ----
printf '{"patients": [1, 2]}\n' >data.json
exits 65 hc-import data.json
says 'the file is data of a program (JSON), not a list: ask for the list as'
printf '%s\n' 'alpha,beta,gamma' 'x,y,z' >none.csv
exits 65 hc-import none.csv
says 'none.csv: the first 20 rows hold no known heading; if it is a list, write'
done_testing
