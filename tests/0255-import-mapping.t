#!/bin/sh
# Mappings as definitions: what a heading may mean, which mapping a list is
# read by, and the year of dates that have none.
. "${0%/*}/lib.sh"
need sqlite3

office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
}

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

# brings STATUS 'ROWS NEW CHANGED UNCHANGED REFUSED WARNINGS' ARGUMENTS...
brings()
{
	wanted=$1
	numbers=$2
	shift 2
	exits "$wanted" hc-import "$@"
	is "brings $numbers" "$(tail -n +2 actual | cut -f 4-9 |
	    tr '\t' ' ')" "$numbers"
}

# define LINE...: rows of mapping and heading, with these columns.
define()
{
	{
		printf 'kind\tname\tentity\talso\tlabel_ja\tlabel_en\tmapping'
		printf '\theading\tfield\twords\tdates\tconstants\n'
		# Each line has as many cells as the first.
		printf '%b\n' "$@" | awk -F '\t' -v OFS='\t' '{ $12 = $12; print }'
	} >mapping.tsv
	exits 0 hc-define apply mapping.tsv
}

# ---- Which mapping ----
office
list p.csv 'No,氏名,公表_年月日,年代,性別' '1,見本 一郎,2020-12-01,30代,男'
list f.csv '名称,種別,住所' '見本病院,病院,みどり市見本1-1'
brings 0 '1 1 0 0 0 0
1 1 0 0 0 0' -v p.csv f.csv
says "p.csv: its headings are those of 'cases'"
says "f.csv: its headings are those of 'facilities'"
exits 0 hc-import ./p.csv
is 'the summary names the mapping' "$(tail -n 1 actual | cut -f 2)" cases
list counts.csv 'No,コード,甲,乙,丙,丁,備考' '1,1,a,い,金,う,'
exits 65 hc-import counts.csv
says "counts.csv: its headings fit no mapping well; best is 'cases' with 2 of 7"
exits 64 hc-import cases
says 'no file is named'
exits 64 hc-import --year 20 cases p.csv
says "'20' is no year"

# ---- One cell, several fields ----
office
list shared.csv '発表番号,患者情報' '1,４０代男性' \
    '2,男性・50代' '3,10歳未満の女児' '4,60代女性（県内3例目の同居親族）' \
    '5,"30代、女"' '6,非公表'
brings 0 '6 6 0 0 0 0' cases shared.csv
list words.csv '発表番号,年代・性別' '7,踊り子'
brings 1 '1 0 0 0 1 0' cases words.csv
says "'踊り子' holds words that are none of these:"
query "SELECT number, age_band, sex, e.note FROM episode e
    JOIN person p ON p.id = e.person ORDER BY e.id" >actual
printf '%s\t%s\t%s\t%s\n' 1 40s male '' 2 50s male '' 3 under10 female '' \
    4 60s female 県内3例目の同居親族 5 30s female '' 6 '' '' '' >expected
same 'age and sex of one cell, in any order, and what is left over'

# ---- Names in two columns, dates in three ----
office
list parts.csv '番号,姓,名,セイ,メイ,確定年,確定月,確定日' \
    '1,見本,一郎,ミホン,イチロウ,2020,1,15' '2,見本,,,,2020,2,30' \
    '3,,花子,,,2020,2,'
brings 1 '3 2 0 0 1 0' --today 2020-12-31 cases parts.csv
says "no such day in the calendar: '2020-2-30'"
query "SELECT p.name, p.kana, diagnosed_date FROM episode e
    JOIN person p ON p.id = e.person ORDER BY e.id" >actual
printf '%s\t%s\t%s\n' '見本 一郎' 'ミホン イチロウ' 2020-01-15 花子 '' '' \
    >expected
same 'name and surname are one name, year, month and day one date'

