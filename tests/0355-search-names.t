#!/bin/sh
# hc-search against lists of real family names: every spelling finds its own.
. "${0%/*}/lib.sh"
names=$HC_ROOT/../shared/data/names
[ -f "$names/people/last_name_org.csv" ] ||
    skip_all 'the lists of names are not here (../shared)'
need python3
HC_DB=hc.db
export HC_DB
hc-init -q --office 112038

# Every family name once, with variants of kanji, and what must not fold.
count=$(soak 60 600)
python3 - "$names" "$count" <<'END'
import csv, sys, unicodedata
names, count = sys.argv[1], int(sys.argv[2])
kata = lambda t: ''.join(chr(ord(c) + 96) if 'ぁ' <= c <= 'ゖ' else c
    for c in t)
# Half-width kana: the inverse of NFKC.
half = {}
for c in list(range(0xff66, 0xff9e)):
    half[unicodedata.normalize('NFKC', chr(c))] = chr(c)
    for mark in 'ﾞﾟ':
        one = unicodedata.normalize('NFKC', chr(c) + mark)
        if len(one) == 1:
            half[one] = chr(c) + mark
rows = [(r[0], r[2], r[3]) for r in csv.reader(
    open(names + '/people/last_name_org.csv', encoding='utf-8'))]
people = open('people.tsv', 'w')
people.write('name\tkana\tother_name\n')
queries = open('queries.tsv', 'w')
n = 0
def person(name, kana, other=''):
    global n
    n += 1
    people.write(f'{name}\t{kana}\t{other}\n')
    return n
def query(kind, text, who):
    queries.write(f'{kind}\t{text}\t{who}\n')
for i, (kanji, kana, romaji) in enumerate(rows):
    who = person(kanji + '　花子', kana + '　はなこ')
    if i % (len(rows) // count) == 0:
        query('kanji', kanji, who)
        query('kana', kana, who)
        query('katakana', kata(kana), who)
        query('half-width', ''.join(half.get(c, c) for c in kata(kana)),
            who)
        query('romaji', romaji, who)
for family in ('高髙', '崎﨑', '辺邊邉', '斎齋斉齊'):
    ids = [person('架' + c + '空', '') for c in family]
    for c in family:
        for who in ids:
            query('variant', '架' + c + '空', who)
who = person('Nguyễn Thị Hương', '')
for text in ('Nguyễn Thị Hương', 'nguyen thi huong', 'HUONG NGUYEN',
    'ＮＧＵＹＥＮ'):
    query('accents', text, who)
# A pair that looks alike must not meet; - is nobody.
for a, b in ('未末', '士土', '己已', '大犬', '渕淵'[:1] + '測', '柿杮'):
    person('非' + a + '字', '')
    query('other', '非' + b + '字', '-')
END
hc-edit -q --tsv person <people.tsv >made
is 'all are saved' "$(($(wc -l <made) - 1))" "$(($(wc -l <people.tsv) - 1))"

tab=$(printf '\t')
for kind in kanji kana katakana half-width romaji variant accents other; do
	asked=0
	missed=
	grep "^$kind$tab" queries.tsv >some
	while IFS=$tab read -r _ text who; do
		asked=$((asked + 1))
		hc-search -q -l 0 "$text" >found </dev/null || :
		if [ "$who" = - ]; then
			[ "$(wc -l <found)" -eq 1 ] || missed="$missed $text"
		else
			id=$(printf '112038%09d' "$who")
			grep -q "^$id$tab.*exact$" found ||
			    missed="$missed $text"
		fi
	done <some
	if [ -z "$missed" ]; then
		pass "$kind: all of $asked"
	else
		fail "$kind: all of $asked" "not:$missed"
	fi
done
done_testing
