#!/bin/sh
# hc-import: plans and their application, what is known already, rejects of
# several files, Ctrl-C while others write.
. "${0%/*}/lib.sh"
need sqlite3 perl

query()
{
	sqlite3 -tabs -readonly hc.db "$1"
}

office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
}

# counts: rows, new, changed, unchanged, refused of actual.
counts()
{
	tail -n +2 actual | cut -f 4-8 | tr '\t' ' '
}

everything()
{
	query 'SELECT * FROM person; SELECT * FROM episode; SELECT * FROM run'
}

cat >one.csv <<'CSV'
番号,氏名,生年月日,電話番号,発症日,備考
1,高橋 一郎,1980-01-02,090-0000-0001,2020-12-01,あ
2,佐藤 花子,1990-03-04,090-0000-0002,2020-12-02,い
3,鈴木 次郎,1970-05-06,090-0000-0003,2020-12-03,う
CSV
cat >two.csv <<'CSV'
番号,氏名,生年月日,電話番号,発症日,備考
1,高橋 一郎,1980-01-02,090-0000-0001,2020-12-01,あ
2,佐藤 花子,1990-03-04,090-0000-0002,2020-12-09,い
4,田中 三郎,2000-01-01,090-0000-0004,13月,え
5,高橋 一郎,,,2020-12-05,お
CSV

# ---- The plan ----
office
exits 0 hc-import --today 2020-12-25 cases one.csv
everything >before
exits 1 hc-import --today 2020-12-25 --plan plan.tsv cases two.csv
is 'its counts' "$(counts)" '4 1 1 1 1'
everything >after
ok 'a plan changes nothing' cmp before after
is 'what each row does' \
    "$(tail -n +2 plan.tsv | cut -f 1,2 | uniq | tr '\t\n' ' ;')" \
    '2 unchanged;3 update;4 conflict;5 duplicate;5 insert;'
is 'a changed field with old and new' \
    "$(awk -F '\t' '$2 == "update" && $3 == "episode" {
	print $5, $6, $7, $8 }' plan.tsv)" '2 onset_date 2020-12-02 2020-12-09'
is 'new records are counted, and refer to each other' \
    "$(awk -F '\t' '$2 == "insert" && $3 == "episode" &&
	$6 == "person" { print $4, $8 }' plan.tsv)" '+1 +1'
ok 'why a row does not go in' grep -q '^4	conflict	.*発症日: ' plan.tsv
ok 'who may be known' grep -q '^5	duplicate	.*perhaps the same person' \
    plan.tsv
ok 'it is TSV' hc-try tsv plan.tsv

# ---- Applied ----
# Others take numbers meanwhile, which is no matter.
exits 0 hc-edit person name=山本
exits 1 hc-import --today 2020-12-25 --apply plan.tsv cases two.csv
is 'just that is done' "$(counts)" '4 1 1 1 1'
is 'the new one is there' "$(query "SELECT p.name FROM episode e
    JOIN person p ON p.id = e.person WHERE e.number = '5'")" '高橋 一郎'
everything >before
exits 75 hc-import --today 2020-12-25 --apply plan.tsv cases two.csv
says 'two.csv: the list or the records are no longer as they were'
everything >after
ok 'nothing twice' cmp before after

office
hc-import -q --today 2020-12-25 -o /dev/null cases one.csv
hc-import -q --today 2020-12-25 -o /dev/null --plan plan.tsv cases two.csv
episode=$(query "SELECT id FROM episode WHERE number = '2'")
exits 0 hc-edit episode "$episode" onset_date=2020-12-03
everything >before
exits 75 hc-import --today 2020-12-25 --apply plan.tsv cases two.csv
says 'make a new plan'
everything >after
ok 'a record that was changed: nothing' cmp before after
sed 's/田中/中田/; s/2020-12-05/2020-12-06/' two.csv >three.csv
exits 75 hc-import --today 2020-12-25 --apply plan.tsv cases three.csv
exits 64 hc-import --plan a --apply b cases two.csv
exits 64 hc-import --plan a cases one.csv two.csv
exits 66 hc-import --apply missing.tsv cases two.csv
printf '一,二\n三,四\n' >words.csv
exits 65 hc-import --plan none.tsv cases words.csv
ok 'half a plan is none' test ! -e none.tsv

# ---- Standard output ----
exits 1 hc-import --today 2020-12-25 --plan - -o summary.tsv cases two.csv
is 'the plan is on standard output' "$(head -n 1 actual)" \
    "$(printf 'row\taction\tentity\trecord\trevision\tfield\told\tnew\treason')"
is 'and the summary where -o says' "$(sed -n 2p summary.tsv | cut -f 1)" \
    two.csv
cp actual plan.tsv
exits 1 hc-import --today 2020-12-25 --plan - cases two.csv
ok 'without -o there is none' cmp plan.tsv actual
exits 1 hc-import --today 2020-12-25 -n --errors - cases two.csv
is 'problems, too' "$(head -n 1 actual | cut -f 1,7)" 'file	reason'
exits 1 hc-import --today 2020-12-25 --apply - cases two.csv <plan.tsv
is 'a plan on standard input' "$(counts)" '4 1 1 1 1'
exits 64 hc-import --plan - --rejects - cases two.csv
says 'only one of --plan, --rejects and --errors'
ok 'no file is called so' test ! -e ./-

