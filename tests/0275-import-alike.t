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

# The same people, now that they are all there twice.
exits 0 hc-check duplicates
cp actual pairs.tsv
awk -F '\t' 'NR == FNR { if ($2 > 0) truth[$2 " " 10000 + NR]; next }
FNR > 1 { n++; if ($1 % 1000000 " " $2 % 1000000 in truth) right++ }
END {
	printf "# duplicates: recall %.3f, precision %.3f of %d pairs\n", \
	    right / 1000, right / n, n
	exit !(right >= 980 && right / n >= 0.9)
}' truth.tsv pairs.tsv >figures
ok=$?
cat figures
is 'hc-check duplicates proposes them too' $ok 0
ok 'best first' sh -c 'tail -n +2 pairs.tsv | cut -f 3 | sort -c -rn'
hc-check --content-hash >expected
sed -n '1p;2,11p' pairs.tsv >some.tsv
ok 'and hc-edit takes them' sh -c \
    'hc-edit -q --tsv --merge person <some.tsv >merged'
is 'ten are merged' "$(hc-report sql \
    'SELECT count(*) AS people FROM person WHERE merged_into IS NOT NULL' \
    -f tsv | cut -f 2 | tail -n 1)" 10
exits 1 hc-edit -q --tsv --merge --keep-going person <some.tsv
says 'was merged into'
hc-check duplicates >again.tsv
is 'and not proposed again' \
    "$(sort again.tsv some.tsv | uniq -d | wc -l | tr -d ' ')" 1
hc-log undo -q "$(hc-log -f tsv | sed -n '2s/\t.*//p')" >/dev/null
hc-check --content-hash >actual
same 'undo parts them again'
done_testing
