#!/bin/sh
# hc-edit: adding, changing, conflicts, TSV, deleting, merging.
. "${0%/*}/lib.sh"
HC_DB=hc.db
export HC_DB

hc-init -q --office 112038

# value RECORD FIELD [ENTITY]
value()
{
	hc-show "$1" | awk -F'\t' -v f="$2" -v e="${3:-person}" \
	    '$2 == e && $5 == f && !n++ { print $6 }'
}

hc-edit person name='高橋 花子' 'birth_date＝Ｓ55.4.2' sex=女 \
    phone='048-000-1111、090-0000-2222' >actual 2>err
printf 'person\tdone\n112038000000001\tadded\n' >expected
same 'adds'
quiet
is 'an era' "$(value 1 birth_date)" 1980-04-02
is 'a label' "$(value 1 sex)" female
is 'two telephones' \
    "$(hc-show 1 | awk -F'\t' '$5 == "digits"' | wc -l)" 2
hc-edit -q person 1 phone=0480001111 >actual
is 'the same number again is the same' \
    "$(hc-show 1 | awk -F'\t' '$5 == "digits"' | wc -l)" 2

# All faults at once, nothing saved.
exits 65 hc-edit person nam=x sex=不明でない birth_date=3000-01-01
says "did you mean 'name'?"
says 'sex: '
says 'date of birth: '
ok 'all are told' test "$(wc -l <err)" -eq 3
exits 1 hc-search -w 'sex is absent'
exits 65 hc-edit persom name=x
says "did you mean 'person'?"
exits 64 hc-edit person 1 x
exits 64 sh -c 'hc-edit person 1 </dev/null'
exits 1 hc-edit person 9 note=x
exits 64 hc-edit --delete --merge person 1 2

# By name; several are listed.
hc-edit person name='高橋 花子' >actual
exits 65 hc-edit person 高橋花子 note=x
says "fits several of 'person': 1 (高橋 花子 1980-04-02), 2 (高橋 花子)"
exits 65 hc-edit consultation person=高橋花子 content=x
hc-edit consultation person=1 content='発熱' >actual 2>err
quiet 'a time that is not given is now'

# Dry run.
hc-edit -n person 1 name='髙橋 花子' note= >actual
printf 'record\tentity\tfield\told\tnew\n112038000000001\tperson\tname\t高橋 花子\t髙橋 花子\n' >expected
same 'a dry run shows what would change'
is 'and changes nothing' "$(value 1 name)" '高橋 花子'
hc-edit person 1 note=x >actual
hc-edit person 1 note= >actual
is 'an empty value clears' "$(value 1 note)" ''

# Lines, and the editor.
printf '# comment\n\nnote=a\\nb\n' | hc-edit person 1 >actual
is 'lines on standard input' "$(value 1 note)" 'a\nb'
EDITOR='sed -i s/^occupation=/occupation=会社員/' hc-edit -e person 1 >actual
is 'the editor' "$(value 1 occupation)" 会社員
is 'changes only that' "$(value 1 note)" 'a\nb'
exits 69 env EDITOR=false hc-edit -e person 1
says 'nothing is changed'

# Two at once.
hc-edit person name='並行 一' >actual
revision=1
hc-edit person 3 occupation=教員 >actual
ok 'different fields: both count' \
    hc-edit --if-revision $revision person 3 note=遅れ
is 'the first' "$(value 3 occupation)" 教員
is 'the second' "$(value 3 note)" 遅れ
exits 1 hc-edit --if-revision $revision person 3 occupation=医師
says "changed it to '教員'"
says "yours is '医師'"
is 'a conflict saves nothing' "$(value 3 occupation)" 教員
printf 'record\tentity\tfield\ttheirs\tyours\n' >expected
printf '112038000000003\tperson\toccupation\t教員\t医師\n' >>expected
hc-edit -q --if-revision $revision person 3 occupation=医師 2>err |
    cut -f 1-4,7 >actual
same 'and gives a row with both'
printf '%s\n' 'hc-edit -q person 3 occupation=農業 >/dev/null' \
    'sed -i "s/^occupation=.*/occupation=漁業/" "$1"' >slow-editor
exits 1 env EDITOR='sh slow-editor' hc-edit -e person 3
says "changed it to '農業'"
says 'your changes are kept in'
ok 'what was typed in the editor is not lost' grep -qx 'occupation=漁業' \
    "$(sed -n "s/.*are kept in '\([^']*\)'.*/\1/p" err)"
hc-edit -q person 3 occupation=教員 >actual
ok 'the same value is no conflict' \
    hc-edit --if-revision $revision person 3 occupation=教員
