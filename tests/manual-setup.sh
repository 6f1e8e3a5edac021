# What the EXAMPLES of the manuals find in their folder; read by
# tests/0030-manual.t, in a fresh folder for each page, with the page's name
# as $page.
#
# A page whose examples need records is listed here with what makes them.
# shellcheck shell=sh
case $page in
hc.1)	;;
hc-followup.1|hc-situation.5)
	hc-init -q --office 112038
	printf 'person\tname=見本 一\n' | records hc.db
	printf 'episode\tperson=112038000000001\tkind=case\n' |
	    records hc.db
	;;
hc-tsv.5)
	printf 'person\tname\tphone\ttemperature\tteam\n' >unwell.tsv
	printf '%s\t%s\t%s\t%s\t%s\n' \
	    12 '高橋 一郎' 048-000-0001 38.4 observation \
	    15 'Nguyen Van A' 090-0000-0002 37.9 observation \
	    31 '佐藤 花子' 048-000-0003 39.1 cases >>unwell.tsv
	;;
esac