# ---- Mistyped ----
exits 64 hc-import casess missing.csv
says "there is no mapping or entity 'casess', did you mean 'cases'?"
exits 64 hc-import nonsense missing.csv
says "'hc-define list mapping' shows the mappings"
mkdir '調査 票'
exits 66 hc-import cases '調査 票/'
says "'調査 票/' is a folder; name the files in it, as in 調査 票/*.xlsx"
cp one.csv '調査 票/一 覧.csv'
exits 64 hc-import cases 調査 票/一 覧.csv
says "a file's name with spaces stands between quotes: '調査 票/一 覧.csv'"
exits 66 hc-import cases 'C:\lists\one.csv'
says 'that is a name of Windows'
exits 64 hc-import snif one.csv
says "did you mean 'hc-import sniff'?"
cp one.csv list
exits 0 hc-import list
exits 65 hc-import words.csv
says 'write the headings above its columns'
cp one.csv 'ten.csv'
cp /dev/null '~$ten.csv'
exits 0 hc-import cases ./*ten.csv
says "is passed over: it only says that somebody has 'ten.csv' open in Excel"

# ---- What is known ----
office
hc-import -q --today 2020-12-25 -o /dev/null cases one.csv
exits 1 hc-import --today 2020-12-25 --on-match skip cases two.csv
is 'skip: what is known stays' "$(counts)" '4 1 0 2 1'
is 'as it was' "$(query "SELECT onset_date FROM episode
    WHERE number = '2'")" 2020-12-02
printf '番号,氏名,生年月日\n8,鈴木 次郎,1970-05-06\n' >again.csv
exits 0 hc-import --on-match new cases again.csv
is 'new: a person of his own' "$(query "SELECT count(*) FROM person
    WHERE name = '鈴木 次郎'")" 2
printf '番号,氏名,生年月日\n9,佐藤 花子,1990-03-04\n' >again.csv
exits 0 hc-import --on-match update cases again.csv
is 'update: the same person' "$(query "SELECT count(*) FROM person
    WHERE name = '佐藤 花子'")" 1
exits 64 hc-import --on-match perhaps cases again.csv
says "--on-match is update, skip or new, not 'perhaps'"

# ---- Rejects of several files ----
office
mkdir wrong
printf '番号,発症日\n1,13月\n2,2020-12-01\n' >a.csv
printf '番号,発症日\n3,14月\n' >b.csv
exits 1 hc-import --today 2020-12-25 --rejects wrong cases a.csv b.csv
is 'each has its own' "$(tail -n 1 wrong/a.csv | tr -d '\r' |
    cut -d , -f 2-) $(tail -n 1 wrong/b.csv | tr -d '\r' |
    cut -d , -f 2-)" '1,13月 3,14月'
exits 64 hc-import --rejects wrong.csv cases a.csv b.csv
says '--rejects names a folder where there are several files'

# ---- Mended, the years are those of the list ----
office
cat >years.csv <<'CSV'
陽性者一覧　令和2年12月25日現在
番号,氏名,発症日,電話番号
1,見本 一,12月20日,090-0000-0001
2,見本 二,12月20日,000-0002
3,見本 三,〃,000-0003
令和元年
4,見本 四,13月3日,000-0004
平成31年
5,見本 五,1月3日,000-0005
CSV
exits 1 hc-import --rejects wrong.csv cases years.csv
sed -i 's/,000-/,090-0000-/; s/,13月/,11月/' wrong.csv
exits 0 hc-import cases wrong.csv
is 'refused rows have them' "$(query 'SELECT number, onset_date FROM episode
    ORDER BY number' | tr '\t\n' ' ;')" \
    '1 2020-12-20;2 2020-12-20;3 2020-12-20;4 2019-11-03;5 2019-01-03;'
office
sed '1d; 6d; 8d' years.csv >bare.csv
exits 1 hc-import --year 2018 --rejects wrong.csv cases bare.csv
sed -i 's/,000-/,090-0000-/; s/,13月/,11月/' wrong.csv
exits 0 hc-import cases wrong.csv
is 'that of --year, too' "$(query 'SELECT DISTINCT substr(onset_date, 1, 4)
    FROM episode')" 2018

# ---- Ctrl-C while others write ----
office
perl -MFcntl -e 'open(F, "+>>", "hc.db.lock") or die;
    my $l = pack "s s x4 q q l x4", F_WRLCK, 0, 1, 1, 0;
    fcntl(F, F_SETLK, $l) or die;
    sleep 60' &
holder=$!
sleep 1
hc-import cases one.csv >out 2>err &
waiting=$!
sleep 2
kill -INT $waiting
ok 'it ends at once' within 5 tail --pid=$waiting -f /dev/null
wait $waiting
is 'busy' $? 75
says 'interrupted; nothing was imported'
end $holder
done_testing
