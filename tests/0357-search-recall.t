#!/bin/sh
# A table of queries made from lists of real names, and whom they must find:
# exact kinds all, near ones 95 % in the first ten.
. "${0%/*}/lib.sh"
names=$HC_ROOT/../shared/data/names
[ -f "$names/people/last_name_org.csv" ] ||
    skip_all 'the lists of names are not here (../shared)'
need python3
table=$HC_ROOT/tests/search-table.py
HC_DB=hc.db
export HC_DB
hc-init -q --office 112038
python3 "$table" make "$names"
for entity in facility person phone episode; do
	hc-edit -q --tsv $entity <$entity.tsv >made 2>err || note_file err
	is "all of $entity" "$(($(wc -l <made) - 1))" \
	    "$(($(wc -l <$entity.tsv) - 1))"
done

ask()
{
	python3 "$table" ask "$1" "${2:-1}"
}

ask queries.tsv >found.tsv
is 'every query was asked' "$(wc -l <found.tsv)" "$(wc -l <queries.tsv)"
ok 'and they are many' test "$(wc -l <queries.tsv)" -ge 300
status=0
python3 "$table" show queries.tsv found.tsv >shown 2>misses || status=$?
note_file shown
is 'exact kinds find all, near ones 95 % in the first ten' $status 0
[ $status -eq 0 ] || note_file misses

# Every three digits of every number; every kanji of every name.
for kind in pieces kanji; do
	every=$(soak 7 1)
	ask $kind.tsv "$every" >found.tsv
	status=0
	awk -F '\t' 'NR == FNR { want[FNR - 1] = $3; next } {
		split("", has); n = split($2, ids, " ")
		for (i = 1; i <= n; i++) has[ids[i]] = 1
		n = split(want[$1], ids, " ")
		for (i = 1; i <= n; i++) if (!(ids[i] in has)) {
			print "line " $1 ": not " ids[i]; bad = 1
		}
	} END { exit bad }' $kind.tsv found.tsv >misses || status=$?
	is "$kind: each of $(wc -l <found.tsv) finds all its bearers" $status 0
	[ $status -eq 0 ] || note_file misses
done
done_testing
