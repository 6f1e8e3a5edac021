#!/bin/sh
# hc-search: who is found by what, in which order.
. "${0%/*}/lib.sh"
HC_DB=hc.db
export HC_DB

hc-init -q --office 112038
{
	hc-edit person name='高橋　花子' kana='タカハシ　ハナコ' household=A1 \
	    phone=048-000-1111 address='みどり市本町2-3' birth_date=1980-04-02
	hc-edit person name='髙橋 一郎' kana='たかはし いちろう' household=A1
	hc-edit person name='高階 高橋子' kana='たかしな たかはしこ'
	hc-edit person name='Nguyễn Văn Đức' phone=090-0000-2345
	hc-edit person name='加藤 翔' kana='カトウ ショウ'
	hc-edit person name='後藤 翔子' kana='ゴトウ ショウコ'
	hc-edit facility name='医療法人社団　高仁会 川口病院' kind=hospital \
	    phone=03-0000-7654
	hc-edit person 5 workplace=1
	hc-edit episode person=1 kind=case number=12
	hc-edit episode person=5 kind=case number=123
	hc-edit consultation person=6 content='発熱が続く'
} >made

# find WORD...: the numbers of who is found, in order, on one line.
find()
{
	hc-search "$@" 2>err | sed '1d; s/^112038//; s/	.*//; s/^0*//' |
	    tr '\n' ' ' | sed 's/ $//'
}

for word in 高橋花子 髙橋花子 タカハシハナコ ﾀｶﾊｼﾊﾅｺ たかはしはなこ \
    takahasihanako 'TAKAHASHI Hanako' 'hanako takahashi' '花子　高橋'; do
	is "$word" "$(find "$word")" 1
done
is 'exact before inside' "$(find 高橋)" '1 2 3'
is 'by reading' "$(find たかはし)" '1 2 3'
is 'one character' "$(find 翔)" '5 6'
is 'accents or none' "$(find 'nguyen van duc') $(find NGUYỄN)" '4 4'
is 'the last digits, and the household' "$(find 1111)" '1 2'
is 'three digits inside' "$(find phone:480)" '1 2'
is 'a number with +81' "$(find +81-48-000-1111)" '1 2'
is 'full-width digits' "$(find ０９０－００００－２３４５)" 4
is 'a facility leads to who works there' "$(find 高仁会)" 5
is 'with another legal form' "$(find 'facility:医療法人財団高仁会')" 5
is 'its telephone too' "$(find 7654)" 5
is 'a short number is a whole one' "$(find 12)" 1
is 'a longer one may go on' "$(find number:123)" 5
is 'a note of a consultation' "$(find note:発熱)" 6
is 'an address' "$(find 本町)" 1
is 'all words must fit' "$(find 高橋 本町)" 1
is 'no other word does' "$(find 高橋 発熱)" ''
is 'only in the class that is named' "$(find address:高橋)" ''
is 'heard wrongly' "$(find かどう)" 5
is 'exact ones before near ones' "$(find ごとう)" 6
is 'other kanji are others' "$(find 高梁)" ''
is 'where' "$(find -w 'birth_date < 1990-01-01' たかはし)" 1
is 'where alone' "$(find -w 'birth_date < 1990-01-01')" 1
is 'where of their episodes' "$(find -w 'number = '"'12'")" 1
is 'all of one episode' \
    "$(find -w kind=case -w "number begins '12'" たかはし)" 1
is 'and of the person' \
    "$(find -w "number begins '12'" -w 'birth_date < 1990-01-01')" 1
exits 65 hc-search -w 'nix = 1' -w kind=case
says "unknown name 'nix'"
is 'a kept filter' "$(find --filter open_cases)" '1 2'
is 'and more' "$(find --filter open_cases -w "number = '123'")" 2
is 'about people' "$(find -e person --filter open_cases 翔)" 5
hc-define add filter x_old entity=person 'expr=birth_date < 1990-01-01' \
    label_ja=昔 label_en=old >made
is 'one of our own' "$(find --filter x_old)" 1
exits 65 hc-search --filter nix 高橋
says "there is no filter 'nix'; 'hc-define list filter' names them"
is 'other entities' "$(find -e facility 川口)" 1
is 'limit' "$(find -l 1 高橋)" 1
says '2 more; --limit shows them'

printf 'name\texact\nname\texact\nname\tprefix\n' >expected
hc-search 高橋 2>err | sed 1d | cut -f11,12 >actual
same 'what matched, and how' expected actual

hc-search 鷲沼 >actual 2>err
printf 'person\tname\tkana\tbirth_date\tage\tphone\taddress\tnumber\tkind\tstatus\tmatched\trank\n' >expected
same 'nobody: the header line alone'
exits 1 hc-search 鷲沼
says 'nobody is found'
exits 64 hc-search
says 'what to look for is missing'
exits 65 hc-search '・・'
says "nothing to look for in '・・'"
exits 65 hc-search phone:12
says 'has not three digits'
exits 65 hc-search -e persom 高橋
says "did you mean 'person'?"
exits 65 hc-search -w 'birth_dat < 1990-01-01' 高橋
exits 66 hc-search -d none.db 高橋

# What is typed never reaches the engine as syntax.
for word in '"' '*' 'a"b' 'NEAR(' 'x OR y' 'name : x' '^高橋' "';--" '%_' \
    '{name} : x' 'AND' 'NOT' '-x' '\'; do
	status=0
	hc-search -q -- "$word" >actual 2>err || status=$?
	if [ $status -le 1 ] || [ $status -eq 65 ]; then
		pass "survives $word"
	else
		fail "survives $word" "$(cat err)"
	fi
done
exits 65 hc-search "$(printf '%0700d' 1)"

# Changes are seen at once, and forgotten names are not found.
hc-edit person 3 name='新名 高子' kana= >actual
is 'the new name' "$(find 新名)" 3
is 'not the old one' "$(find 高階)" ''
hc-edit --delete consultation 1 >actual
is 'nor what was deleted' "$(find 発熱)" ''
hc-edit --merge person 1 2 >actual
is 'a merged person leads to the one that is left' "$(find 一郎)" 1

# Who looked is known before anything is shown.
before=$(wc -l <hc.db.access)
hc-search 花子 >actual
is 'a line of the access log' "$(($(wc -l <hc.db.access) - before))" 1
ok 'names the person' grep -q '112038000000001' hc.db.access

# A pager left open holds up nobody.
{ hc-search -l 0 翔 | { read -r line; sleep 3; }; } &
reader=$!
sleep 0.3
ok 'an open pager does not hold up a writer' \
    within 2 hc-edit person 5 note=急ぎ
wait $reader
done_testing
