#!/bin/sh
# hc-import on workbooks: which sheet, what is hidden, kinds of cells; and on
# texts that are larger than memory should be.
. "${0%/*}/lib.sh"
need sqlite3 prlimit zip unzip
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null ||
    skip_all 'python3-openpyxl is not there'

query()
{
	sqlite3 -tabs -readonly hc.db "$1"
}

office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
}

# book NAME: a workbook from the Python lines on standard input.
book()
{
	{
		echo 'import datetime, openpyxl'
		echo 'book = openpyxl.Workbook()'
		cat
		echo "book.save('$1')"
	} | /usr/bin/python3 -
}

# counts: rows, new, changed, unchanged, refused of actual.
counts()
{
	tail -n +2 actual | cut -f 4-8 | tr '\t' ' '
}

# ---- Which sheet ----
book many.xlsx <<'PY'
first = book.active
first.title = '非表示'
first.append(['番号', '氏名'])
first.append([99, '隠れ 太郎'])
first.sheet_state = 'hidden'
notes = book.create_sheet('説明')
notes.append(['この表の見かた'])
cases = book.create_sheet('陽性者')
cases.append(['陽性者一覧'])
cases.append([])
cases.append(['番号', '氏名', '発症日', '年代', '備考'])
cases.append([1, '高橋 一郎', datetime.date(2020, 12, 20), '30代', '001'])
cases.append([2, '佐藤 花子', datetime.date(2020, 12, 21), '#N/A', None])
cases['C4'].number_format = 'm"月"d"日"'
cases.append([3, '鈴木 次郎', None, '40代', None])
cases.row_dimensions[6].hidden = True
cases.column_dimensions['E'].hidden = True
other = book.create_sheet('別表')
other.append(['番号', '氏名'])
other.append([7, '田中 三郎'])
PY
office
exits 1 hc-import --today 2020-12-25 cases many.xlsx
is 'the first visible sheet with headings' "$(counts)" '3 2 0 0 1'
says "many.xlsx: sheet '陽性者' is read, not '非表示' (hidden), '説明', '別表'"
says 'many.xlsx[陽性者]:5: D (年代): an error value of the spreadsheet'
says 'many.xlsx[陽性者]: hidden rows are read too (1, the first is 6)'
says 'many.xlsx[陽性者]: the hidden column E (備考) is read too'
is 'dates as they are, texts as typed' \
    "$(query "SELECT onset_date, note FROM episode WHERE number = '1'")" \
    '2020-12-20	001'
exits 0 hc-import --today 2020-12-25 --sheet 4 cases many.xlsx
is 'a sheet by number' "$(counts)" '1 1 0 0 0'
exits 0 hc-import --today 2020-12-25 --sheet 非表示 cases many.xlsx
is 'a hidden one by name' "$(counts)" '1 1 0 0 0'
exits 65 hc-import --sheet 名簿 cases many.xlsx
says "many.xlsx has no sheet '名簿'; there are 1 '非表示', 2 '説明', 3 '陽性者'"
exits 65 hc-import --sheet 5 cases many.xlsx
exits 65 hc-import --sheet 2 cases many.xlsx
says 'many.xlsx[説明]: none of the first 20 rows'
printf '番号,氏名\n1,高橋\n' >text.csv
exits 65 hc-import --sheet 2 cases text.csv
says 'text.csv is a text, which has no sheets'
exits 1 hc-import cases - <many.xlsx
is 'a workbook from a pipe' "$(counts)" '3 0 0 2 1'
mkdir folder
exits 66 hc-import cases folder

# ---- Merged cells, error values, cut files ----
book merged.xlsx <<'PY'
sheet = book.active
sheet.append(['番号', '氏名', '居住地'])
sheet.append([1, '高橋 一郎', '川口市'])
sheet.append([2, '佐藤 花子', None])
sheet.append([3, '鈴木 次郎', '蕨市'])
sheet.merge_cells('C2:C3')
PY
office
exits 0 hc-import cases merged.xlsx
is 'a cell of two rows stands for both' \
    "$(query 'SELECT residence FROM episode ORDER BY id' | tr '\n' ' ')" \
    '川口市 川口市 蕨市 '
exits 0 hc-import cases merged.xlsx
is 'the same again changes nothing' "$(counts)" '3 0 0 3 0'
size=$(wc -c <merged.xlsx)
head -c $((size / 2)) merged.xlsx >half.xlsx
exits 65 hc-import cases half.xlsx
says 'half.xlsx: '

# ---- Furigana, and error values that no field takes ----
book kana.xlsx <<'PY'
sheet = book.active
sheet.append(['番号', '氏名', '検算'])
sheet.append([1, '高橋一郎', '#REF!'])
sheet.append([2, '佐藤花子', 5])
PY
mkdir parts
(cd parts && unzip -q ../kana.xlsx)
sheet=parts/xl/worksheets/sheet1.xml
sed 's|<t>&#39640;&#27211;&#19968;&#37070;</t>|&<rPh sb="0" eb="2"><t>タカハシ</t></rPh><rPh sb="2" eb="4"><t>イチロウ</t></rPh>|' \
    $sheet >new && mv new $sheet
rm kana.xlsx
(cd parts && zip -qr ../kana.xlsx .)
office
exits 0 hc-import cases kana.xlsx
says "kana.xlsx:2: warning: C (検算): an error value of the spreadsheet"
is 'furigana is the reading, and not in the name' \
    "$(query 'SELECT name, kana FROM person ORDER BY id' | tr '\n' ' ')" \
    '高橋一郎	タカハシイチロウ 佐藤花子	 '
is 'it is not kept' "$(query "SELECT count(*) FROM source_row
    WHERE cells LIKE '%REF%'")" 0

# ---- What a list seems to be ----
exits 0 hc-import sniff many.xlsx
is 'a line for each column, and why' "$(cut -f 1-4 actual | tr '\t\n' ' ;')" \
    'column heading field why;A 番号 episode.number mapping;B 氏名 person.name+person.kana exact;C 発症日 episode.onset_date exact;D 年代 episode.age_band exact;E 備考 episode.note mapping;'
says "sheet 3 of 4 ('陽性者'), headings in row 3"
says "mapping 'cases' knows 5 of 5 headings"
says 'rows are known by column A'
says "this would import it: hc-import --source 'many' --sheet 3 cases 'many.xlsx'"
exits 0 hc-import sniff --save ours text.csv
says 'text.csv: text in UTF-8, headings in row 1'
says "hc-import --source 'text' ours 'text.csv'"
exits 0 hc-import ours text.csv
is 'the mapping is there' "$(counts)" '1 1 0 0 0'
exits 65 hc-import sniff folder/../half.xlsx
exits 66 hc-import sniff missing.csv
exits 64 hc-import sniff
exits 64 hc-import --save ours cases text.csv

# ---- Texts of any size ----
awk 'BEGIN {
	print "番号,氏名,備考"
	for (i = 0; i < 60000; i++)
		printf "%d,試験 %d,%01000d\n", i, i, 0
}' >large.csv
office
# A sanitizer's shadow takes more than any list.
limit='prlimit --data=150000000'
[ -z "$HC_TOOL" ] || limit=
exits 0 $limit hc-import -n cases large.csv
is 'a file of 60 MB in less memory' "$(counts)" '60000 60000 0 0 0'
iconv -f UTF-8 -t CP932 large.csv >sjis.csv
printf '60000,\201\n' >>sjis.csv
exits 65 hc-import -n cases sjis.csv
says 'sjis.csv:60002: the bytes 81'
done_testing
