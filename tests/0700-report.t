#!/bin/sh
# hc-report: cross tables, the days' figures, the dashboard, SQL.
. "${0%/*}/lib.sh"
need awk perl

hc-init -q --office 112038
HC_TODAY=2020-12-25T13:00
export HC_TODAY

# ---- An empty office ----

exits 0 hc-report dashboard
ok 'the dashboard of an empty office has figures' \
    test "$(wc -l <actual)" -gt 35
is 'and all are 0' "$(awk -F'\t' 'NR > 1 && $3 != 0' actual)" ''
exits 0 hc-report daily --days 3
is 'three days' "$(sed 1d actual | cut -f 1 | tr '\n' ' ')" \
    '2020-12-23 2020-12-24 2020-12-25 '
is 'of nothing' "$(sed 1d actual | tr '\t' '\n' | grep -c '^0$')" 45
printf 'reported_date\tcount\nabsent\t0\ntotal\t0\n' >expected
exits 0 hc-report epicurve_published
same 'a report of nothing has its totals'

# ---- Records ----

perl -e '
my @sex = ("male", "female", "", "other");
my @band = ("under10", "10s", "20s", "40s", "80s", "");
my @risk = ("", "diabetes", "diabetes;hypertension", "smoking");
@risk = ("", "diabetes", "diabetes;hypertension");
open my $p, ">", "persons.tsv"; print $p "name\tsex\n";
open my $e, ">", "episodes.tsv";
print $e "person\tkind\tstatus\treported_date\tage_band\trisk_factors",
    "\thousehold_size\n";
my $n = 1;
for my $i (1 .. 400) {
	$n = $n * 48271 % 2147483647;
	printf $p "人%d\t%s\n", $i, $sex[$n % 4];
	my $day = $i % 7 == 0 ? "" : sprintf "2020-%02d-%02d",
	    10 + $n / 16 % 2, 1 + $n / 64 % 28;
	printf $e "%d\t%s\t%s\t%s\t%s\t%s\t%d\n", $i,
	    $i % 5 ? "case" : "contact", $i % 11 ? "closed" : "withdrawn", $day,
	    $band[$n / 8 % 6], $risk[$n / 32 % 3], 1 + $i % 4;
}'
{
	hc-edit -q --tsv person <persons.tsv
	hc-edit -q --tsv episode <episodes.tsv
} >made
is 'records are there' "$(grep -c 'added$' made)" 800
paste persons.tsv episodes.tsv >both.tsv

# cell FILE ROW COLUMN: a cell by names.
cell()
{
	awk -F'\t' -v row="$2" -v col="$3" '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == col) at = i }
	$1 == row { print $at }' "$1"
}

