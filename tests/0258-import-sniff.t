#!/bin/sh
# What a list seems to be (task/import_sniff.h, by tests/bin/sniff-cat.c), and
# a mapping made of it.
. "${0%/*}/lib.sh"
need sqlite3
HC_TODAY=2020-12-31
export HC_TODAY

hc-init -q --office 112038 --name みどり市保健所
cat >positives_20201225.csv <<'EOT'
陽性者一覧　令和2年12月25日現在,,,,,,,,
No.,氏名,"陽性
判明日",年代・性別,陽性者の住所,届け出た日,連絡をする先,覚え,性別２
1,見本 一郎,12月1日,40代男性,みどり市1-1,2020/12/2,048-000-0001,あ,男
2,見本 花子,12月2日,30代女性,みどり市1-2,2020/12/3,090-0000-0002,調査中,女
3,見本 三郎,,非公表,みどり市1-3,2020/12/4,048-000-0003,う,男
EOT
exits 0 sniff-cat positives_20201225.csv
cat >expected <<'EOT'
cases 4/9, contacts 4, unsure, positives, row 2, 3 rows, key 0
0	No.	episode.number	mapping	3 0 0 3 0 0 0	1|2|3	
1	氏名	person.name	exact	3 0 0 0 0 0 3	見本 一郎|見本 花子|見本 三郎	
2	陽性
判明日	episode.diagnosed_date	mapping	2 0 2 0 0 0 0	12月1日|12月2日	
3	年代・性別	episode.age|person.sex	mapping	3 1 0 0 0 0 2	40代男性|30代女性	
EOT
head -n 6 actual >top
same 'mapping, headings, kinds of values, examples' expected top
is 'a heading that holds a known one' "$(grep 陽性者の住所 actual | cut -f 3,7 |
    cut -d ' ' -f 1)" '	person.address'
is 'telephone numbers' "$(grep 連絡をする先 actual | cut -f 5,7)" \
    '3 0 0 0 3 0 0	phone.number?'
ok 'dates' sh -c 'grep 届け出た日 actual | grep -q "episode.*date?"'
is 'a word of absence is none' "$(grep 覚え actual | cut -f 5)" \
    '3 1 0 0 0 0 2'

# ---- Kept as a mapping, mended, applied ----
exits 0 sniff-cat positives_20201225.csv ours
is 'an unknown heading means nothing, with a hint' "$(sqlite3 hc.db "SELECT
    field, note FROM heading WHERE mapping = 'ours'
    AND heading = '連絡をする先'" | cut -d ' ' -f 1,2)" '-|perhaps phone.number'
exits 0 hc-define set heading ours 連絡をする先 field=phone.number
exits 0 hc-import ours positives_20201225.csv
is 'it reads the list' "$(tail -n 1 actual | cut -f 2,4-8)" 'ours	3	3	0	0	0'
is 'by what was mended' "$(sqlite3 hc.db "SELECT digits FROM phone
    WHERE id % 10 = 2")" 09000000002
is 'days are those before the title' "$(sqlite3 hc.db "SELECT diagnosed_date
    FROM episode WHERE number = 1")" 2020-12-01
exits 0 hc-import positives_20201225.csv
is 'and is found by the headings' "$(tail -n 1 actual | cut -f 2,7)" 'ours	3'

echo 'a,b' >none.csv
exits 65 sniff-cat none.csv
says 'none.csv: no row holds a heading that any mapping knows'

# ---- Any size ----
{
	echo '番号,氏名,公表日'
	seq -f '%.0f,見本,2020-12-01' 300000
} >long.csv
exits 0 within 5 sniff-cat long.csv
is 'only the first rows are looked at' "$(head -n 1 actual | cut -d , -f 6)" \
    ' 5000 rows+'
done_testing
