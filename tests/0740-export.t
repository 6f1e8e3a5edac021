#!/bin/sh
# hc-export: what is in a record comes out, and no cell becomes a formula.
. "${0%/*}/lib.sh"
need unzip perl iconv

hc-init -q --office 112038
cat >formulas <<'EOT'
=1+1
+81-90-0000-0000
-1
@SUM(A1)
=HYPERLINK("http://example.jp/","x")
=cmd|' /C calc'!A0
  =1+1
＝1+1
＋1
－1
＠x
'=1
EOT
awk 'BEGIN { print "name\tnote" } { print "人" NR "\t" $0 }' formulas |
    sed 's/\\/\\\\/g' | hc-edit -q --tsv person >made
add phone person=1 kind=own number=090-0000-0001 >made
episode=$(add episode person=1 kind=case status=open reported_date=2020-12-24 \
    age=41)
n=$(wc -l <formulas | tr -d ' ')

# ---- Pipes: as it is ----

exits 0 hc-export person --fields name,note
quiet
cut -f 4 actual | sed 1d >notes
sed 's/^ *//' formulas >expected
sed 's/^ *//' notes >actual
same 'a pipe has texts as they are'
exits 0 hc-export person
is 'all fields' "$(head -n 1 actual | cut -f 1-4 | tr '\t' ' ')" \
    'id revision name kana'
exits 0 hc-export person --where "name = '人2'" -f json --fields name
ok 'JSON' grep -q '"name":"人2"' actual
exits 0 hc-export episode --fields person.name,kind
is 'a field of another record' "$(sed -n 2p actual | cut -f 3)" '人1'
exits 0 hc-export person --where "name = 'nobody'"
is 'no record: the header alone' "$(wc -l <actual | tr -d ' ')" 1

# ---- CSV ----

exits 0 hc-export person -f csv --fields name,note
is 'a BOM' "$(head -c 3 actual | od -An -tx1 | tr -d ' ')" efbbbf
is 'every dangerous cell is defused' \
    "$(sed 1d actual | grep -cE ",\"?'")" "$n"
exits 0 hc-export person -f csv --codes --encoding utf-8 --fields name,sex
is 'field names and no BOM' "$(head -n 1 actual | tr -d '\r')" \
    'id,revision,name,sex'
add person name='𠮷田 ☃' >made
add person name='髙﨑～－' >made
exits 1 hc-export person --encoding cp932 -f csv --fields name
iconv -f CP932 -t UTF-8 actual >utf8
says "'𠮷' cannot be written in CP932"
says '2 characters could not be written'
ok 'what it lacks is 〓' grep -q '〓田 〓' utf8
ok 'Windows'\'' own characters are there' grep -q '髙﨑～－' utf8

# ---- Workbooks ----

exits 0 hc-export episode -o cases.xlsx
exits 0 hc-export phone -o phones.xlsx
exits 0 hc-export person --fields name,note -o persons.xlsx
mkdir cases phones persons
for book in cases phones persons; do
	ok "$book.xlsx is a whole zip" unzip -q $book.xlsx -d $book
done
sheet=xl/worksheets/sheet1.xml
is 'no cell of a workbook is a formula' \
    "$(cat ./*/xl/worksheets/*.xml | grep -c '<f>')" 0
ok 'but text' grep -q '=HYPERLINK' persons/xl/sharedStrings.xml
ok 'a telephone number is text' \
    grep -q '<t>090-0000-0001</t>' phones/xl/sharedStrings.xml
ok 'a date is a date' grep -q '<v>44189</v>' cases/$sheet
ok 'an age is a number' grep -q '<v>41</v>' cases/$sheet
ok 'the header is fixed' grep -q 'state="frozen"' cases/$sheet
is 'id and revision are hidden' "$(grep -o 'hidden="1"' cases/$sheet |
    wc -l | tr -d ' ')" 2
ok 'choices have lists' grep -q '<dataValidation type="list"' cases/$sheet
ok 'of words' grep -q '<t>closed</t>' cases/xl/sharedStrings.xml
ok 'in a hidden sheet' grep -q 'name="lists".*state="hidden"' \
    cases/xl/workbook.xml
ok 'ids are whole' grep -q "<v>$episode</v>" cases/$sheet
hc-edit -q --tsv person <<'EOT' >made
name	note
長い	LONG
EOT
exits 0 env HC_LANG=ja hc-export person --fields name -o ja.xlsx
mkdir ja
unzip -q ja.xlsx -d ja
ok 'headings in the user'\''s language' grep -q '氏名' \
    ja/xl/sharedStrings.xml

# ---- Access, and what is wrong ----

lines=$(wc -l <hc.db.access)
hc-export phone >/dev/null
is 'each export is noted' "$(wc -l <hc.db.access | tr -d ' ')" $((lines + 1))
ok 'with whom it showed' sh -c 'tail -n 1 hc.db.access |
    grep -q "hc-export	phone	$(cat ids2)"'
exits 65 hc-export perso
says "did you mean 'person'?"
exits 65 hc-export person --fields nam
says "did you mean 'name'?"
exits 65 hc-export person --where 'name ='
exits 65 hc-export person --fields id
exits 64 hc-export
exits 64 hc-export person --encoding cp932
exits 64 hc-export person --encoding latin1 -f csv
exits 66 hc-export -d none.db person
exits 73 hc-export person -o none/x.csv
if [ -w /dev/full ]; then
	exits 74 sh -c 'hc-export person >/dev/full'
fi
done_testing