exits 65 hc-edit --if-revision 99 person 3 note=x
# Many pairs that start from one revision: one of each wins.
won=0
for i in 1 2 3 4 5; do
	r=$(hc-show -f table 3 | sed -n '1s/.*revision \([0-9]*\).*/\1/p')
	hc-edit --if-revision "$r" person 3 address="a$i" >a 2>&1 &
	one=$!
	hc-edit --if-revision "$r" person 3 address="b$i" >b 2>&1 &
	two=$!
	wait $one && won=$((won + 1))
	wait $two && won=$((won + 1))
done
is 'of each pair just one wins' "$won" 5

# TSV.
printf 'person\tname\tsex\n3\t並行 二\t男\n\t新井 一\t何か\n\t新井 二\t別物\n' >in
exits 65 sh -c 'hc-edit --tsv person <in'
says '-:3: sex: '
says '-:4: sex: '
says 'nothing is saved'
is 'all or nothing' "$(value 3 name)" '並行 一'
exits 1 sh -c 'hc-edit --tsv --keep-going person <in'
is 'or the good ones' "$(value 3 name)" '並行 二'
printf 'person\tname\textra\n\t新井 二\tx\n' >in
exits 0 sh -c 'hc-edit --tsv person <in'
says "column 'extra' is no field"
printf 'person\tname\nx\t新井\n' >in
exits 65 sh -c 'hc-edit --tsv person <in'
printf 'person\trevision\tnote\n3\t1\ty\n' >in
exits 1 sh -c 'hc-edit --tsv person <in'
says 'yours is'

# Several at once, all or nothing.
hc-edit person name='一度 一' >actual
hc-edit person name='一度 二' >actual
a=$(hc-search 一度一 | sed -n '2s/	.*//p')
b=$(hc-search 一度二 | sed -n '2s/	.*//p')
hc-edit person "$a" "$b" note=同時 >actual
printf 'person\tdone\n%s\tsaved\n%s\tsaved\n' "$a" "$b" >expected
same 'several records get the same value'
is 'in one run' "$(hc-log --limit 1 | sed 1d | cut -f 5)" 2
exits 65 hc-edit person "$a" "$b" birth_date=3000-01-01
exits 64 hc-edit person "$a" "$b" x
says "'x' is not NAME=VALUE"

# A name that only is a part of one is proposed, not taken.
hc-edit facility name='医療法人社団　高仁会 川口病院' kind=hospital >actual
exits 65 hc-edit person "$a" workplace=川口
says "workplace or school: no facility '川口'; there is 1 (医療法人社団　高仁会 川口病院"
hc-edit person "$a" workplace=高仁会川口病院 >actual
is 'the whole name without its legal form is found' \
    "$(value "$a" workplace)" 112038000000001

# What is doubtful is saved, and said, with what mends it.
hc-edit -q episode person="$a" kind=case onset_date=2020-12-10 \
    reported_date=2020-12-01 >actual 2>err
episode=$(sed -n '2s/	.*//p' actual)
says "the onset is after the report; mended by: hc-edit episode $((episode % 1000000000)) onset_date= (saved all the same)"
hc-edit stay episode="$episode" kind=hotel begin_date=2020-12-02 \
    end_date=2020-12-08 >actual 2>err
quiet 'one stay is no doubt'
hc-edit stay episode="$episode" kind=hospital begin_date=2020-12-08 >actual 2>err
quiet 'nor is the next one'
hc-edit stay episode="$episode" kind=home begin_date=2020-12-09 >actual 2>err
says 'the stay overlaps another one of the episode; mended by: hc-edit stay 3'
printf 'person\tbirth_date\n%s\t1895-01-01\n' "$b" >in
exits 0 sh -c 'hc-edit --tsv person <in'
says '-:2: the birth date is more than 110 years ago'

# Deleting, restoring and merging.
hc-check --content-hash >expected
exits 0 hc-edit --delete person "$a" "$b"
exits 1 hc-show "$a"
exits 0 hc-edit --restore person "$a" "$b"
hc-check --content-hash >actual
cp expected whole
same 'what was deleted is there again with all that it owned'
exits 65 hc-edit --restore person "$a"
says 'was not deleted'
exits 1 hc-edit --restore person 99
exits 0 hc-edit --delete episode "$episode"
exits 0 hc-edit --delete person "$a"
exits 1 hc-edit --restore stay 1
says 'to which it refers, was deleted too: hc-edit --restore episode 1'
exits 0 hc-edit --restore person "$a"
is 'what was deleted before it stays away' "$(hc-show "$a" |
    awk -F '\t' '$2 == "episode"')" ''
exits 0 hc-edit --restore episode "$episode"
is 'and comes back with its own' "$(hc-show "$a" |
    awk -F '\t' '$2 == "stay" && $5 == "kind"' | wc -l)" 3
