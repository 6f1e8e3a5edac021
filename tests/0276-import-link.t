#!/bin/sh
# hc-import --link: lists that name each other's numbers are joined, whichever
# comes first; what waits is said and taken back like anything else.
. "${0%/*}/lib.sh"

cat >c.csv <<'CSV'
番号,氏名,生年月日,発症日
1,高橋 一郎,1980-01-02,2020-12-01
2,佐藤 花子,1990-03-04,2020-12-02
CSV
cat >t.csv <<'CSV'
患者番号,採取日,検査方法,結果,備考
1,1/3,PCR,陽性,"二行の
備考, と点"
2,1/4,PCR,陰性,
9,1/5,PCR,陰性,
CSV
cat >k.csv <<'CSV'
番号,氏名,患者番号,最終接触日
1,山田 太郎,2,2020-12-01
2,山田 次郎,9,2020-12-03
CSV

office()
{
	rm -f hc.db*
	hc-init -q --office 112038
}

# import LINE ...: the counts of the summary, rows to refused, and waiting.
import()
{
	hc-import -o out --today 2021-01-20 "$@" 2>err
	echo "$(sed -n 2p out | cut -f 4-8,11 | tr '\t' ' ')"
}

# joined: who was tested when, who met whom.
joined()
{
	hc-report sql -f tsv "SELECT 'test' AS what, p.name, e.number,
	    t.sampled_date AS day, t.note FROM test t
	    JOIN person p ON p.id = t.person JOIN episode e ON e.id = t.episode
	    UNION ALL SELECT 'contact', p.name, e.number, c.last_date, NULL
	    FROM contact c JOIN episode e ON e.id = c.source
	    JOIN episode k ON k.id = c.episode JOIN person p ON p.id = k.person
	    ORDER BY 1, 3"
}

waiting()
{
	hc-report sql -f tsv "SELECT source, link, number FROM waiting_row
	    ORDER BY source" | tail -n +2 | tr '\t\n' ' ;'
}

office
is 'the cases first' "$(import cases c.csv)" '2 2 0 0 0 0'
is 'the tests find them, but for one' "$(import --link cases tests t.csv)" \
    '3 2 0 0 0 1'
is 'the contacts go in' "$(import --link cases contacts k.csv)" '2 2 0 0 0 0'
joined >expected
is 'so many are joined' "$(wc -l <expected | tr -d ' ')" 4
is 'what has no case waits' "$(waiting)" 'contacts cases 9;tests cases 9;'

office
is 'the tests first: all wait' "$(import --link cases tests t.csv)" \
    '3 0 0 0 0 3'
cp err actual.err
says "t.csv:2: warning: A (患者番号): the list 'cases' has no row '1' yet"
is 'once more: nothing is written' "$(import --link cases tests t.csv)
$(sed -n 2p out | cut -f 10)" '3 0 0 0 0 3
'
is 'then the contacts' "$(import --link cases contacts k.csv)" '2 2 0 0 0 0'
is 'their own numbers 1 and 2 are not meant' "$(joined | wc -l | tr -d ' ')" 1
before=$(hc-check --content-hash)
exits 0 hc-import --today 2022-12-31 cases c.csv
says "2 rows of 'tests' that waited for 'cases' are in, as run 5"
says "1 rows of 'contacts' that waited for 'cases' are in, as run 6"
joined >actual
same 'the same is joined, with the days as they were read then'
is 'and the same waits' "$(waiting)" 'contacts cases 9;tests cases 9;'
is 'again: nothing changes' "$(import cases c.csv)" '2 0 0 2 0 0'
is 'nor of the tests' "$(import --link cases tests t.csv)" '3 0 0 2 0 1'
hc-log undo -q 6 >/dev/null 2>&1
hc-log undo -q 5 >/dev/null 2>&1
hc-log undo -q 4 >/dev/null 2>&1
is 'three undos: they wait as before' "$(hc-check --content-hash)" "$before"
exits 0 hc-check
exits 64 hc-import --form --link cases tests t.csv

office
is 'a plan writes nothing' "$(import --plan p.tsv --link cases tests t.csv)
$(waiting)" '3 0 0 0 0 3
'
ok 'but says what would wait' grep -q '^2	insert	waiting_row' p.tsv
done_testing
