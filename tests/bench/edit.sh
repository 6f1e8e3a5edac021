#!/bin/sh
# What it costs to save one person durably: hc-edit beside the sqlite3 shell
# that commits one bare row.
. "${0%/*}/../bench.sh"

command -v sqlite3 >/dev/null || { echo 'no sqlite3 to compare with'; exit 0; }
bench-office hc.db 5000
sqlite3 bare.db 'CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)'
bench-time 41 -- bench-empty -- sqlite3 bare.db \
    "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;
    INSERT INTO person (name) VALUES ('高橋　花子')" \
    -- hc-edit -q person 'name=高橋 花子' kana=タカハシハナコ
