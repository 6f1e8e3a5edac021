#!/bin/sh
# How fast a list of 100,000 people comes in, beside a program that puts the
# same rows into a table of texts and does nothing else (bench-insert).
set -eu
root=$PWD
PATH=$root/build/bin:$root/build/tests/bin:$PATH
HC_LANG=en
export PATH HC_LANG
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

n=${1:-100000}
n=$n perl -e 'print "番号,氏名,フリガナ,生年月日,電話番号,住所,発症日,診断日\n";
    printf "%d,試験 太郎%d,シケン タロウ,19%02d/%d/%d,090-0%03d-%04d," .
        "みどり市本町%d-%d,2020/12/%d,2020/12/%d\n", $_, $_,
        30 + $_ % 70, 1 + $_ % 12, 1 + $_ % 28, $_ / 10000 % 1000,
        $_ % 10000, 1 + $_ % 9, 1 + $_ % 40, 1 + $_ % 20, 3 + $_ % 20
        for 1 .. $ENV{n}' >list.csv

# seconds COMMAND...: how long it takes.
seconds()
{
	began=$(perl -MTime::HiRes=time -e 'print time')
	"$@" >/dev/null
	perl -MTime::HiRes=time -e 'printf "%.3f\n", time - $ARGV[0]' "$began"
}

bare() { bench-insert bare.db <list.csv; }
ours()
{
	hc-init -q --office 112038 --name 見本市保健所
	hc-import -q --today 2020-12-28 cases list.csv
}
raw=$(seconds bare)
own=$(seconds ours)
perl -e '($n, $raw, $own) = @ARGV; printf "%d rows: hc-import %.2f s " .
    "(%.0f/s), bare %.2f s: %.1f times\n", $n, $own, $n / $own, $raw,
    $own / $raw' "$n" "$raw" "$own"
