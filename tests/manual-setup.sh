# What the EXAMPLES of the manuals find in their folder; read by
# tests/0030-manual.t, in a fresh folder for each page, with the page's name
# as $page.  The lists of hc-migrate.7 are those of scripts/sample.
#
# A page whose examples need records is listed here with what makes them.
# shellcheck shell=sh
case $page in
hc.1)	;;
hc-followup.1|hc-situation.5|hc-catalogue.5|hc-round.7)
	hc-init -q --office 112038 --name みどり市保健所 --phone 048-000-0000
	hc-edit person name='見本 一' email=hajime@example.jp
	hc-edit episode person=1 kind=case
	hc-edit person name='見本 二' phone=090-0000-0002
	hc-edit episode person=2 kind=case \
	    diagnosed_date="$(TZ=Asia/Tokyo date +%F)"
	hc-edit observation episode=2 slot=1 via=phone by=self temperature=39
	hc-edit staff login=sato name='佐藤 一'
	hc-edit staff login=suzuki name='鈴木 二'
	printf 'kind\tworklist\tname\texpr\ncondition\t%s\n' \
	    "unwell	fever	worst_temperature between 37.0 and 38.9" \
	    >rules.tsv
	;;
hc-report.1|hc-plot.1|hc-export.1)
	hc-init -q --office 112038
	hc-edit person name='高橋 一郎' sex=male
	hc-edit episode person=1 kind=case onset_date=2020-12-20
	;;
hc-define.1 | hc-check.1)
	hc-init -q --office 112038 --name 'みどり市保健所'
	;;
hc-log.1)
	hc-init -q --office 112038 --name 'みどり市保健所'
	hc-define -q setting set fever_threshold 37.0
	;;
hc-notify.1)
	hc-init -q --office 112038 --name みどり市保健所 --phone 048-000-0000
	hc-edit person name='試験 太郎' email=taro@example.jp
	hc-edit episode person=1 kind=contact
	printf 'episode\tx\n1\t\n' | hc-notify send daily
	;;
hc.7)
	# Of today, so that links are open and people under observation.
	yesterday=$(TZ=Asia/Tokyo date -d yesterday +%F)
	today=$(TZ=Asia/Tokyo date +%F)
	printf '%s\n' \
	    '発表番号,氏名,フリガナ,電話番号,メール,発症日,診断日' \
	    "1,見本 一郎,,090-0000-0001,ichiro@example.jp,$yesterday,$today" \
	    "2,髙橋 花子,ﾀｶﾊｼ ﾊﾅｺ,090-0000-0002,h@example.jp,,$today" \
	    "3,Nguyen Van An,,090-0000-0003,,$yesterday,$today" \
	    >positives.csv
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
	mkdir survey
	/usr/bin/python3 - <<-'END'
	import openpyxl
	for n, day in ('1', '2020-12-01'), ('2', '2020-13-01'):
	    book = openpyxl.Workbook()
	    for row in ('番号', n), ('氏名', '見本 ' + n), ('診断日', day):
	        book.active.append(row)
	    book.save('survey/%s.xlsx' % n)
	END
	;;
hc-search.1 | hc-show.1 | hc-edit.1)
	hc-init -q --office 112038
	hc-edit person name='高橋 一郎' kana=タカハシイチロウ phone=048-000-0001 \
	    birth_date=1970-05-01
	hc-edit person name='Nguyen Van A' birth_date=1990-02-03
	hc-edit facility name='医療法人 高仁会 川口病院' kind=hospital
	hc-edit person 2 workplace=1
	hc-edit consultation person=1 content=発熱が続く
	hc-edit consultation person=2 content=誤り
	hc-edit --delete consultation 2
	hc-edit episode person=1 kind=case onset_date=2020-12-03
	hc-edit observation episode=1 slot=1 via=phone by=self \
	    temperature=37.8
	;;
esac
