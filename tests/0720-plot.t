#!/bin/sh
# hc-plot: pictures by gnuplot, bars of text, and nothing of a table is code.
. "${0%/*}/lib.sh"
need gnuplot perl

printf 'onset_date\tyes\tno\tabsent\ttotal\n' >days.tsv
printf '2020-12-2%d\t%d\t%d\t0\t9\n' 1 8 1 2 4 2 3 0 0 >>days.tsv
printf 'absent\t1\t2\t3\t6\ntotal\t12\t3\t3\t24\n' >>days.tsv

# ---- Text ----

cat >expected <<'EOT'
yes
2020-12-21  8  ███████████████
2020-12-22  4  ███████▌
2020-12-23  0

no
2020-12-21  1  █▉
2020-12-22  2  ███▊
2020-12-23  0

absent: 0
EOT
exits 0 hc-plot --width 30 <days.tsv
quiet
same 'bars begin at 0, total and absent days are left out'
printf 'a\tn\nx\t16\ny\t1\nz\t5\n' >eighths.tsv
printf 'n\nx  16  ██████████\ny   1  ▋\nz   5  ███▏\n' >expected
exits 0 hc-plot --type text --width 17 <eighths.tsv
same 'bars have eighths'
printf '何か\tn\n日本語\t1\nab\t\n' |
    hc-plot --width 30 --title '題' >actual
printf '題\nn\n日本語  1  ███████████████████\nab      -\n' >expected
same 'wide characters stand in columns; absent is no 0'
perl -e 'print "day\tn\n"; for my $m (1 .. 12) { for my $d (1 .. 28) {
    printf "2020-%02d-%02d\t1\n", $m, $d } }' >year.tsv
exits 0 hc-plot <year.tsv
is 'many days are added up by weeks' "$(sed 1d actual | awk '{ n += $2 }
    END { print n }')" 336
is 'from Monday' "$(sed -n 2p actual | cut -c 1-10)" 2019-12-30
printf 'a\tn\n\033[31mred\t1\n' | hc-plot >actual
ok 'a terminal is not steered' grep -qF '\x1b[31mred' actual

# ---- Pictures ----

for type in bar stacked line; do
	exits 0 hc-plot --type $type --title '流行曲線' -o $type.svg <days.tsv
	quiet
	ok "$type: a picture" grep -q '</svg>' $type.svg
	ok "$type: with its title" grep -q '流行曲線' $type.svg
	ok "$type: with its series" grep -q '>yes<' $type.svg
	ok "$type: without the total" sh -c "! grep -q '>total<' $type.svg"
	ok "$type: axis from 0 in whole numbers" grep -q '>0<' $type.svg
	ok "$type: no half cases" sh -c "! grep -qE '>[0-9]+[.]5<' $type.svg"
done
exits 0 hc-plot -y no -o one.svg <days.tsv
ok 'one series has no legend' sh -c '! grep -q ">no<" one.svg'
exits 0 hc-plot -o a.png <days.tsv
is 'PNG by the ending' "$(head -c 4 a.png | od -An -c | tr -d ' ')" '211PNG'
exits 0 hc-plot -o a.pdf <days.tsv
is 'PDF by the ending' "$(head -c 5 a.pdf)" '%PDF-'
exits 0 hc-plot -o a.txt <days.tsv
ok 'text by the ending' grep -q '█' a.txt
hc-plot --type stacked -o b.svg --title '流行曲線' <days.tsv
same 'the same table makes the same picture' stacked.svg b.svg
perl -e 'use POSIX; print "day\ta\tb\n"; for (0 .. 699) {
    print strftime("%Y-%m-%d", gmtime(1583020800 + 86400 * $_)),
    "\t", $_ % 7, "\t", $_ % 3, "\n" }' >long.tsv
exits 0 hc-plot --type stacked -o long.svg <long.tsv
ok '700 days have few labels' test "$(grep -c '<text' long.svg)" -lt 40

# ---- Nothing is code ----

cat >evil.tsv <<'EOT'
x'; system("touch owned1"); '	y`touch owned2`
"; system("touch owned3") #	1
`touch owned4`	2
'.system('touch owned5').'	3
@x $y {/Symbol a} \\n	4
EOD	5
EOT
exits 0 hc-plot -o evil.svg --title "'; system('touch owned6'); '\`touch owned7\`" \
    <evil.tsv
quiet
ok 'no word of a table is run' sh -c '! ls owned* 2>/dev/null'
ok 'words are shown' grep -q 'system(' evil.svg
mkdir -p home
echo 'system("touch owned8")' >home/.gnuplot
exits 0 env HOME="$PWD/home" hc-plot -o c.svg <days.tsv
ok 'nor the user'\''s own settings' test ! -e owned8

# ---- What cannot be drawn ----

printf 'a\tb\n' >in
exits 1 hc-plot <in
exits 1 hc-plot </dev/null
says 'nothing to draw'
printf 'a\tb\nx\ty\n' >in
exits 65 hc-plot <in
says 'no column holds numbers'
printf 'a\tb\nx\t1\ny\tz\n' >in
exits 65 hc-plot <in
says "'z' in column 'b' is no number"
printf 'a\tb\nx\t1\ny\n' >in
exits 65 hc-plot <in
exits 65 hc-plot -y nix <days.tsv
says "no column 'nix'"
exits 64 hc-plot --type pie <days.tsv
exits 64 hc-plot -o a.gif <days.tsv
exits 64 hc-plot --width 99999 -o a.svg <days.tsv
perl -e 'print "a\tb\n"; print "$_\t1\n" for 1 .. 5001' >many.tsv
exits 65 hc-plot -o many.svg <many.tsv
ok 'and no file is left' test ! -e many.svg
printf 'a\tb\nx\tinf\n' >in
exits 65 hc-plot <in
printf 'a\tb\nx\t1\ny\tnan\n' >in
exits 65 hc-plot <in
done_testing
