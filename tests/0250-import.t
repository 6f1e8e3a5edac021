#!/bin/sh
# hc-import on small lists: what is understood, what is refused and how.
. "${0%/*}/lib.sh"
need sqlite3 iconv

# A new office in ./hc.db.
office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
}

# list FILE LINE...: a list of these lines.
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

# counts FILE: rows, new, changed, unchanged, refused, warnings of actual.
counts()
{
	tail -n +2 "$1" | cut -f 4-9 | tr '\t' ' '
}

# brings STATUS 'ROWS NEW CHANGED UNCHANGED REFUSED WARNINGS' ARGUMENTS...
brings()
{
	wanted=$1
	numbers=$2
	shift 2
	exits "$wanted" hc-import "$@"
	is "brings $numbers" "$(counts actual)" "$numbers"
}

content()
{
	query "SELECT id, revision FROM episode ORDER BY id;
	    SELECT id, revision, name FROM person ORDER BY id;
	    SELECT count(*) FROM run; SELECT count(*) FROM change"
}

# ---- Where the headings stand ----
office
list titles.csv '令和2年12月1日現在　陽性者名簿' '' '（取扱注意）,,' \
    'No.,患者 年代,［公表日］' '1,３０代,2020-12-01' '2,10歳未満,2020-12-01' \
    ',,' 'No.,患者 年代,［公表日］' '3,90歳以上,2020-12-02' '合計,3,'
brings 0 '3 3 0 0 0 0' -v --source a cases titles.csv
says "titles.csv: UTF-8, headings in row 4"
says "2 headings, totals and notes passed over"
query "SELECT number, age_band, reported_date FROM episode" >actual
printf '%s\t%s\t%s\n' 1 30s 2020-12-01 2 under10 2020-12-01 \
    3 90over 2020-12-02 >expected
same 'the row of headings is found under titles; bands of ages'
brings 0 '3 0 0 3 0 0' --source a cases titles.csv
query "SELECT count(*) FROM run" >actual
echo 2 >expected
same 'the same list twice leaves no run'

# ---- Encodings, delimiters, names of a heading ----
list plain.csv '番号,氏名,フリガナ,性別,職業' \
    '11,見本 一郎,ﾐﾎﾝ ｲﾁﾛｳ,男性,会社員' '12,髙﨑 花子,ミホン,F,－' \
    '13,③見本,ミホン,2,調査中'
office
iconv -f UTF-8 -t CP932 plain.csv >cp932.csv
brings 0 '3 3 0 0 0 0' cases cp932.csv
brings 0 '3 0 0 3 0 0' cases plain.csv
{ printf '\357\273\277'; sed 's/$/\r/' plain.csv; } >bom.csv
brings 0 '3 0 0 3 0 0' cases bom.csv
tr ',' '\t' <plain.csv >tabs.tsv
brings 0 '3 0 0 3 0 0' cases tabs.tsv
tr ',' ';' <plain.csv >semicolons.csv
brings 0 '3 0 0 3 0 0' cases semicolons.csv
iconv -f UTF-8 -t UTF-16 plain.csv >utf16.csv
brings 0 '3 0 0 3 0 0' cases utf16.csv
brings 0 '3 0 0 3 0 0' cases - <plain.csv
query "SELECT name, kana, sex FROM person ORDER BY id" >actual
printf '%s\t%s\t%s\n' '見本 一郎' 'ミホン イチロウ' male \
    '髙﨑 花子' ミホン female '③見本' ミホン female >expected
same 'CP932, UTF-8 with and without BOM, UTF-16, tabs, semicolons, stdin'
query "SELECT field, reason FROM absence ORDER BY record, field" >actual
printf '%s\t%s\n' occupation not_applicable occupation investigating \
    >expected
same 'words that say why are reasons, not values'

# ---- Ditto marks, ages, dates, telephones, facilities ----
office
list all.csv '番号,氏名,年齢,診断日,発症日,電話番号,医療機関,身長' \
    '1,見本 一郎,34歳,令和2年11月16日,R2.11.14,"048-000-0001
