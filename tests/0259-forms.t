#!/bin/sh
# Files of one person each become a list, whatever they were filled in with.
. "${0%/*}/lib.sh"

/usr/bin/python3 -c 'import docx, openpyxl, xlwt' 2>/dev/null ||
    skip_all 'python3-openpyxl, -xlwt and -docx are not all here'
mkdir many
/usr/bin/python3 "$HC_ROOT/tests/forms-make.py" "$(soak 50 500)" ||
    fail 'forms are made'

export HC_DB=hc.db HC_TODAY=2021-08-20

office()
{
	rm -f hc.db*
	hc-init --office 112038 --name 見本保健所 2>/dev/null
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
	exits "$wanted" hc-import -f tsv --form "$@"
	is "brings $numbers" "$(tail -n 1 actual | cut -f 4-9 |
	    tr '\t' ' ')" "$numbers"
}

persons='SELECT name, kana, birth_date, sex FROM person ORDER BY id'

office
brings 0 '2 2 0 0 0 0' --source 調査票 cases a.xlsx b.xlsx
query "$persons" >actual
printf '%s\t%s\t%s\t%s\n' '見本 太郎' 'ミホン タロウ' 1985-04-01 male \
    '見本 花子' 'ミホン ハナコ' 1990-05-06 female >expected
same 'labels have their values beside them'
query 'SELECT onset_date, symptoms FROM episode ORDER BY id' >actual
printf '2021-08-10\tfever;headache\n2021-08-11\tcough\n' >expected
same 'what is ticked, in a cell or in several'
is 'telephones' "$(query 'SELECT number FROM phone ORDER BY id' |
    tr '\n' ' ')" '090-0000-0000 090-0000-0001 '
brings 0 '2 0 0 2 0 0' --source 調査票 cases a.xlsx b.xlsx
brings 0 '1 0 0 1 0 0' --source 調査票 cases b.xlsx

# A file that is wrong is told by its cell; the others are in.
brings 1 '3 1 0 0 2 0' --source 相談票 --rejects wrong.csv cases \
    d.docx e.docx none.xlsx
says "d.docx:2: B (生年月日): no such day in the calendar: '1971-02-30'"
says "none.xlsx: it is no form: 'cases' knows none of its labels"
is 'the tables of a document are one form' "$(query "SELECT birth_date,
    onset_date, symptoms FROM episode e JOIN person p ON p.id = e.person
    WHERE p.name = '見本 次郎'")" '1971-02-28	2021-08-09	fever'
sed 's/1971-02-30/1971-02-28/g' wrong.csv | exits 0 hc-import --source 相談票 \
    cases -
is 'mended rejects go in as a list' "$(query "SELECT count(*) FROM episode
    e JOIN person p ON p.id = e.person WHERE p.name = '見本 次郎'")" 2

# A workbook of several sheets, and one of them.
office
brings 0 '2 2 0 0 0 0' --no-key cases c.xls
query "$persons" | cut -f 1,3 >actual
printf '見本 太郎\t1985-04-01\n見本 花子\t1990-05-06\n' >expected
same 'each sheet that is a form is a person'
brings 0 '1 0 0 1 0 0' --no-key --sheet 2人目 cases c.xls
exits 65 hc-import --form --no-key --sheet 9 cases c.xls
says "c.xls: there is no sheet '9'"

# Cells by their place.
office
printf 'kind\tmapping\theading\tfield\nheading\tcases\tH1\tepisode.number\n' \
    >heading.tsv
exits 0 hc-define apply heading.tsv
brings 0 '2 2 0 0 0 0' cases a.xlsx b.xlsx
is 'a mapping names a cell' "$(query 'SELECT number FROM episode ORDER BY
    id' | tr '\n' ' ')" 'C-1 C-2 '

n=$(soak 50 500)
brings 0 "$n $n 0 0 0 0" cases many/*.xlsx

# What a file seems to be.
office
exits 0 hc-import sniff -f tsv a.xlsx
says "a.xlsx: a form of one record, of whose labels 'cases' knows 7"
says "this would import it: hc-import --form --source 'a' cases 'a.xlsx'"
is 'what was filled in, and where' "$(cut -f 1-3,7 actual | sed -n '2p;4p')" \
    "C3	氏名	person.name	見本 太郎
C4	生年月日	person.birth_date	S60.4.1"
exits 0 hc-import sniff -f tsv d.docx
says "d.docx: a form of one record, of whose labels 'cases' knows 6"

# What cannot be.
exits 64 hc-import --form a.xlsx
says '--form needs a mapping'
exits 64 hc-import --form nonsense a.xlsx
says "no mapping or entity 'nonsense'"
office
exits 65 hc-import --form cases a.xlsx
says "with --source NAME the files' names are the numbers"
printf 'a,b\n' >list.csv
exits 65 hc-import --form cases list.csv
says 'it is no form, but a text'
exits 65 hc-import --form --strict --no-key cases a.xlsx none.xlsx
is 'strict: nothing is in' "$(query 'SELECT count(*) FROM person')" 0
exits 66 hc-import --form cases a.xlsx missing.xlsx
says "cannot open 'missing.xlsx'"
done_testing