hc-check --content-hash >actual
cp whole expected
same 'all is as it was'
hc-edit -q --delete episode "$episode" >actual
hc-edit -q --delete person "$a" "$b" >actual
hc-edit episode person=2 kind=case number=77 >actual
hc-edit person 2 phone=090-0000-3333 >actual
hc-edit person 1 note=第一 occupation=教員 address= >actual
hc-edit person 2 note=第二 occupation=医師 address='みどり市' >actual
hc-check --content-hash >before
hc-edit -n --merge person 1 2 >actual
ok 'a dry run shows what moves' grep -q '^112038[0-9]*	episode	person	112038000000002	112038000000001$' actual
exits 65 hc-edit --merge person 1 2 birth_date=3000-01-01
hc-edit --merge person 1 2 occupation=主婦 >merged
run=$(hc-log --limit 1 | sed 1d | cut -f 1)
cut -f 3- merged >actual
printf '%s\t%s\t%s\t%s\n' field first second result \
    address '' みどり市 みどり市 occupation 教員 医師 主婦 \
    note 第一 第二 第一 >expected
same 'merging says which of the two won'
is 'episodes move' "$(value 1 number episode)" 77
exits 0 hc-log undo "$run"
hc-check --content-hash >actual
cp before expected
same 'and can be taken back'
hc-edit -q --merge person 1 2 >actual
is 'a note of the other says so' "$(value 2 merged_into)" 112038000000001
exits 65 hc-edit --merge person 1 2
says 'already'
exits 65 hc-edit --merge person 1 1
exits 1 hc-edit --delete person 1
says 'refers to it'
ok 'deletes with what it owns' hc-edit --delete person 3
exits 1 hc-show 3
# As written; in a width that everybody can read; grouped where it is not.
hc-edit person name=ﾀｶﾊｼｼﾞﾛｳ kana=ﾀｶﾊｼ\ ｼﾞﾛｳ \
    phone='０４８−０００−０００１、(048)000-0002 内線5、0480000003' note=ﾒﾓ >actual
id=$(sed -n '2s/	.*//p' actual)
is 'half-width kana are stored in full width' "$(value "$id" name) $(value "$id" kana)" \
    'タカハシジロウ タカハシ ジロウ'
is 'notes stay as written' "$(value "$id" note)" ﾒﾓ
hc-show "$id" | awk -F'\t' '$5 == "number" { print $6 }' >actual
printf '%s\n' 048-000-0001 '(048)000-0002 内線5' 048-000-0003 >expected
same 'a telephone number is shown as written'

# A new record of which nothing is said.
for entity in person consultation; do
	exits 65 hc-edit $entity note=
	says "a new record of '$entity' needs a value: give NAME=VALUE"
done
printf 'name\tnote\n\t\n' >rows
exits 65 hc-edit --tsv person <rows
says "-:2: a new record of 'person' needs a value"
exits 65 hc-edit facility note=
says 'name: a value is required'

# For people: labels in their language, local times and short numbers; all
# else is for programs.
hc-edit person name='見本 次郎' sex=男性 phone=048-000-0009 >made
id=$(sed -n '2s/\t.*//p' made)
short=$((id % 1000000000))
HC_LANG=ja
HC_TODAY=2020-12-25
export HC_TODAY
hc-edit -f table episode person="$short" kind=陽性者 status=対応中 >actual
printf '%s\n' '事例  操作' '----  ----' '   3  追加' >expected
same 'hc-edit says what was done in Japanese'
hc-edit -n -f table person "$short" sex=女 >actual
ok 'a dry run has labels' grep -q '人 *性別 *男性 *女性' actual
hc-search -f table 見本次郎 >actual
ok 'so has a search' \
    grep -q "^ *$short  見本 次郎 .*陽性者  対応中  氏名  *完全一致" actual
hc-search 見本次郎 >actual
ok 'but not for programs' \
    grep -q "^$id	見本 次郎	.*	case	open	name	exact" actual
hc-log -f table runs --limit 1 >actual
ok 'what a run was is in Japanese' grep -q '編集$' actual
hc-followup lists -f table >actual
ok 'teams too' grep -q '健康観察班' actual
hc-check -f table >actual
ok 'and what was checked' grep -q '^異常  *0$' actual
HC_LANG=en
# What goes with it may refer to what goes with it.
hash=$(hc-check --content-hash)
hc-edit -q person name='見本 訂正' >actual
amended=$(tail -n 1 actual | cut -f 1)
hc-edit -q episode person="$amended" kind=case disease=covid19 >actual
of=$(tail -n 1 actual | cut -f 1)
hc-edit -q observation episode="$of" day=2020-12-01 temperature=37.0 >actual
first=$(tail -n 1 actual | cut -f 1)
hc-edit -q observation episode="$of" day=2020-12-01 temperature=37.5 \
    amends="$first" >actual
hc-edit -q call episode="$of" observation="$first" >actual
exits 0 hc-edit --delete person "$amended"
is 'reports that amend one another go too' "$(hc-check --content-hash)" \
    "$hash"

done_testing