090-0000-0002",見本 病院,170' \
    '2,見本 二郎,３０代,〃,11/15,48-000-0003,同上,' \
    '3,見本 三郎,6か月,2020年11月17日（火）,2020/11/15,,見本病院,60'
brings 0 '3 3 0 0 0 0' --today 2020-12-01 cases all.csv
query "SELECT number, age, age_band, diagnosed_date, onset_date,
    notifying_facility FROM episode ORDER BY id" >actual
printf '%s\t%s\t%s\t%s\t%s\t%s\n' \
    1 34 30s 2020-11-16 2020-11-14 112038000000001 \
    2 '' 30s 2020-11-16 2020-11-15 112038000000001 \
    3 0 under10 2020-11-17 2020-11-15 112038000000001 >expected
same 'eras, short dates, 〃 and 同上, ages of every kind, one facility'
query "SELECT person % 1000000000, digits FROM phone ORDER BY id" >actual
printf '%s\t%s\n' 1 0480000001 1 09000000002 2 0480000003 >expected
same 'several numbers in one cell, and a lost zero'
query "SELECT cells, row FROM source_row ORDER BY id" >actual
printf '%s\t%s\n' '{"身長":"170"}' 2 '{"身長":"60"}' 4 >expected
same 'cells that no field takes are kept, with the row of the spreadsheet'

# ---- Dates that can be read in two ways ----
office
list two.csv '番号,診断日' '1,03/04/05' '2,05/06/07'
exits 65 hc-import --today 2020-12-01 cases two.csv
says "two.csv: column '診断日':"
is 'nothing on stdout' "$(cat actual)" ''
is 'nothing is in' "$(query 'SELECT count(*) FROM episode')" 0
list one.csv '番号,診断日' '1,03/14/2020' '2,05/06/2020'
brings 0 '2 2 0 0 0 0' --today 2020-12-01 cases one.csv
is 'one cell decides for the column' \
    "$(query 'SELECT diagnosed_date FROM episode WHERE number = 2')" \
    2020-05-06

# ---- Wrong cells ----
office
list wrong.csv '番号,氏名,年代,診断日,性別' '1,見本 一郎,40代,2020-12-01,男' \
    '2,見本 二郎,40代,2020-13-01,男' '3,"見本
三郎",四十路,2021-02-29,男' '4,見本 四郎,40代,2020-12-01,不思議' \
    '5,見本 五郎,40代,2020-12-02,女'
exits 1 hc-import --rejects rejects.csv --errors errors.tsv cases wrong.csv
is 'good rows go in' "$(counts actual)" '5 2 0 0 3 0'
says "wrong.csv:3: D (診断日): no such day in the calendar: '2020-13-01'"
says "wrong.csv:4: C (年代): "
says "wrong.csv:4: D (診断日): no such day in the calendar: '2021-02-29'"
says "wrong.csv:5: E (性別): "
is 'every problem stands in --errors' \
    "$(cut -f 2-6 errors.tsv | tr '\t\n' '  ')" \
    'row column heading value kind 3 D 診断日 2020-13-01 refused 4 C 年代 四十路 refused 4 D 診断日 2021-02-29 refused 5 E 性別 不思議 refused '
ok 'rejects begin with a BOM and the reasons' \
    grep -q "^$(printf '\357\273\277')取込不可の理由,番号,氏名" rejects.csv
is 'three rows are rejected' "$(grep -c 見本 rejects.csv)" 3
sed -i 's/2020-13-01/2020-12-03/g; s/四十路/40代/g
    s/2021-02-29/2021-02-28/g; s/不思議/男/g' rejects.csv
brings 1 '3 2 0 0 1 0' --today 2020-12-31 --rejects rejects.csv \
    cases rejects.csv
is 'what is still wrong stays, in the same file' \
    "$(grep -c . rejects.csv)" 3
