#!/bin/sh
# Random sequences of imports, edits, merges, deletes, restores and undos:
# all taken back in reverse order leaves nothing, and any instant on the way
# is as a copy kept from then.
. "${0%/*}/lib.sh"
need awk

entities='person phone episode consultation contact source_key'

# random N: a number below N, the next of the sequence.
random()
{
	state=$(((state * 1103515245 + 12345) % 2147483648))
	drawn=$((state / 65536 % $1))
}

# one_of ENTITY: the id of a record that is there, or nothing.
one_of()
{
	hc-export -f tsv "$1" | sed 1d | cut -f 1 >ids
	[ -s ids ] || { one=; return; }
	random "$(wc -l <ids)"
	one=$(sed -n "$((drawn + 1))p" ids)
}

# What staff do; much of it is refused, which is as good.
act()
{
	random 12
	case $drawn in
	0 | 1) hc-edit person "name=人$n" "phone=048-000-1$((n + 100))" \
	    "note=$n" ;;
	2) one_of person; hc-edit person "$one" "name=別$n" note= ;;
	3) one_of person; hc-edit episode "person=$one" kind=case "number=$n" ;;
	4) one_of person; hc-edit consultation "person=$one" "content=$n" ;;
	5) one_of person; first=$one; one_of person
	   hc-edit --merge person "$first" "$one" ;;
	6) one_of episode; first=$one; one_of episode
	   hc-edit contact "source=$first" "episode=$one" ;;
	7) random 4
	   case $drawn in
	   0) kind=person ;; 1) kind=episode ;; 2) kind=phone ;;
	   3) kind=consultation ;;
	   esac
	   one_of $kind; hc-edit --delete $kind "$one" &&
	       gone="$kind $one" ;;
	8) # shellcheck disable=SC2086
	   [ -z "$gone" ] || hc-edit --restore $gone ;;
	9 | 10) random 3
	   printf '発表番号,氏名,年代,性別,公表日\n' >list.csv
	   for i in 1 2 3; do
		printf '%d,取込%d,%d0代,男性,2020-12-0%d\n' \
		    $((i + drawn)) $((i + drawn)) $((n % 5 + 2)) $i
	   done >>list.csv
	   hc-import -q cases list.csv ;;
	11) random $((n + 1)); hc-log undo $((drawn + 2)) ;;
	esac
}

everything()
{
	for entity in $entities; do
		hc-export "$@" -f tsv $entity || echo failed
	done
}

sequence()
{
	rm -rf hc.db* kept.*
	cp ../empty.db hc.db
	state=$1
	gone=
	n=0
	length=$(soak 14 20)
	while [ $n -lt "$length" ]; do
		n=$((n + 1))
		act >out 2>err || :
		[ $((n % 7)) -eq 0 ] || continue
		# By the second: nothing more may happen in that of the copy.
		sleep 1
		date -u +%Y-%m-%dT%H:%M:%SZ >kept.at.$n
		everything >kept.$n
		sleep 1
	done
	for at in kept.at.*; do
		everything --as-of "$(cat "$at")" >past
		cmp past "kept.${at##*.}" || return 1
	done
	hc-check -q >out 2>&1 || { cat out; return 1; }
	runs=$(hc-log runs | sed 1d | cut -f 1 | wc -l)
	total=$((total + runs - 1))
	while [ "$runs" -gt 1 ]; do
		hc-log undo -q "$runs" >out 2>&1 || { cat out; return 1; }
		runs=$((runs - 1))
	done
	hc-check -q >out 2>&1 || { cat out; return 1; }
	hc-check --content-hash >hash
	cmp hash ../empty.hash
}

mkdir work
hc-init -q -d empty.db --office 112038
hc-check -d empty.db --content-hash >empty.hash
cd work || exit
total=0
wrong=
for seed in $(seq 1 "$(soak 4 1000)"); do
	sequence "$seed" >why 2>&1 || { wrong="$wrong $seed"; note_file why; }
done
is 'all taken back is nothing, and the past is as it was kept' "$wrong" ''
note "$total runs"
ok 'there were many' test "$total" -gt "$(soak 20 5000)"
done_testing
