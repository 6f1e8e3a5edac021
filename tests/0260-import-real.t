#!/bin/sh
# hc-import on real published lists, with counts that awk makes on its own.
. "${0%/*}/lib.sh"
need sqlite3 xz iconv
real=$HC_ROOT/../shared/data/real
[ -d "$real" ] || skip_all 'no folder ../shared/data/real'

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

# ---- Tokyo: 54,018 rows, two editions ----
office
for day in 20201223 20201225; do
	xz -dc "$real/tokyo/130001_tokyo_covid19_patients_$day.csv.xz" >$day.csv
done
old=$(($(wc -l <20201223.csv) - 1))
all=$(($(wc -l <20201225.csv) - 1))
# Rows by their number; a row is changed if any cell but the first is.
awk -F , 'FNR == 1 { next }
	{ sub(/\r$/, ""); key = $1; $1 = "" }
	NR == FNR { before[key] = $0; next }
	!(key in before) { new++; next }
	before[key] != $0 { changed++; next }
	{ same++ }
	END { print new + 0, changed + 0, same + 0 }' \
    20201223.csv 20201225.csv >awk.out
read -r new changed same <awk.out
is 'what awk finds between the editions' "$new $changed" '888 748'
exits 0 hc-import cases --source tokyo 20201223.csv
is 'the list of 23 December' "$(counts)" "$old $old 0 0 0"
exits 0 hc-import cases --source tokyo 20201225.csv
quiet
is 'the list of 25 December' "$(counts)" "$all $new $changed $same 0"
exits 0 hc-import cases --source tokyo 20201225.csv
is 'and once more' "$(counts)" "$all 0 0 $all 0"
query "SELECT age_band, count(*) FROM episode WHERE age_band IS NOT NULL
    GROUP BY 1 ORDER BY 1" >actual
awk -F , 'BEGIN {
		band["10歳未満"] = "under10"; band["100歳以上"] = "100over"
		for (i = 10; i <= 90; i += 10)
			band[i "代"] = i "s"
	}
	FNR > 1 && $9 in band { n[band[$9]]++ }
	END { for (b in n) print b "\t" n[b] }' 20201225.csv |
    LC_ALL=C sort >expected
same 'Tokyo: bands of ages as awk counts them'
query "SELECT sex, count(*) FROM episode e JOIN person p ON p.id = e.person
    WHERE sex IS NOT NULL GROUP BY 1 ORDER BY 1" >actual
awk -F , 'FNR > 1 && $10 == "女性" { f++ } FNR > 1 && $10 == "男性" { m++ }
	END { print "female\t" f; print "male\t" m }' 20201225.csv >expected
same 'Tokyo: the sexes'
query "SELECT reported_date, count(*) FROM episode GROUP BY 1 ORDER BY 1" \
    >actual
awk -F , 'FNR > 1 { n[$5]++ } END { for (d in n) print d "\t" n[d] }' \
    20201225.csv | sort >expected
same 'Tokyo: each day'

# ---- CP932 as it is and as it was ----
office
file=$real/fukuoka-city-cp932/401307_city_fukuoka_covid19_patients.csv
exits 0 hc-import cases --source fukuoka "$file"
query "SELECT number, age_band FROM episode ORDER BY id" >actual
iconv -f CP932 -t UTF-8 "$file" | tr -d '\r' | awk -F , 'FNR == 1 {
		for (i = 1; i <= NF; i++) {
			if ($i == "No") no = i
			if ($i ~ /年代/) age = i
		}
		next
	}
	{ sub(/代/, "s", $age); print $no "\t" $age }' >expected
same 'Fukuoka city, CP932'

office
exits 1 hc-import cases --source utf8 \
    "$real/pref-csv/01_hokkaido_20210116.csv"
counts >expected
exits 1 hc-import cases --source cp932 --errors errors.tsv \
    "$real/pref-csv-cp932-restored/01_hokkaido_20210116.csv"
counts >actual2
same 'Hokkaido in CP932 is the same list' expected actual2
query "SELECT age_band, count(*) FROM episode e
    JOIN source_key k ON k.record = e.id AND k.entity = 'episode'
    WHERE k.source = 'cp932' AND age_band IN ('under10', '30s')
    GROUP BY 1 ORDER BY 1" >actual
# Without the rows that were refused.
awk -F '\t' '$6 == "refused" { print $2 }' errors.tsv | sort -u >refused
awk -F , 'NR == FNR { refused[$1]; next }
	FNR in refused { next }
	$8 ~ /^(10歳未満|１０歳未満|10代未満|10未満)$/ { child++ }
	$8 ~ /^(30|３０)代$/ { thirty++ }
	END { print "30s\t" thirty; print "under10\t" child }' refused \
    "$real/pref-csv/01_hokkaido_20210116.csv" >expected
same 'all spellings of a band are one'

# ---- Every other list goes in, or is refused in clear words ----
for file in "$real"/pref-csv/*.csv "$real"/pref-csv-cp932-restored/*.csv \
    "$real"/hokkaido-202003/*.csv "$real"/fukuoka-city-cp932/*.csv \
    "$real"/mhlw-counts-encoding-flips/*.csv "$real"/niid-weekly/*.csv; do
	office
	name=${file##*/}
	status=0
	hc-import --today 2021-01-31 -q --errors errors.tsv cases "$file" \
	    >actual 2>err || status=$?
	case $status in
	0|1)
		# Every row is accounted for, every refusal has its reason.
		refused=$(counts | awk '{ print $5 }')
		told=$(awk -F '\t' '$6 == "refused" { print $2 }' errors.tsv |
		    sort -u | wc -l)
		is "$name: $(counts), told" "$told" "$refused"
		hc-import --today 2021-01-31 -q cases "$file" >actual 2>err
		is "$name: again, new and changed" \
		    "$(counts | cut -d ' ' -f 2,3)" '0 0' ;;
	65)	ok "$name: $(head -c 150 err)" grep -q "^hc-import: " err ;;
	*)	fail "$name" "exit status $status" ;;
	esac
done
done_testing