says 'rejects.csv:3: '
sed -i 's/2021-02-28/2020-12-28/g' rejects.csv
brings 0 '1 1 0 0 0 0' --today 2020-12-31 cases rejects.csv
is 'mended rows are all in' "$(query 'SELECT count(*) FROM episode')" 5

office
content >before
exits 65 hc-import --strict --rejects r.csv cases wrong.csv
says 'wrong.csv: 3 rows are wrong; nothing was imported'
content >after
same '--strict: all or nothing' before after
is '--strict writes the rejects all the same' "$(grep -c 見本 r.csv)" 3
content >before
brings 1 '5 2 0 0 3 0' -n cases wrong.csv
content >after
same '--dry-run says the same and leaves nothing' before after

list many.csv '番号,診断日'
i=1
while [ $i -le 25 ]; do
	echo "$i,2020-13-$i" >>many.csv
	i=$((i + 1))
done
exits 1 hc-import -o summary cases many.csv
is 'twenty problems are told' "$(grep -c '^hc-import: many.csv:' err)" 20
says '5 more problems; --errors FILE has all'
exits 1 hc-import --errors e.tsv -o summary cases many.csv
is '--errors has all' "$(grep -c refused e.tsv)" 25

# ---- Editions ----
office
list first.csv '番号,氏名,年代,備考,退院日' '1,見本 一郎,40代,あ,' \
    '2,見本 二郎,調査中,い,'
list second.csv '番号,氏名,年代,備考,退院日' '1,見本 一郎,40代,,2020-12-20' \
    '2,見本 二郎,50代,い,' '3,見本 三郎,50代,,'
brings 0 '2 2 0 0 0 0' --today 2020-12-31 cases first.csv
brings 0 '3 1 2 0 0 0' --today 2020-12-31 cases second.csv
query "SELECT number, age_band, note, released_date, revision
    FROM episode ORDER BY id" >actual
printf '%s\t%s\t%s\t%s\t%s\n' 1 40s '' 2020-12-20 2 2 50s い '' 2 \
    3 50s '' '' 1 >expected
same 'by number: new values in, what the list has cleared is cleared'
is 'a reason goes when the value comes' \
    "$(query 'SELECT count(*) FROM absence')" 0
brings 0 '3 3 0 0 0 3' --today 2020-12-31 --source other cases second.csv
is 'another list has numbers of its own' \
    "$(query 'SELECT count(*) FROM episode')" 6

list twice.csv '番号,氏名' '71,見本 甲' '72,見本 乙' '71,見本 丙' '72,見本 乙'
brings 1 '4 2 0 1 1 0' cases twice.csv
says 'twice.csv:4: A (番号): row 2 has the same number'

# ---- Who is it? ----
office
list p1.csv '氏名,生年月日,電話番号' '見本 一郎,S45.1.2,048-000-0001' \
    '見本 二郎,,048-000-0002'
list p2.csv '氏名,生年月日,電話番号,住所' \
    '見本　一郎,1970-01-02,,見本町1' '見本二郎,,(048)000-0002,見本町2' \
    '見本 一郎,1999-01-02,,見本町3' '見本 二郎,,,見本町4'
brings 0 '2 2 0 0 0 0' persons p1.csv
brings 0 '4 2 2 0 0 1' persons p2.csv
says 'p2.csv:5: warning: A (氏名): perhaps the same person as 2'
query "SELECT name, birth_date, address FROM person ORDER BY id" >actual
printf '%s\t%s\t%s\n' '見本 一郎' 1970-01-02 見本町1 '見本 二郎' '' 見本町2 \
    '見本 一郎' 1999-01-02 見本町3 '見本 二郎' '' 見本町4 >expected
sed -i 's/見本　一郎/見本 一郎/; s/見本二郎/見本 二郎/' actual
same 'name and birth date, name and number; never the name alone'

# ---- Contacts, and what belongs to a number ----
office
list c.csv '番号,氏名' '1,見本 一郎'
list k.csv '接触者番号,患者番号,氏名,最終接触日' \
    'K1,1,見本 花子,2020-12-01' 'K2,99,見本 月子,2020-12-02'
