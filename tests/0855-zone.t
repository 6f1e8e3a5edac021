#!/bin/sh
# The office's day is a setting of the office: the machine's zone and TZ
# change nothing of what is printed or stored.
. "${0%/*}/lib.sh"
zones='UTC Asia/Tokyo America/New_York XYZ-14'

hc-init -q -d hc.db --office 112038
printf '%s\n' 'No,氏名,性別,生年月日,発症日,電話番号' \
    '1,春山 花子,女,S60.12.25,12/24,048-000-0001' \
    '2,夏川 太郎,男,H2.3.4,12/25,090-0000-0002' >list.csv
hc-import -q --today 2020-12-25 cases list.csv >/dev/null

# same_everywhere NAME COMMAND...: the same bytes in every zone.
same_everywhere()
{
	name=$1
	shift
	rm -f first
	for tz in $zones; do
		TZ=$tz "$@" >"out" 2>err || :
		[ -s out ] || fail "$name: something is printed"
		[ -e first ] || cp out first
		if cmp -s first out; then
			pass "$name in $tz"
		else
			fail "$name in $tz"
		fi
	done
}
same_everywhere 'figures of the days' \
    hc-report --today 2020-12-25 daily --days 3 -f tsv
same_everywhere 'the dashboard' \
    hc-report --today 2020-12-25T08:30 dashboard -f tsv
same_everywhere 'as they were known' \
    hc-report --today 2020-12-25 --as-of 2999-12-31T08:30 \
    pivot episode --rows onset_date -f tsv
if command -v hc-followup >/dev/null; then
	same_everywhere 'the round' hc-followup --today 2020-12-25T08:30 due
	same_everywhere 'work lists' hc-followup --today 2020-12-25 lists
fi

# Half past eight in Japan, when UTC is still on yesterday.  A sanitizer and
# faketime do not go together.
if command -v faketime >/dev/null && [ -z "$HC_TOOL" ]; then
	for at in '2020-12-24 14:59:58' '2020-12-24 15:00:02' \
	    '2020-12-24 23:30:00'; do
		case $at in
		*14:59:58) day=2020-12-24 ;;
		*) day=2020-12-25 ;;
		esac
		for tz in $zones; do
			# The same instant, told in the zone of that shell.
			local=$(TZ=$tz date -d "$at UTC" '+%F %T')
			TZ=$tz faketime "$local" hc-report daily --days 1 \
			    -f tsv >out 2>err || note_file err
			is "$at UTC is $day in Japan ($tz)" \
			    "$(sed -n 2p out | cut -f1)" $day
		done
	done
else
	skip 'other clocks' 'no faketime here'
fi

# What is typed is the office's time, what is stored UTC.
for tz in $zones; do
	cp hc.db copy.db && cp hc.db.key copy.db.key
	TZ=$tz hc-import -q -d copy.db --today 2021-01-02 cases list.csv \
	    >/dev/null
	is "a list read in $tz changes nothing" "$(hc-report -d copy.db sql \
	    'SELECT count(*) AS n, min(onset_date) AS d FROM episode' |
	    tail -n 1 | tr '\t' ' ')" '2 2020-12-24'
done

# An office elsewhere.
exits 0 hc-define -q set setting utc_offset_minutes value=-300
is 'another zone is a setting' "$(hc-report --today 2020-12-25T23:30:00Z \
    daily --days 1 -f tsv | sed -n 2p | cut -f1)" 2020-12-25
exits 65 hc-define -q set setting utc_offset_minutes value=900
says "'900' is not -840 to 840"

done_testing
