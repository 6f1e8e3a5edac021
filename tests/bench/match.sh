#!/bin/sh
# What a list of 100 rows costs beside an office of so many persons (100,000):
# whole processes, all but the commit; and how long it takes to propose
# duplicates and households.
. "${0%/*}/../bench.sh"

awk 'BEGIN {
	print "番号,氏名,フリガナ,生年月日,電話番号,住所,発症日"
	split("佐藤 鈴木 高橋 田中", family, " ")
	split("偉 綾香 逸統 郁", given, " ")
	for (i = 1; i <= 100; i++)
		printf "%d,%s　%s,,%d-%02d-%02d,090-0%03d-0000,本町%d,2020-12-01\n",
		    i, family[i % 4 + 1], given[i / 4 % 4 + 1], 1930 + i % 80,
		    i % 12 + 1, i % 28 + 1, i, i
}' >list.csv
hc-init -q -d empty.db --office 112038
bench-office hc.db "${1:-100000}"
bench-time 11 -- bench-empty \
    -- hc-import -q -n -d empty.db --today 2020-12-28 cases list.csv \
    -- hc-import -q -n --today 2020-12-28 cases list.csv
bench-time 3 -- hc-check duplicates -- hc-check households
