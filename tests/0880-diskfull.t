#!/bin/sh
# The disk is full: every program says so, in the user's language, changes
# nothing and leaves no half file; when the ballast is given back the next one
# works.  The disk is a small tmpfs in a mount namespace of this test's own.
if [ -z "${HC_FULL-}" ] && unshare -m true 2>/dev/null; then
	HC_FULL=1 exec unshare -m sh "$0" "$@"
fi
. "${0%/*}/lib.sh"
need sqlite3 curl
. "$HC_ROOT/tests/fault.sh"
mkdir disk
mount -t tmpfs -o size=8m none disk 2>err ||
    skip_all "no disk can be mounted here: $(head -n 1 err)"

# onto NAME: the folder of NAME lies on the disk as "work", which is now full
# but for the ballast of 1 MB.
onto()
{
	rm -rf disk/*
	cp -a "start.$1" disk/work
	[ ! -e disk/work/out ] || rm disk/work/out
	cd disk/work || exit 1
	[ "$1" = upgrade ] ||
	    hc-check -q --ballast 1M 2>ballast.err ||
	    fail 'a ballast can be made'
	dd if=/dev/zero of=../filler bs=4k 2>/dev/null
}

# Messages do not go onto the full disk.
full_run()
{
	full_name=$1
	shift
	fault_run "$full_name" "$@" >../../out 2>../../err
}

fault_offices
mkdir none
for name in $fault_names; do
	fault_learn "$name"
	rm -rf work
	: >wrong
	status=0
	onto "$name"
	(
		# fault_run writes its out and err here: elsewhere than the
		# disk.
		ln -sf ../../out out
		ln -sf ../../err err
		fault_run "$name"
	) || status=$?
	cp hc.db hc.db.key ../../none 2>/dev/null
	fault_look "$name" $status >../../wrong
	find . -name '.*.??????' >>../../wrong
	cd ../..
	case $name,$status in
	take,0|run,69|*,7[34]) ;;
	*) echo "exit status $status" >>wrong ;;
	esac
	[ $status -eq 0 ] || grep -q 'full\|No space' err ||
	    echo "it says: $(cat err)" >>wrong
	if [ "$name" = upgrade ]; then
		rm disk/filler
	else
		(cd disk/work && hc-check -q --release-ballast) ||
		    echo 'the ballast stays' >>wrong
	fi
	[ "$name" != backup ] || rm disk/filler
	(cd disk/work && fault_again "$name") >>wrong
	if [ -s wrong ]; then
		fail "$name on a full disk"
		note_file wrong
	else
		pass "$name on a full disk: exit status $status"
	fi
done

# --- in Japanese ---------------------------------------------------------

onto edit
cd ../..
HC_LANG=ja exits 74 hc-edit -d disk/work/hc.db person 1 note=x
says 'ディスクがいっぱいです'

# --- files beside the database -------------------------------------------

cp start.edit/hc.db start.edit/hc.db.key .
{
	echo 番号,氏名,年代
	echo A1,見本,いろは
	awk 'BEGIN { for (i = 2; i < 3000; i++) print "A" i ",見本,x" }'
} >wrong.csv
echo before >disk/o.tsv 2>/dev/null || :
rm -f disk/filler
printf 'before\n' >disk/o.tsv
printf 'before\n' >disk/rejects.csv
dd if=/dev/zero of=disk/filler bs=4k 2>/dev/null
echo before >expected
cp expected expected2
exits 74 hc-define -o disk/o.tsv export
says 'No space left on device'
cp disk/o.tsv actual
same 'the file of -o is as it was'
exits 74 hc-import -q --rejects disk/rejects.csv cases wrong.csv
says 'No space left on device'
ok 'no half list of rejects is left' cmp -s expected2 disk/rejects.csv
exits 74 hc-check --backup disk/copy.db
exits 73 hc-define -o disk/none/o.tsv export
ok 'no half file is left' test "$(find disk -name 'copy*' -o -name '.?*')" = ''

# The private staging file.
rows=$(sqlite3 hc.db 'SELECT count(*) FROM person')
awk 'BEGIN { print "番号,氏名,年代"
    for (i = 2; i < 3000; i++) print "A" i ",見本" i ",30代" }' >list.csv
TMPDIR=$PWD/disk exits 74 hc-import -q cases list.csv
says 'cannot write the staging file: No space left on device'
is 'nothing is imported' "$(sqlite3 hc.db 'SELECT count(*) FROM person')" \
    "$rows"
TMPDIR=$PWD/nowhere exits 74 hc-import -q cases list.csv
says "cannot make a staging file in '$PWD/nowhere'"
exits 0 hc-import -q cases list.csv

# --- a new office, and the form ------------------------------------------

exits 74 hc-init -d disk/new.db --office 112038
ok 'no key of it is left' test ! -e disk/new.db.key
rm disk/filler
exits 0 hc-init -q -d disk/new.db --office 112038
rm -rf disk/*
cp start.collect/form.db disk
serve hc-form serve -s disk/form.db --listen 127.0.0.1:@PORT@ || exit 1
dd if=/dev/zero of=disk/filler bs=4k 2>/dev/null
# shellcheck disable=SC2086
form_post 1 submission="$(form_number)" temperature=36.5 $form_well
is 'the form does not thank for what it cannot keep' "$code" 503
rm disk/filler
# shellcheck disable=SC2086
form_post 1 submission="$(form_number)" temperature=36.5 $form_well
is 'with room it does' "$code" 200
end "$server"
is 'and has just that' "$(hc-form take -s disk/form.db | wc -l)" 5
umount disk
done_testing