list t.csv '患者番号,検体採取日,検査結果' '1,2020-12-03,陽性' \
    '98,2020-12-03,陰性'
brings 0 '1 1 0 0 0 0' cases c.csv
brings 0 '2 2 0 0 0 1' --today 2020-12-31 contacts k.csv
says 'k.csv:3: warning: B (患者番号): no episode has this number'
query "SELECT source % 1000000000, episode % 1000000000, last_date
    FROM contact" >actual
printf '%s\t%s\t%s\n' 1 2 2020-12-01 >expected
same 'a contact is linked with its case'
brings 0 '2 0 0 2 0 1' --today 2020-12-31 contacts k.csv
brings 1 '2 1 0 0 1 0' --today 2020-12-31 tests t.csv
says 't.csv:3: A (患者番号): no episode has this number; import the cases'
brings 1 '2 0 0 1 1 0' --today 2020-12-31 tests t.csv

# ---- Lists without numbers ----
office
list nokey.csv '公表日,年代,性別' '2020-12-01,30代,男' '2020-12-01,30代,男' \
    '2020-12-01,40代,女'
exits 65 hc-import cases nokey.csv
says 'no column holds the'
says '--no-key imports it all the same'
brings 0 '3 3 0 0 0 0' --today 2020-12-31 --no-key cases nokey.csv
brings 0 '3 0 0 3 0 0' --today 2020-12-31 --no-key cases nokey.csv

list names.csv '患者氏名,採取日,検査方法,結果' '見本 六郎,2020-12-03,PCR,' \
    '見本 七郎,2020-12-03,PCR,陰性'
list names2.csv '患者氏名,生年月日,採取日,検査方法,結果' \
    '見本 八郎,1970-01-01,2020-12-03,PCR,'
list names3.csv '患者氏名,生年月日,採取日,検査方法,結果' \
    '見本 八郎,1970-01-01,2020-12-03,PCR,陽性'
brings 0 '2 2 0 0 0 0' --today 2020-12-31 tests names.csv
brings 0 '2 0 0 2 0 0' --today 2020-12-31 tests names.csv
brings 0 '1 1 0 0 0 0' --today 2020-12-31 tests names2.csv
brings 0 '1 0 1 0 0 0' --today 2020-12-31 tests names3.csv
brings 0 '1 0 0 1 0 0' --today 2020-12-31 tests names3.csv

# ---- What is no list ----
office
printf '<!DOCTYPE html>\n<html><body>404</body></html>\n' >page.csv
exits 65 hc-import cases page.csv
says 'page.csv: the file is a web page (HTML), not a list'
says 'HTML'
: >empty.csv
exits 65 hc-import cases empty.csv
says "'empty.csv' is empty"
exits 65 hc-import cases - </dev/null
list words.csv 'あいう,かきく' 'さ,し'
exits 65 hc-import cases words.csv
says "holds a heading that 'cases' knows"
printf 'PK\003\004xxxxxxxxxxxxxxxxxxxxxxxx' >book.csv
exits 65 hc-import cases book.csv
printf '番号,氏名\n1,\377\376\200\n' >bytes.csv
exits 65 hc-import cases bytes.csv
printf '番号,氏名\n1,"見本\n2,見本\n' >quote.csv
exits 1 hc-import cases quote.csv
says 'quote.csv:2: '
is 'an open quote takes the rest, and says so' "$(counts actual)" '1 0 0 0 1 0'
list only.csv '番号,氏名'
brings 0 '0 0 0 0 0 0' cases only.csv

exits 66 hc-import cases no-such-file.csv
says "cannot open 'no-such-file.csv'"
exits 66 hc-import cases .
exits 66 hc-import -d no.db cases plain.csv
exits 64 hc-import case plain.csv
says "there is no mapping or entity 'case', did you mean 'cases'?"
exits 64 hc-import cases
exits 64 hc-import
exits 64 hc-import --rejects r cases plain.csv plain.csv
exits 73 hc-import -o no/such/folder cases plain.csv
fails 'rejects that cannot be made stop it at once' \
    hc-import --rejects no/such/file cases plain.csv

