# shellcheck shell=sh
# What the tests of faults share: an office, once as it is before each of the
# programs that write, and what is there afterwards.  After tests/lib.sh:
#
#	$fault_names		import, send and so on: programs at work
#	fault_offices		make the folders start.NAME
#	fault_begin NAME	the folder "work", as start.NAME
#	fault_run NAME [COMMAND...]	run the program NAME in this folder,
#				behind COMMAND (strace, env); what it prints
#				goes to out and err
#	fault_calls NAME	how often it makes which call that writes:
#				"pwrite64 251", a line each
#	fault_learn NAME	run it without a fault: $fault_none and
#				$fault_all are the shapes before and after
#	fault_look NAME STATUS	is what STATUS told true, and all sound?  Prints
#				what is wrong
#	fault_again NAME	the next try completes; prints what is wrong
. "$HC_ROOT/tests/notify.sh"
. "$HC_ROOT/tests/form.sh"

fault_names='import edit call send run open take collect drop backup upgrade'
# Calls that change what is on the disk.
fault_kinds=write,pwrite64,ftruncate,fsync,fdatasync,unlink,rename,link,mkdir

# Three persons answer on the form.
fault_answers()
{
	{ form_def; form_link 1; form_link 2; form_link 3; } |
	    hc-form open >/dev/null
	serve hc-form serve --listen 127.0.0.1:@PORT@ || return 1
	for fault_i in 1 2 3; do
		# shellcheck disable=SC2086
		form_post $fault_i submission="$(form_number)" \
		    temperature=38.2 $form_well
	done
	end "$server"
	hc-form take >taken
}

fault_offices()
{
	mkdir start.import start.collect start.upgrade
	cd start.import || return 1
	notify_office 6
	awk 'BEGIN {
		print "番号,氏名,年代,電話番号,発症日,知らない欄"
		for (i = 1; i <= 100; i++)
			printf "A%d,見本%d,%d0代,048-000-%04d,%s,x%d\n",
			    i, i, i % 9 + 1, i, "2020/12/20", i
	}' >list.csv
	cd ..
	for fault_i in edit call send backup; do
		cp -a start.import start.$fault_i
	done
	cp -a start.send start.run
	(cd start.run && hc-notify send -q daily <due.tsv >made)
	cp -a start.run start.open
	(cd start.run && notify_open)
	(cd start.open && hc-form take >none && hc-notify invitations >bundle)
	cd start.collect || return 1
	. "$HC_ROOT/tests/collect.sh"
	for fault_i in 1 2 3; do
		invite $fault_i day=2021-01-1$fault_i
	done
	fault_answers
	cd ..
	cp -a start.collect start.take
	cp -a start.collect start.drop
	(cd start.drop && hc-followup collect -q <taken >kept)
	sqlite3 start.upgrade/hc.db <"$HC_ROOT/tests/data/schema-1.sql"
}

fault_begin()
{
	rm -rf work
	cp -a "start.$1" work
}

fault_run()
{
	fault_in=/dev/null
	fault_name=$1
	shift
	case $fault_name in
	import) set -- "$@" hc-import -q cases list.csv ;;
	edit) set -- "$@" hc-edit -q person 1 note=memo ;;
	call) set -- "$@" hc-followup call -q 1 temperature=37.8 cough=1 ;;
	send) set -- "$@" hc-notify send -q daily; fault_in=due.tsv ;;
	run) set -- "$@" hc-notify run -q -c 2 ;;
	open) set -- "$@" hc-form open; fault_in=bundle ;;
	take) set -- "$@" hc-form take ;;
	collect) set -- "$@" hc-followup collect -q; fault_in=taken ;;
	drop) set -- "$@" hc-form drop -q; fault_in=kept ;;
	backup) set -- "$@" hc-check -q --backup copy.db ;;
	upgrade) set -- "$@" hc-init -q --upgrade ;;
	esac
	"$@" <$fault_in >out 2>err
}

