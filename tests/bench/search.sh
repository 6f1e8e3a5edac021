#!/bin/sh
# How fast people are found among 100,000, as whole processes, beside a
# program that does nothing and SQLite's LIKE over the same people.
. "${0%/*}/../bench.sh"

bench-office hc.db "${1:-100000}"
bench-time 21 -- bench-empty -- hc-search --version -- hc-search 鷲沼 \
    -- hc-search 佐藤 -- hc-search suzuki -- hc-search 090-0123 \
    -- hc-search 渡邊 -- hc-search かどう -- hc-search みどり市
if command -v sqlite3 >/dev/null; then
	bench-time 5 -- hc-search 鷲沼 -- sqlite3 hc.db \
	    "SELECT id, name, kana, birth_date, address FROM person
	    WHERE name LIKE '%鷲沼%' OR kana LIKE '%鷲沼%'
	    OR address LIKE '%鷲沼%'"
else
	echo 'no sqlite3 to compare LIKE with'
fi
