#!/bin/sh
# Thirty edit the same people (200 in a soak) at random, from revisions that are often
# old: what was acknowledged is in the log once, what was refused is not, and
# whoever was refused was told of the conflict.
. "${0%/*}/lib.sh"
need sqlite3

hc-init -q --office 112038
people=$(soak 12 200)
awk -v n="$people" 'BEGIN { print "name\tkana"
    for (i = 1; i <= n; i++) print "試験" i "\t" }' >people.tsv
hc-edit -q --tsv person <people.tsv >made
end=$(($(date +%s) + $(soak 5 60)))

# revision WRITER PERSON: as this writer saw it last, or as it is now.
revision()
{
	[ -f "seen.$1.$2" ] || hc-show -f json "$2" | sed -n \
	    's/.*"person": \[{"id": [0-9]*, "revision": \([0-9]*\).*/\1/p' \
	    >"seen.$1.$2"
	cat "seen.$1.$2"
}

writer()
{
	n=0
	while [ "$(date +%s)" -lt "$end" ]; do
		n=$((n + 1))
		person=$(((n * n * 31 + n * 17 + $1 * 7919) % people + 1))
		case $(((n + $1) % 4)) in
		0) field=note ;; 1) field=occupation ;;
		2) field=address ;; 3) field=workplace_note ;;
		esac
		value=w$1-$n-
		status=0
		hc-edit -q --if-revision "$(revision "$1" $person)" person \
		    $person $field=$value >out.$1 2>err.$1 || status=$?
		[ $((n % 3)) -eq 0 ] || rm -f "seen.$1.$person"
		case $status in
		0) echo $value >>saved.$1 ;;
		1) rm -f "seen.$1.$person"
		   if grep -q 'yours is' err.$1 &&
		       grep -q "person	$field	.*	$value\$" out.$1; then
			echo $value >>told.$1
		   else
			cat err.$1 >>failed
		   fi ;;
		*) cat err.$1 >>failed ;;
		esac
	done
}

writers=
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 \
    21 22 23 24 25 26 27 28 29 30; do
	writer $i &
	writers="$writers $!"
done
# shellcheck disable=SC2086
wait $writers
ok 'nobody was refused without being told why' test ! -e failed
[ ! -e failed ] || note_file failed

sqlite3 hc.db 'SELECT fields FROM change' | grep -o 'w[0-9]*-[0-9]*-"\]' |
    sed 's/"\]//' | sort >logged
cat saved.* | sort >expected
cp logged actual
note "$(wc -l <expected) saved, $(cat told.* | wc -l) conflicts"
ok 'there were many' test "$(wc -l <expected)" -gt 20
same 'what was acknowledged is in the log, each once, and nothing else'
cat told.* | sort >told
ok 'there were conflicts' test -s told
is 'what was refused is not in the log' "$(comm -12 told logged)" ''
exits 0 hc-check
quiet 'the log, replayed from the start, gives exactly the records'
done_testing
