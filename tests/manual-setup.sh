# What the EXAMPLES of the manuals find in their folder; read by
# tests/0030-manual.t, in a fresh folder for each page, with the page's name
# as $page.
#
# A page whose examples need records is listed here with what makes them.
# shellcheck shell=sh
case $page in
hc.1)	;;
hc-notify.1)
	hc-init -q --office 112038 --name みどり市保健所 --phone 048-000-0000
	printf 'row\tname\temail\n\t試験 太郎\ttaro@example.jp\n' |
	    record-add hc.db person
	printf 'person\tkind\n112038000000001\tcontact\n' |
	    record-add hc.db episode
	printf 'episode\tx\n1\t\n' | hc-notify send daily
	;;
hc-tsv.5)
	printf 'person\tname\tphone\ttemperature\tteam\n' >unwell.tsv
	printf '%s\t%s\t%s\t%s\t%s\n' \
	    12 '高橋 一郎' 048-000-0001 38.4 observation \
	    15 'Nguyen Van A' 090-0000-0002 37.9 observation \
	    31 '佐藤 花子' 048-000-0003 39.1 cases >>unwell.tsv
	;;
esac