# check_table NAME FILE AWK-ROW AWK-COLUMN: every cell equals a count of awk.
check_table()
{
	awk -F'\t' "NR > 1 { r = $3; c = $4
	    if (r == \"\") r = \"absent\"; if (c == \"\") c = \"absent\"
	    n[r \"\t\" c]++; n[r \"\ttotal\"]++; n[\"total\t\" c]++
	    n[\"total\ttotal\"]++ }
	    END { for (k in n) print k \"\t\" n[k] }" both.tsv |
	    LC_ALL=C sort >expected
	awk -F'\t' 'NR == 1 { for (i = 2; i <= NF; i++) name[i] = $i; next }
	    { for (i = 2; i <= NF; i++) if ($i != 0)
	    print $1 "\t" name[i] "\t" $i }' "$2" | LC_ALL=C sort >actual
	same "$1"
}

exits 0 hc-report pivot episode --rows age_band --cols sex
quiet
cp actual table
check_table 'age band and sex are what awk counts' table '$7' '$2'
is 'a code without any has its row' "$(grep -c '^30s	0	0	0	0	0$' table)" 1
exits 0 hc-report pivot episode --rows reported_date:month --cols person.sex
cp actual table
check_table 'month and sex are what awk counts' table 'substr($6, 1, 7)' '$2'
exits 0 hc-report pivot episode -r reported_date -c kind
cp actual table
check_table 'day and kind are what awk counts' table '$6' '$4'
is 'no day between the first and the last is missing' \
    "$(sed 1d table | grep -c ^2020)" "$(perl -MTime::Local -e '
	my @d = sort grep { /^2020/ } map { (split /\t/)[3] } <>;
	my ($a, $b) = map { my ($y, $m, $d) = split /-/;
	    timegm(0, 0, 0, $d, $m - 1, $y) / 86400 } @d[0, -1];
	print $b - $a + 1' episodes.tsv)"
exits 0 hc-report pivot episode --rows reported_date:week \
    --where "kind = 'case'"
is 'weeks are ISO weeks' "$(sed -n 2p actual | cut -f 1)" "$(perl -MPOSIX -e '
	my ($d) = sort grep { /^2020/ } map { (split /\t/)[3] }
	    grep { /\tcase\t/ } <>;
	my ($y, $m, $day) = split /-/, $d;
	print strftime("%G-W%V", 0, 0, 12, $day, $m - 1, $y - 1900)' \
    episodes.tsv)"
is 'and --where narrows' "$(cell actual total count)" \
    "$(grep -c '	case	' episodes.tsv)"

exits 0 hc-report pivot episode --rows risk_factors --cols kind --plain
is 'each of several choices counts' "$(awk -F'\t' '$1 == "diabetes" {
    print $2 + $3 }' actual)" "$(grep -c diabetes episodes.tsv)"
ok '--plain has no total' sh -c '! grep -q total actual'
exits 0 hc-report pivot episode --rows risk_factors
is 'and once in the total' "$(cell actual total count)" 400
exits 0 hc-report pivot episode --rows kind --sum household_size
is 'numbers are added up' "$(cell actual total household_size)" \
    "$(awk -F'\t' 'NR > 1 { n += $7 } END { print n }' episodes.tsv)"
hc-report pivot episode --rows age_band --cols sex >one
hc-report pivot episode --rows age_band --cols sex >two
same 'the same question has the same bytes' one two
exits 0 hc-report pivot episode --rows kind -f table
ok 'people read labels' grep -q '^contact ' actual
exits 0 env HC_LANG=ja hc-report pivot person --rows sex -f table
ok 'in their language' grep -q '^男性 ' actual
exits 0 hc-report pivot episode --rows reported_date --from 2020-10-05 \
    --to 2020-10-07
is '--from and --to are days' "$(sed 1d actual | cut -f 1 | tr '\n' ' ')" \
    '2020-10-05 2020-10-06 2020-10-07 absent total '

# ---- Wrong questions ----

exits 65 hc-report pivot episod --rows kind
says "did you mean 'episode'?"
exits 65 hc-report pivot episode --rows age_bnd
says "did you mean 'age_band'?"
exits 65 hc-report pivot episode --rows kind:week
says 'is no date'
exits 65 hc-report pivot episode --rows reported_date:year
exits 65 hc-report pivot episode --rows kind --where 'kind = '
exits 65 hc-report pivot episode --rows kind --sum sex
exits 65 hc-report pivot situation --rows kind
exits 64 hc-report pivot episode
exits 64 hc-report pivot
exits 64 hc-report dashboard --from 2020-12-01
exits 64 hc-report daily --from 2020-12-30 --to 2020-12-01
exits 64 hc-report pivot episode --rows kind --count --sum age
exits 1 hc-report epicurv
says "did you mean 'epicurve'?"
exits 66 hc-report dashboard -d none.db
exits 64 hc-report pivot episode --rows kind -f xlsx -o x.xlsx

# ---- Named reports ----

exits 0 hc-report list
cp actual list
is 'all reports of the catalogue are listed' \
    "$(sed 1d list | cut -f 1 | sort | tr '\n' ' ')" \
    "$(sed 1d "$HC_ROOT/lib/catalogue/report.tsv" | cut -f 1 | sort |
    tr '\n' ' ')"
for report in $(sed 1d list | cut -f 1); do
	exits 0 hc-report "$report"
done
exits 0 hc-report age_sex --where "kind = 'case' and age_band = '40s'"
is 'a named report is narrowed' "$(cell actual total total)" \
    "$(awk -F'\t' '$2 == "case" && $3 == "closed" && $5 == "40s"' \
    episodes.tsv | wc -l | tr -d ' ')"

# ---- The days and the dashboard ----

printf 'person\tkind\tstatus\treported_date\tobserve_from\tobserve_until\tclosed_at\n' >e
printf '1\tcase\topen\t2020-12-25\t2020-12-24\t2020-12-28\t\n' >>e
printf '2\tcase\tclosed\t2020-12-24\t2020-12-20\t2020-12-30\t2020-12-24\n' >>e
printf '3\tcontact\topen\t\t2020-12-25\t2020-12-25\t\n' >>e
# shellcheck disable=SC2046
set -- $(hc-edit -q --tsv episode <e | sed '1d; s/	.*//')
printf 'episode\tkind\tbegin_date\tend_date\n' >s
printf '%s\thome\t2020-12-23\t2020-12-24\n' "$1" >>s
printf '%s\thospital\t2020-12-24\t\n' "$1" >>s
printf '%s\thotel\t2020-12-23\t\n' "$2" >>s
hc-edit -q --tsv stay <s >made
printf 'episode\tday\tslot\tvia\ttemperature\tat\n' >o
printf '%s\t2020-12-25\t1\tphone\t38.1\t2020-12-25T00:10:00Z\n' "$1" >>o
printf '%s\t2020-12-25\t1\tphone\t36.1\t2020-12-25T00:20:00Z\n' "$1" >>o
hc-edit -q --tsv observation <o >made
printf 'at\tcontent\n2020-12-24T15:30:00Z\tx\n2020-12-24T14:30:00Z\ty\n' |
    hc-edit -q --tsv consultation >made
printf 'person\tsampled_date\tresult\tresult_date\n1\t2020-12-25\t\t\n2\t2020-12-24\tpositive\t2020-12-25\n3\t2020-12-24\tcancelled\t\n' |
    hc-edit -q --tsv test >made
exits 0 hc-report daily --from 2020-12-23 --to 2020-12-25
cp actual daily
is 'new cases' "$(cut -f 2 daily | tr '\n' ' ')" 'new_cases 0 1 1 '
is 'tests, without cancelled' "$(cut -f 3 daily | tr '\n' ' ')" 'tests 0 1 1 '
is 'enquiries by the day here' "$(cut -f 5 daily | tr '\n' ' ')" \
    'consultations 0 1 1 '
is 'a person who reports twice is one' "$(cut -f 7 daily | tr '\n' ' ')" \
    'answered 0 0 1 '
is 'under observation until closed' "$(cut -f 8 daily | tr '\n' ' ')" \
    'observed 1 2 2 '
is 'at home until moved' "$(cut -f 9 daily | tr '\n' ' ')" 'home 1 0 0 '
is 'in a hotel until closed' "$(cut -f 10 daily | tr '\n' ' ')" 'hotel 1 0 0 '
is 'in hospital' "$(cut -f 11 daily | tr '\n' ' ')" 'hospital 0 1 1 '

# figure SECTION NAME
figure()
{
	awk -F'\t' -v s="$1" -v f="$2" '$1 == s && $2 == f { print $3 }' board
}
hc-report dashboard >board
is 'two under observation' "$(figure observation observed)" 2
is 'one has answered' "$(figure observation answered)" 1
is 'new today' "$(figure cases new_today)" 1
is 'one waits for a result' "$(figure tests waiting)" 1
is 'one result came' "$(figure tests results_today)" 1
is 'one case is in hospital' "$(figure places hospital)" 1
printf 'purpose\tperson\tepisode\tform\tday\tslot\thash\texpires_at\tstate\n' >i
for episode in "$1" "$3"; do
	printf 'daily\t1\t%s\tdaily\t2020-12-25\t1\t%032d\t2020-12-26T00:00:00Z\topen\n' \
	    "$episode" "$episode" >>i
done
hc-edit -q --tsv invitation <i >made
hc-report dashboard >board
is 'asked' "$(figure observation asked)" 2
is 'asked, past the cut-off, no answer' "$(figure observation overdue)" 1
is 'and so on the list of the silent' "$(figure lists silent)" 1
is 'fever stands on the list of the unwell' "$(figure lists unwell)" 1
hc-followup lists | awk -F"\t" "NR > 1 && \$3 != \"\" { print \$1 \"\t\" \$2 }" >expected
awk -F'\t' '$1 == "lists" { print $2 "\t" $3 }' board >actual
same 'the lists count what hc-followup counts'
hc-report dashboard --today 2020-12-25T11:00 >board
is 'before the cut-off nobody is overdue' "$(figure observation overdue)" 0

# ---- As of ----

exits 0 hc-report pivot person --rows sex --as-of 2020-01-01T00:00:00Z
is 'before all, nobody was known' "$(cell actual total count)" 0

# ---- SQL ----

printf 'kind\tn\ncase\t322\ncontact\t81\n' >expected
exits 0 hc-report sql 'SELECT kind, count(*) AS n FROM episode
    WHERE office = :office GROUP BY kind ORDER BY kind'
same 'a SELECT of one'\''s own'
exits 0 hc-report sql 'WITH c AS (SELECT 1 AS x) SELECT count(*) AS n FROM c'
for sql in 'DELETE FROM person' "UPDATE person SET name = 'x'" \
    'SELECT * FROM change' 'SELECT count(*) FROM run' \
    'SELECT * FROM sqlite_master' "ATTACH 'x.db' AS x" 'DROP TABLE person' \
    'PRAGMA journal_mode = WAL' 'BEGIN' ''; do
	exits 77 hc-report sql "$sql"
done
for sql in 'SELECT 1; DELETE FROM person' 'SELEC 1' \
    "SELECT load_extension('x')" "SELECT readfile('/etc/passwd')" \
    'SELECT zeroblob(2000000000)' 'SELECT nothing FROM person'; do
	exits 65 hc-report sql "$sql"
done
exits 75 hc-report sql --seconds 1 'WITH RECURSIVE a(x) AS (SELECT 1
    UNION ALL SELECT x + 1 FROM a) SELECT count(*) FROM a'
says 'took longer than 1 seconds'
is 'nothing was changed' "$(hc-report sql 'SELECT 1 AS a, count(*) AS n
    FROM person' | sed 1d | cut -f 2)" 400
ok 'that somebody asked is noted' grep -q 'hc-report	sql' hc.db.access
done_testing
