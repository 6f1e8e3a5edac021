# What the EXAMPLES of the manuals find in their folder; read by
# tests/0030-manual.t, in a fresh folder for each page, with the page's name
# as $page.
#
# A page whose examples need records is listed here with what makes them.
# shellcheck shell=sh
case $page in
hc.1)	;;
hc-report.1|hc-plot.1|hc-export.1)
	hc-init -q --office 112038
	printf 'name\tsex\n高橋 一郎\tmale\n' | hc-load person
	printf 'person\tkind\tstatus\tonset_date\n' >episodes.tsv
	printf '1\tcase\topen\t2020-12-20\n' >>episodes.tsv
	hc-load episode <episodes.tsv
	;;
hc-tsv.5)
	printf 'person\tname\tphone\ttemperature\tteam\n' >unwell.tsv
	printf '%s\t%s\t%s\t%s\t%s\n' \
	    12 '高橋 一郎' 048-000-0001 38.4 observation \
	    15 'Nguyen Van A' 090-0000-0002 37.9 observation \
	    31 '佐藤 花子' 048-000-0003 39.1 cases >>unwell.tsv
	;;
esac
