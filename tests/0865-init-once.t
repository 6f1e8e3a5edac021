#!/bin/sh
# hc-init never takes away what was there before it: another's database made
# at the same moment, or the key file of an older one.
. "${0%/*}/lib.sh"
need sqlite3

# Eight at once: one makes it, seven are told so, and it is whole.
for i in 1 2 3 4 5 6 7 8; do
	(
		status=0
		hc-init -q -d one.db --office 112038 2>>words || status=$?
		echo "$status" >>statuses
	) &
done
wait
is 'of eight hc-inits one makes the database' \
    "$(sort statuses | uniq -c | tr -s ' \n' ' ')" ' 1 0 7 78 '
is 'and the others say that it is there' "$(sort -u words)" \
    "hc-init: 'one.db' exists already"
is 'it is whole' "$(sqlite3 one.db 'PRAGMA integrity_check')" ok
is 'with its first run' "$(sqlite3 one.db 'SELECT count(*) FROM run')" 1
ok 'and its key' test -s one.db.key

# The key of a database that was lost may still open sealed answers.
cp one.db.key kept
rm one.db
exits 78 hc-init -d one.db --office 112038
says "'one.db.key' exists already and belongs to another database"
same 'a key file that was there stays as it was' kept one.db.key
fails 'and no database is made' test -e one.db

# What fails leaves nothing, and the name free.
exits 65 hc-init -d two.db --office 12
says "'12' is no office code of six digits"
is 'a wrong code leaves nothing behind' "$(find . -name 'two*')" ''
exits 0 hc-init -q -d two.db --office 112038
exits 78 hc-init -d two.db --office 112038
says "'two.db' exists already"
is 'it stays as it was' "$(sqlite3 two.db 'SELECT count(*) FROM run')" 1

done_testing