# ---- A mapping of the office's own ----
office
define 'mapping\town\tepisode\tperson|vaccination\t自前\town\t\t\t\t\tdmy\tepisode.kind=case|vaccination.dose=1|vaccination#2.dose=2' \
    'heading\t\t\t\t\t\town\t受付\tepisode.number' \
    'heading\t\t\t\t\t\town\t発表\tepisode.reported_date+episode.note' \
    'heading\t\t\t\t\t\town\t程度\tepisode.severity\t軽い、元気=mild|Ｃ=severe|他=' \
    'heading\t\t\t\t\t\town\t氏名\tperson.name' \
    'heading\t\t\t\t\t\town\t備考\t-' \
    'heading\t\t\t\t\t\town\t１回目\tvaccination.date' \
    'heading\t\t\t\t\t\town\t２回目\tvaccination#2.date' \
    'heading\t\t\t\t\t\town\t製品\tvaccination#*.product'
list own.csv '受付,発表,程度,氏名,備考,１回目,製品,２回目,製品,新しい列' \
    '1,01.02.2021,軽い、元気,見本 一郎,あ,02.03.2021,ファイザー,23.03.2021,モデルナ,ん' \
    '2,03.02.2021,c,見本 二郎,い,,,,,' '3,04.02.2021,他,見本 三郎,,,,,,' \
    '4,05.02.2021,軽い,見本 四郎,,,,,,'
brings 1 '4 3 0 0 1 0' -v --today 2021-12-31 own own.csv
says "no field takes '新しい列'; its cells are kept in source_row"
says "'軽い' is none of the choices"
query "SELECT number, reported_date, note, severity FROM episode
    WHERE note IS NOT NULL ORDER BY id" >actual
printf '%s\t%s\t%s\t%s\n' 1 2021-02-01 01.02.2021 mild \
    2 2021-02-03 03.02.2021 severe 3 2021-02-04 04.02.2021 '' >expected
same 'a cell for two fields, words of a column, the day first'
query "SELECT date, product FROM vaccination ORDER BY id" >actual
printf '%s\t%s\n' 2021-03-02 pfizer 2021-03-23 moderna >expected
same 'two doses of one row, the second by the heading that comes again'
is 'a column that means nothing is kept' "$(query "SELECT cells
    FROM source_row WHERE row = 2")" '{"備考":"あ","新しい列":"ん"}'
brings 1 '4 0 0 3 1 0' --today 2021-12-31 own own.csv
{
	head -n 1 mapping.tsv | cut -f 1-9
	printf 'heading\t\t\t\t\t\town\tx\tepisode.nix\n'
} >bad.tsv
exits 65 hc-define apply bad.tsv
says "no field 'nix'"

# ---- Years ----
office
list title.csv '陽性者一覧　令和3年1月14日現在,' '番号,公表日' '1,12月30日' '2,1月13日'
brings 0 '2 2 0 0 0 0' --today 2022-05-01 cases title.csv
query "SELECT number, reported_date FROM episode ORDER BY id" >actual
printf '%s\t%s\n' 1 2020-12-30 2 2021-01-13 >expected
same 'the year is that of the day in the title'
office
list rows.csv '番号,公表日' '令和3年,' '3,1月13日' '令和2年,' '2,12月30日' '1,1月20日'
brings 0 '3 3 0 0 0 0' --today 2021-01-31 cases rows.csv
query "SELECT number, reported_date FROM episode ORDER BY number" >actual
printf '%s\t%s\n' 1 2020-01-20 2 2020-12-30 3 2021-01-13 >expected
same 'a year between the rows holds for those below it'
office
list heading.csv '番号,公表日（令和2年）,発症日' '1,1月20日,1月18日'
brings 0 '1 1 0 0 0 0' --today 2021-01-31 cases heading.csv
is 'a year in a heading is its own' "$(query "SELECT reported_date, onset_date
    FROM episode")" '2020-01-20	2021-01-18'
office
brings 0 '1 1 0 0 0 0' --today 2022-01-31 --year 2019 cases heading.csv
is '--year is the word of the user' "$(query "SELECT onset_date
    FROM episode")" 2019-01-18
done_testing
