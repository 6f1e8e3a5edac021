#!/bin/sh
# A database of the first version comes up to date and is then like a new
# one; what the office changed stays; eight at once all end well; a newer one
# is refused and not touched.  How schema-1.sql was made: scripts/cut-catalogue.
. "${0%/*}/lib.sh"
need sqlite3

old()
{
	rm -f hc.db*
	sqlite3 hc.db <"$HC_ROOT/tests/data/schema-1.sql"
}

# All columns, indexes and triggers, whatever their order.
schema()
{
	sqlite3 "$1" "SELECT m.name, c.name, c.type FROM sqlite_master m,
	    pragma_table_xinfo(m.name) c WHERE m.type = 'table'
	    AND c.name <> 'x_school_class' ORDER BY 1, 2;
	    SELECT type, name, tbl_name FROM sqlite_master
	    WHERE type <> 'table' ORDER BY 1, 2; PRAGMA user_version"
}

# Built-in definitions without what the office changed.
definitions()
{
	hc-define -d "$1" export -f tsv | grep -v -e x_school_class \
	    -e x_other -e '^setting	.*fever_threshold' \
	    -e '^field	person	name	' | awk -F '\t' 'NR == 1 {
		for (i = 1; i <= NF; i++) if ($i == "retired") r = i }
		$r != 1' | LC_ALL=C sort
}

hc-init -q -d new.db --office 112038 --name 'みどり市保健所'
old
sha256sum hc.db >expected
exits 78 hc-log
says "'hc.db' has the older schema 1"
says 'run hc-init --upgrade'
sha256sum hc.db >actual
same 'a program that refuses an older database does not touch it'

exits 0 hc-init --upgrade
says "it is in 'hc.db.1.bak'"
grep -q 'name	label_ja	患者氏名' actual && fail 'kept values are listed only where the built-in one changed'
schema new.db >expected
schema hc.db >actual
same 'tables, columns, indexes and triggers are those of a new database'
definitions new.db | cut -f 2- >expected
definitions hc.db | cut -f 2- >actual
same 'and so are the built-in definitions'
is 'a setting of the office stays' \
    "$(hc-define show setting fever_threshold -f tsv |
    sed -n 's/^value	//p')" 37.0
is 'so does a label' "$(hc-define show field person.name -f tsv |
    sed -n 's/^label_ja	//p')" '患者氏名'
is 'and what hc-init was told' "$(hc-define show setting office_name |
    sed -n 's/^value	//p')" 'みどり市保健所'
exits 0 hc-check
quiet 'the whole is sound'
is 'the copy is as it was' \
    "$(sqlite3 hc.db.1.bak 'PRAGMA user_version')" 1
exits 0 hc-init --upgrade
says 'has the schema'
is 'twice does nothing' "$(sqlite3 hc.db 'SELECT count(*) FROM run
    WHERE note LIKE '"'upgrade%'")" 1

old
for i in 1 2 3 4 5 6 7 8; do
	hc-init -q --upgrade >"out.$i" 2>&1 || echo "failed $i" >>failed &
done
wait
ok 'eight at once all end well' test ! -e failed
is 'and one of them did it' "$(sqlite3 hc.db 'SELECT count(*) FROM run
    WHERE note LIKE '"'upgrade%'")" 1
exits 0 hc-check

# Of the present schema, but made when a work list was otherwise, one was there
# that is no more, and another was not yet: the office changed one of them.
guards=$(sqlite3 hc.db "SELECT sql || ';' FROM sqlite_master
    WHERE type = 'trigger'")
sqlite3 hc.db "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master
    WHERE type = 'trigger'" | sqlite3 hc.db
sqlite3 hc.db "UPDATE worklist SET expr = 'observed' WHERE name IN ('unwell',
    'silent');
    UPDATE worklist SET name = 'former' WHERE name = 'worse';
    DELETE FROM condition WHERE worklist = 'worse'"
echo "$guards" | sqlite3 hc.db
hc-define -q worklist set silent expr='observed and overdue' team=cases
exits 0 hc-init --upgrade
says 'were brought up to date as run'
is 'a built-in list is as it is now' "$(sqlite3 hc.db "SELECT expr <> 'observed'
    FROM worklist WHERE name = 'unwell'")" 1
is 'one that is new is there' "$(sqlite3 hc.db "SELECT count(*) FROM worklist
    WHERE name = 'worse' AND retired = 0")" 1
is 'with its conditions' "$(sqlite3 hc.db "SELECT count(*) > 3 FROM condition
    WHERE worklist = 'worse'")" 1
is 'one that is no more is retired' "$(sqlite3 hc.db "SELECT retired
    FROM worklist WHERE name = 'former'")" 1
is 'the list that the office changed stays' "$(sqlite3 hc.db "SELECT expr, team
    FROM worklist WHERE name = 'silent'")" 'observed and overdue|cases'
exits 0 hc-followup lists
run=$(sqlite3 hc.db 'SELECT max(id) % 1000000000 FROM run')
exits 0 hc-init --upgrade
says 'has the schema'
is 'again: nothing' "$(sqlite3 hc.db 'SELECT max(id) % 1000000000 FROM run')" \
    "$run"
exits 0 hc-log undo "$run"
is 'it can be taken back' "$(sqlite3 hc.db "SELECT expr FROM worklist
    WHERE name = 'unwell'")" observed

sqlite3 hc.db 'PRAGMA user_version=99'
sha256sum hc.db >expected
for program in hc-log hc-check 'hc-define list' 'hc-init --upgrade'; do
	# shellcheck disable=SC2086
	exits 78 $program
	says 'newer schema 99'
done
sha256sum hc.db >actual
same 'a newer database is not touched by a byte'
rm -f none.db
exits 66 hc-init -d none.db --upgrade
done_testing