# ---- Several files ----
office
exits 65 hc-import cases c.csv page.csv plain.csv
is 'what went in before a bad file is told' "$(counts actual)" \
    '1 1 0 0 0 0'
is 'and nothing after it' "$(query 'SELECT count(*) FROM episode')" 1
brings 0 "1 0 0 1 0 0
3 3 0 0 0 1" cases c.csv plain.csv
is 'each file is a run of its own' \
    "$(query "SELECT count(*) FROM run WHERE note LIKE 'import of%'")" 2
is 'the log has no personal data' \
    "$(query "SELECT count(*) FROM run WHERE note LIKE '%見本%'
    OR options LIKE '%csv%'")" 0

# ---- Interrupted ----
office
content >before
{
	echo 番号,氏名,年代
	awk 'BEGIN { for (i = 1; i <= 60000; i++)
		print i ",見本 " i ",40代" }'
} >long.csv
hc-import cases long.csv >out 2>err &
pid=$!
sleep 0.7
kill -INT $pid
status=0
wait $pid || status=$?
if [ $status -eq 0 ]; then
	skip 'interrupted' 'the machine is too fast'
else
	is 'an interrupt is no success' $status 75
	says 'interrupted; nothing was imported'
	content >after
	same 'an interrupt leaves nothing' before after
fi
# ---- What a stay is follows from the place ----

rm -f hc.db*
hc-init -q --office 112038
printf '%s\n' '名称,種別' '見本ホテル,宿泊療養施設' '見本病院,病院' '見本苑,高齢者施設' \
    >places.csv
hc-import -q facilities places.csv >out
printf '%s\n' '番号,氏名,診断日' '1,見本 一,2020-12-01' '2,見本 二,2020-12-01' \
    '3,見本 三,2020-12-01' >cases.csv
hc-import -q cases cases.csv >out
printf '%s\n' '番号,施設名,入所日' '1,見本ホテル,2020-12-02' \
    '2,見本病院,2020-12-02' '3,見本苑,2020-12-02' >stays.csv
hc-import -q stays stays.csv >out
is 'a hotel, a hospital and a care home by their kinds' \
    "$(sqlite3 hc.db 'SELECT kind FROM stay ORDER BY id' | tr '\n' ' ')" \
    'hotel hospital care '

# ---- Words that are a value in one column and a reason in another ----
office
list words.csv '番号,症状程度,症状,発症日' '1,無症状,症状なし,症状なし' \
    '2,－,"発熱、味覚・嗅覚障害",不明'
brings 0 '2 2 0 0 0 0' cases words.csv
query "SELECT number, severity, symptoms, onset_date FROM episode
    ORDER BY id" >actual
printf '%s\t%s\t%s\t%s\n' 1 none '' '' 2 '' 'fever;taste_smell' '' >expected
same '無症状 is a severity, not the want of one'
list results.csv '検査番号,氏名,採取日,方法,結果' \
    'T1,見本 一郎,2020-12-01,PCR,(-)' 'T2,見本 二郎,2020-12-01,PCR,(+)' \
    'T3,見本 三郎,2020-12-01,PCR,－'
brings 0 '3 3 0 0 0 0' --today 2020-12-31 tests results.csv
query "SELECT number, result FROM test ORDER BY id" >actual
printf '%s\t%s\n' T1 negative T2 positive T3 '' >expected
same '(-) is a result, a bare dash none'
list marks.csv '患者番号,日付,体温,症状' '1,2020-12-01,37.6,"発熱、咳、めまい"'
brings 0 '1 1 0 0 0 0' --today 2020-12-31 observations marks.csv
is 'words of a health report that have a field each' "$(query "SELECT
    temperature, feverish, cough, other_symptom FROM observation")" \
    "376	1	1	めまい"
done_testing
