# What the EXAMPLES of the manuals find in their folder; read by
# tests/0030-manual.t, in a fresh folder for each page, with the page's name
# as $page.
#
# A page whose examples need records is listed here with what makes them.
# shellcheck shell=sh
case $page in
hc.1)	;;
hc-define.1 | hc-check.1)
	hc-init -q --office 112038 --name 'みどり市保健所'
	;;
hc-log.1)
	hc-init -q --office 112038 --name 'みどり市保健所'
	hc-define -q setting set fever_threshold 37.0
	;;
hc-tsv.5)
	printf 'person\tname\tphone\ttemperature\tteam\n' >unwell.tsv
	printf '%s\t%s\t%s\t%s\t%s\n' \
	    12 '高橋 一郎' 048-000-0001 38.4 observation \
	    15 'Nguyen Van A' 090-0000-0002 37.9 observation \
	    31 '佐藤 花子' 048-000-0003 39.1 cases >>unwell.tsv
	;;
hc-import.1)
	hc-init --office 112038 --name みどり市保健所
	printf '%s\n' '番号,氏名,年代,診断日' '1,見本 一郎,40代,2020-12-01' \
	    '2,見本 花子,３０代,2020-13-01' >positives.csv
	printf '%s\n' '番号,年代,公表日' 'P1,20代,2020-12-22' >1223.csv
	printf '%s\n' '番号,年代,公表日' 'P1,30代,2020-12-22' \
	    'P2,90歳以上,2020-12-25' >1225.csv
	printf '%s\n' '接触者番号,患者番号,氏名,最終接触日' \
	    'C1,1,見本 次郎,2020-11-30' >contacts.csv
	printf '%s\n' '番号,施設名,開始日,部屋の広さ' \
	    '1,見本ホテル,2020-12-02,14' >hotels.csv
	;;
esac
