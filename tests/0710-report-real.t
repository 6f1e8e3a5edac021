#!/bin/sh
# hc-report on Tokyo's real list of 25 December 2020: counts equal awk's over
# the file itself.
. "${0%/*}/lib.sh"
need xz awk
list=$HC_ROOT/../shared/data/real/tokyo/130001_tokyo_covid19_patients_20201225.csv.xz
[ -f "$list" ] || skip_all 'the real lists are not here'
need hc-import

HC_TODAY=2020-12-25
export HC_TODAY
xz -dc "$list" >tokyo.csv
hc-init -q --office 130001
hc-import cases -q --source tokyo tokyo.csv >imported 2>err
status=$?
ok 'the list goes in' test $status -le 1
note_file err
head -n 1 tokyo.csv | tr ',' '\n' | sed 's/\r$//; s/^\xef\xbb\xbf//' >names
# column HEADING: its number.
column()
{
	grep -nx "$1" names | cut -d : -f 1
}
day=$(column 公表_年月日)
age=$(column 患者_年代)
sex=$(column 患者_性別)
ok 'its columns are known' test -n "$day" -a -n "$age" -a -n "$sex"

# months SEX-OR-AGE...: "month TAB value TAB count" of the file.
by_awk()
{
	sed 1d tokyo.csv | tr -d '\r' | awk -F, -v d="$day" -v c="$1" '
	$1 != "" { n[substr($d, 1, 7) "\t" $c]++ }
	END { for (k in n) print k "\t" n[k] }'
}
# by_report FIELD: the same of a cross table.
by_report()
{
	hc-report pivot episode --rows reported_date:month --cols "$1" \
	    --plain | awk -F'\t' '
	NR == 1 { for (i = 2; i <= NF; i++) name[i] = $i; next }
	{ for (i = 2; i <= NF; i++) if ($i != 0)
		print $1 "\t" name[i] "\t" $i }' | LC_ALL=C sort
}

by_awk "$sex" | awk -F'\t' -v OFS='\t' '
	{ s = $2 == "男性" ? "male" : $2 == "女性" ? "female" : "absent"
	n[$1 OFS s] += $3 }
	END { for (k in n) print k, n[k] }' | LC_ALL=C sort >expected
by_report sex >actual
same 'month and sex'
by_awk "$age" | awk -F'\t' -v OFS='\t' '
	{ a = $2
	if (a == "10歳未満") a = "under10"
	else if (a == "100歳以上") a = "100over"
	else if (a ~ /^[0-9]+代$/) a = substr(a, 1, 2) "s"
	else a = "absent"
	n[$1 OFS a] += $3 }
	END { for (k in n) print k, n[k] }' | LC_ALL=C sort >expected
by_report age_band >actual
same 'month and age band'
sed 1d tokyo.csv | awk -F, -v d="$day" '{ n[$d]++ }
    END { for (k in n) print k "\t" n[k] }' | LC_ALL=C sort >expected
hc-report epicurve_published --plain |
    awk -F'\t' 'NR > 1 && $2 != 0' | LC_ALL=C sort >actual
same 'each day'
ok 'the dashboard of a real list' hc-report dashboard
hc-report epicurve_published | hc-plot -o tokyo.svg
ok 'and its curve' grep -q '</svg>' tokyo.svg
done_testing
