#!/bin/sh
# hc-import takes or refuses every file of ../shared/data (scripts/verdicts):
# nothing crashes, hangs, takes more than 300 MB or goes in half, each refusal
# says what to do, and of the real lists each row is accounted for as another
# reader counts them.
. "${0%/*}/lib.sh"
need sqlite3
data=$HC_ROOT/../shared/data
[ -d "$data/real" ] || skip_all 'no folder ../shared/data/real'
/usr/bin/python3 -c 'import openpyxl, xlrd' 2>/dev/null ||
    skip_all 'python3-openpyxl or python3-xlrd is not there'

ok 'every file has a verdict' sh -c "'$HC_ROOT/scripts/verdicts' >verdicts"
is 'as many as there are' "$(($(wc -l <verdicts) - 1))" \
    "$(cd "$data" && find real xlsx-suite csv-suite peers -type f | wc -l)"
note "$(cut -f 2 verdicts | sort | uniq -c | tr -s '\n ' ' ')"
awk -F '\t' 'NR > 1 && $2 !~ /^(imported|nothing|refused)$/' verdicts >actual
: >expected
same 'none crashed, hung or went in half'

# What a message says beside what is wrong: what to do.
awk -F '\t' 'NR > 1 && $2 == "refused" && $NF !~ \
    /save it|save the list|unpack|ask for|open it|browser|hc-import|write |empty/ {
	print $1 ": " $NF
}' verdicts >actual
: >expected
same 'each refusal says what to do'

# ---- The real lists: FILE, row of headings, sheet ----
while read -r file headings sheet; do
	counted=$(/usr/bin/python3 "$HC_ROOT/tests/count-rows.py" \
	    "$data/real/$file" "$headings" $sheet)
	is "$file: rows that another reader counts" "$(awk -F '\t' -v \
	    file="../shared/data/real/$file" '$1 == file {
		print $2, $3 + $5 }' verdicts)" "imported $counted"
done <<'LIST'
fukuoka-city-cp932/401307_city_fukuoka_covid19_patients.csv 1
hokkaido-202003/discharges.csv 2
hokkaido-202003/patients.csv 1
hokkaido-202003/sapporo_patients.csv 1
mhlw-counts-encoding-flips/individuals_20200328.csv 1
pref-csv-cp932-restored/01_hokkaido_20210116.csv 1
pref-csv-cp932-restored/20_nagano.csv 2
pref-csv-cp932-restored/21_gifu.csv 1
pref-csv-cp932-restored/24_mie.csv 1
pref-csv/01_hokkaido_20210110.csv 1
pref-csv/01_hokkaido_20210116.csv 1
pref-csv/02_aomori.csv 1
pref-csv/10_gunma.csv 1
pref-csv/14_kamakura.csv 1
pref-csv/20_nagano.csv 2
pref-csv/21_gifu.csv 1
pref-csv/24_mie.csv 1
pref-csv/43_kumamoto_childcare_facilities.csv 1
pref-csv/45_miyazaki.csv 4
pref-csv/46_kagoshima.csv 1
pref-csv/airport_quarantine_detail.csv 1
pref-xlsx/04_miyagi_20201220.xlsx 3 患者状況一覧（HP掲載）
pref-xlsx/04_miyagi_20201223.xlsx 3 患者状況一覧（HP掲載）
pref-xlsx/16_toyama2_20210110.xlsx 3
pref-xlsx/16_toyama2_20210116.xlsx 3
pref-xlsx/23_aichi_inlineStr.xlsx 3 sheet1
pref-xlsx/27_osaka_youseisyajyouhou.xlsx 2
pref-xlsx/29_nara.xlsx 2
pref-xlsx/35_yamaguchi_pdf2xlsx.xlsx 2
tokyo/130001_tokyo_covid19_patients_20200404.csv 1
tokyo/130001_tokyo_covid19_patients_early_columns.csv 1
LIST
done_testing
