#!/bin/sh
# One sample, told of by the list of positives and by the list of tests, is
# one test, whichever list comes first; what contradicts stays apart.
. "${0%/*}/lib.sh"
need sqlite3

office() { rm -f hc.db*; hc-init -q --office 112038; }
tests()
{
	sqlite3 hc.db 'SELECT coalesce(number, "-"), sampled_date,
	    coalesce(method, "-"), result FROM test ORDER BY 2, 1'
}

cat >positives.csv <<'END'
番号,氏名,生年月日,検体採取日,陽性判明日,療養先,入院・入所日
1,見本 太郎,1985-04-01,2020-12-01,2020-12-02,自宅,2020-12-02
2,見本 花子,1990-05-06,2020-12-03,2020-12-04,,
END
cat >tests.csv <<'END'
検査番号,氏名,生年月日,検査日,検査方法,結果
T1,見本 太郎,1985-04-01,2020-12-01,PCR,陽性
T2,見本 太郎,1985-04-01,2020-12-20,PCR,陰性
T3,見本 花子,1990-05-06,2020-12-03,抗原,陰性
T4,見本 三郎,1990-05-06,2020-12-03,抗原,陽性
END
cat >wanted <<'END'
T1|2020-12-01|pcr|positive
-|2020-12-03|-|positive
T3|2020-12-03|antigen_qual|negative
T4|2020-12-03|antigen_qual|positive
T2|2020-12-20|pcr|negative
END

for lists in 'cases positives.csv tests tests.csv' \
    'tests tests.csv cases positives.csv'; do
	office
	# shellcheck disable=SC2086
	set -- $lists
	exits 0 hc-import "$1" "$2"
	exits 0 hc-import "$3" "$4"
	cp wanted expected
	tests >actual
	same "once each: $1, then $3"
	hash=$(hc-check --content-hash)
	exits 0 hc-import "$1" "$2"
	exits 0 hc-import "$3" "$4"
	is 'and so they stay' "$(hc-check --content-hash)" "$hash"
done

# Each list still changes what it has told of.
sed 's/T1,\(.*\)2020-12-01/T1,\12020-11-30/' tests.csv >later.csv
exits 0 hc-import tests --source tests later.csv
is 'the later edition is followed' "$(sqlite3 hc.db \
    "SELECT sampled_date FROM test WHERE number = 'T1'")" 2020-11-30

# Undo leaves what the first list said.
office
exits 0 hc-import cases positives.csv
before=$(hc-check --content-hash)
exits 0 hc-import tests tests.csv
exits 0 hc-log undo 3
is 'undone' "$(hc-check --content-hash)" "$before"
done_testing
