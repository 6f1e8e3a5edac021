#!/bin/sh
# Records as of any instant are those of a copy kept from then, over a random
# sequence of edits.
. "${0%/*}/lib.sh"

# everything [--as-of INSTANT]
everything()
{
	for entity in person phone facility; do
		hc-export "$@" -f tsv "$entity" || echo failed
	done
}

hc-init -q --office 112038
add person name=0 >/dev/null
add phone person=1 number=048-000-0000 >/dev/null
n=$(soak 12 100)
i=1
while [ "$i" -le "$n" ]; do
	# By the second: that of the copy must be over before the next edit.
	sleep 1
	case $((i * 7919 % 5)) in
	0) add person "name=新$i" >/dev/null ;;
	1) hc-edit -q person 1 "name=変$i" "note=$i" >/dev/null ;;
	2) hc-edit -q person 1 "note=" >/dev/null ;;
	3) hc-edit -q phone 1 "number=048-000-$((1000 + i))" >/dev/null ;;
	4) id=$(add facility "name=消$i")
	   hc-edit -q --delete facility "$id" >/dev/null ;;
	esac
	date -u +%Y-%m-%dT%H:%M:%SZ >"at.$i"
	everything >"kept.$i"
	i=$((i + 1))
done
i=1
while [ "$i" -le "$n" ]; do
	everything --as-of "$(cat "at.$i")" >actual
	cp "kept.$i" expected
	same "as of edit $i"
	i=$((i + 1))
done
ok 'the copies differ' test "$(cat kept.* | sort -u | wc -l)" -gt 4
done_testing
