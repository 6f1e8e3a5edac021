#!/bin/sh
# A thousand people who stand in two lists, written otherwise in the second,
# among as many who only have much in common with somebody: those are told
# as perhaps the same, with the reason; these are not; nobody is joined.
. "${0%/*}/lib.sh"

awk -v pairs=1000 -v others=1000 -v more=8000 \
    -f "$HC_ROOT/tests/alike-make.awk" </dev/null
hc-init -q --office 112038
ok 'the first list goes in' \
    hc-import -q -o first cases --source one --errors first.err a.csv
ok 'the second one too' \
    hc-import -q -o second cases --source two --errors second.err b.csv
is 'nobody is joined who is not surely the same' "$(hc-report sql \
    'SELECT count(*) AS people FROM person' -f tsv | cut -f 2 | tail -n 1)" 12000

# rows of b.csv: kind, the person in a.csv, whom the import told
awk -F '\t' 'NR == FNR {
	if ($7 ~ /perhaps the same person as/) {
		sub(/.*perhaps the same person as /, "", $7)
		told[$2] = $7 + 0
	}
	next
}
{ print $1 "\t" $2 "\t" told[FNR + 1] + 0 }' second.err truth.tsv >found
awk -F '\t' '{
	kind[$1]++
	right = $2 > 0 && $3 == $2
	n[$1] += $2 > 0 ? right : $3 > 0
	all += $2 > 0; hits += right; told += $3 > 0
}
END {
	for (k in kind) printf "# %-9s %d of %d told\n", k, n[k], kind[k]
	printf "# recall %.3f, precision %.3f\n", hits / all, hits / told
	exit !(hits / all >= 0.98 && hits / told >= 0.9)
}' found >figures
ok=$?
cat figures
is 'recall is at least 0.98 and precision 0.9' $ok 0
done_testing