# The number of records and of their changes, table by table: "none" or "all"
# is told by it.  The search index and the counters may run ahead.
fault_shape()
{
	for fault_db in hc.db form.db; do
		[ ! -s $fault_db ] || sqlite3 $fault_db "$(sqlite3 $fault_db "
		    SELECT 'SELECT ''' || m.name || ''', count(*)' ||
		        iif(c.name IS NULL, '', ', sum(revision)') ||
		        ' FROM \"' || m.name || '\";' FROM sqlite_master m
		    LEFT JOIN pragma_table_info(m.name) c
		        ON c.name = 'revision'
		    WHERE m.type = 'table' AND m.name NOT LIKE 'search%'
		        AND m.name <> 'counter' ORDER BY 1")"
	done
}

# fault_sound DB: whole, by itself and by its log.
fault_sound()
{
	case $1,$(sqlite3 "$1" 'PRAGMA user_version') in
	form.db,*|hc.db,1|hc.db.1.bak*,1)
		[ "$(sqlite3 "$1" 'PRAGMA integrity_check')" = ok ] ;;
	*)	hc-check -q -d "$1" >/dev/null 2>sound.err ;;
	esac || echo "'$1' is not sound: $(head -n 1 sound.err)"
}

fault_calls()
{
	fault_begin "$1"
	(cd work && fault_run "$1" strace -f -qq -e trace=$fault_kinds \
	    -o ../calls) || echo "$1 fails without a fault" >&2
	awk '$2 ~ /^[a-z0-9]*\(/ { sub(/\(.*/, "", $2); n[$2]++ }
	    END { for (kind in n) print kind, n[kind] }' calls | sort
}

fault_learn()
{
	fault_begin "$1"
	fault_none=$(cd work && fault_shape)
	(cd work && fault_run "$1")
	fault_all=$(cd work && fault_shape)
}

# Messages of hc-notify run: all there, what is sent arrived, whole.
fault_mails()
{
	[ "$(sqlite3 hc.db 'SELECT count(*) FROM message')" -eq 6 ] ||
	    echo 'a message is lost'
	[ "$(sqlite3 hc.db "SELECT count(*) FROM message
	    WHERE state = 'sending'")" -le 2 ] ||
	    echo 'more are in doubt than were in flight'
	sqlite3 hc.db "SELECT message_id FROM message WHERE state = 'sent'" |
	while read -r fault_id; do
		grep -qrF "$fault_id" outbox/new 2>/dev/null ||
		    echo "$fault_id is sent, but did not arrive"
	done
	find outbox/new -type f 2>/dev/null | while read -r fault_file; do
		[ "$(wc -c <"$fault_file")" -ge "${fault_least:=800}" ] ||
		    echo "$fault_file arrived in part"
	done
}

fault_look()
{
	for fault_db in *.db *.bak*; do
		[ ! -e "$fault_db" ] || fault_sound "$fault_db"
	done
	if [ "$1" = run ]; then
		fault_mails
		return
	fi
	fault_now=$(fault_shape)
	if [ "$fault_now" = "$fault_all" ]; then
		[ "$2" -ne 0 ] || [ "$1" != backup ] || [ -s copy.db ] ||
		    echo 'no copy'
	elif [ "$fault_now" != "$fault_none" ]; then
		echo 'neither all nor nothing'
	elif [ "$2" -eq 0 ]; then
		echo 'said to be done, but is not'
	fi
}

fault_again()
{
	rm -f copy.db
	if [ "$(fault_shape)" != "$fault_all" ] || [ "$1" != call ]; then
		fault_run "$1" || echo "the next try fails: $(cat err)"
	fi
	if [ "$1" = run ]; then
		# What was put off is due two minutes later.
		hc-notify run -q --today \
		    "$(TZ=JST-9 date -d '2 minutes' +%FT%H:%M)" >out 2>err
		[ "$(notify_states)" = 'sent 6' ] ||
		    echo "in the end: $(notify_states)"
		fault_mails
	elif [ "$(fault_shape)" != "$fault_all" ]; then
		echo 'in the end not all is there, or too much'
	fi
}
