#!/bin/sh
# Whatever is changed past the programs is found by hc-check; a log that was
# cut off or written anew by hc-log verify --head.
. "${0%/*}/lib.sh"
need sqlite3 perl

hc-init -q --office 112038
for i in 1 2 3 4 5 6; do
	add person "name=試験 $i" "kana=シケン $i"
	hc-edit -q person $i "note=$i"
done >/dev/null
hc-edit -q --delete person 6 >/dev/null
exits 0 hc-check
quiet 'nothing to find at first'
hc-log verify >head
cp hc.db sound.db

# The guard is in the way of accidents, not of attackers.
tamper()
{
	cp sound.db hc.db
	{ sqlite3 sound.db "SELECT 'DROP TRIGGER ' || name || ';'
	    FROM sqlite_master WHERE type = 'trigger'"
	echo "PRAGMA recursive_triggers=OFF; $1;"
	sqlite3 sound.db "SELECT sql || ';' FROM sqlite_master
	    WHERE type = 'trigger'"
	} | sqlite3 hc.db 2>sqlite.err || { cat sqlite.err; return 1; }
}

fails 'the sqlite3 shell cannot change a guarded table' \
    sqlite3 hc.db "UPDATE person SET name = 'x'"

perl -e '
srand 7;
my $n = shift;
my @base = (
"UPDATE person SET name = \x27x%d\x27 WHERE id %% 10 = 1 + %d %% 5",
"UPDATE person SET note = NULL WHERE id %% 10 = 1 + %d %% 5",
"UPDATE person SET revision = revision + 1 + %d WHERE id %% 10 = 1 + %d %% 5",
"DELETE FROM person WHERE id = 112038000000001 + %d %% 5",
"INSERT INTO person SELECT id + 100 + %d, office, revision, created_at, updated_at".
    ", name, kana FROM person LIMIT 0; INSERT INTO staff (id, office, revision, created_at, updated_at, login) VALUES (112038000000077 + %d, 112038, 1, \x27x\x27, \x27x\x27, \x27eve\x27)",
"UPDATE run SET login = \x27eve%d\x27 WHERE id = 112038000000001 + %d %% 14",
"UPDATE run SET at = \x272020-01-01T00:00:00.00%dZ\x27 WHERE id = 112038000000001 + %d %% 14",
"UPDATE run SET hash = zeroblob(32) WHERE id = 112038000000001 + %d %% 14",
"DELETE FROM run WHERE id = 112038000000001 + %d %% 14",
"DELETE FROM change WHERE id = 112038000000001 + %d",
"UPDATE change SET fields = replace(fields, \x27a\x27, \x27b%d\x27) WHERE id = (SELECT min(id) + %d %% 300 FROM change) AND fields LIKE \x27%%a%%\x27",
"UPDATE change SET salt = NULL WHERE id = 112038000000001 + %d",
"UPDATE change SET digest = randomblob(32) WHERE id = 112038000000001 + %d",
"UPDATE change SET run = 112038000000002 WHERE id = 112038000000001 + %d",
"UPDATE change SET record = record + 1 + %d WHERE id = 112038000000001 + %d",
"UPDATE setting SET value = \x27evil%d\x27 WHERE name = \x27form_url\x27",
"DELETE FROM change WHERE run = (SELECT max(id) FROM run) + %d * 0; DELETE FROM run WHERE id = (SELECT max(id) FROM run)",
"UPDATE counter SET next = next + 1 + %d WHERE entity = \x27run\x27",
);
for my $i (0 .. $n - 1) {
	my $t = $base[$i % @base];
	$t =~ s/INSERT INTO person SELECT.*?LIMIT 0; //;
	my $r = int rand 300;
	(my $f = $t) =~ s/%d/$r/g;
	$f =~ s/%%/%/g;
	print "$f\n";
}' "$(soak 100 1000)" >tampers

found=0
total=0
while IFS= read -r sql; do
	tamper "$sql" || continue
	cmp -s hc.db sound.db && continue
	total=$((total + 1))
	hc-check -q >out 2>err
	status=$?
	if [ $status -eq 65 ]; then
		found=$((found + 1))
	else
		note "status $status: $sql"
	fi
done <tampers
is "all of $total ways of tampering are found" "$found" "$total"
ok 'and they were many' test "$total" -ge "$(soak 95 950)"

# The tail cut off with its counters: only the noted head tells.
tamper "DELETE FROM change WHERE run = (SELECT max(id) FROM run);
DELETE FROM run WHERE id = (SELECT max(id) FROM run);
UPDATE counter SET next = (SELECT max(id) % 1000000000 + 1 FROM run)
    WHERE entity = 'run'"
exits 0 hc-log verify
exits 65 hc-log verify --head "$(cat head)"
says 'no run has the noted hash'
cp sound.db hc.db
add person name=later >/dev/null
exits 0 hc-log verify --head "$(cat head)"
says 'the noted hash is that of run 14'
exits 65 hc-log verify --head 12
says 'is no hash'

# A byte of the file, anywhere: never a crash.
crashed=0
for i in $(seq "$(soak 30 1000)"); do
	cp sound.db hc.db
	perl -e 'srand shift; my $f = "hc.db"; open my $h, "+<", $f or die;
	    my $at = int rand -s $f; seek $h, $at, 0; read $h, my $b, 1;
	    seek $h, $at, 0; print $h chr(ord($b) ^ (1 + int rand 255))' "$i"
	within 60 hc-check >out 2>err
	[ $? -lt 99 ] || { crashed=$((crashed + 1)); note "seed $i"; }
done
is 'a damaged byte crashes nothing' $crashed 0
done_testing
