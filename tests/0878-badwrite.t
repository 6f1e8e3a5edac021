#!/bin/sh
# A call that writes fails, once or from then on, since the disk is full or
# broken: the program says so, what it wrote is there whole or not at all, and
# the next try, on a sound disk, completes it.
. "${0%/*}/lib.sh"
[ -z "$HC_TOOL" ] || skip_all "$HC_TOOL does not go with strace"
need strace sqlite3 curl
. "$HC_ROOT/tests/fault.sh"
strace -f -qq -o /dev/null true 2>err ||
    skip_all "no process may be traced here: $(head -n 1 err)"

# How many calls of each kind fail, in each program and each way.
each=$(soak 1 100000)

# Mails that lie in the Maildir, but are not known to be sent.
unknown_mails()
{
	sqlite3 hc.db "SELECT message_id FROM message WHERE state NOT IN
	    ('sent', 'doubtful')" |
	while read -r id; do
		grep -qrF "$id" outbox/new 2>/dev/null &&
		    echo "$id arrived, but is not noted"
	done
}

# fail_at NAME KIND ERROR WHEN
fail_at()
{
	fault_begin "$1"
	cd work || exit 1
	status=0
	fault_run "$1" strace -f -qq -o /dev/null -e "trace=$2" \
	    -e "inject=$2:error=$3:when=$4" || status=$?
	case $status in
	0) ;;
	# A Maildir that cannot be written is a mail server out of order.
	69) [ "$1" = run ] || echo 'exit status 69' ;;
	73|74) failed=$((failed + 1)) ;;
	*) echo "exit status $status" ;;
	esac >../wrong
	# Unless it was the message itself that could not be written.
	[ $status -eq 0 ] || [ "$2" = write ] || [ -s err ] ||
	    echo 'not a word' >>../wrong
	{
		cat err >said
		fault_look "$1" $status
		# After one fault a program that lives notes what arrived.
		[ "$1" != run ] || [ "${4%+}" != "$4" ] || unknown_mails
		fault_again "$1"
	} >>../wrong
	if [ -s ../wrong ]; then
		sed "s/^/$1, $3 of $2 $4: /" ../wrong
		sed 's/^/	it says: /' said
	fi >>../complaints
	cd ..
}

fault_offices
for name in $fault_names; do
	fault_learn "$name"
	fault_calls "$name" >kinds
	: >complaints
	failed=0
	tried=0
	while read -r kind total; do
		case $kind in
		pwrite64) errors='EIO ENOSPC+' ;;
		fsync|fdatasync) errors='EIO EIO+' ;;
		write|ftruncate|link|mkdir) errors=ENOSPC+ ;;
		*) continue ;;
		esac
		for error in $errors; do
			for n in $(points "$each" "$total"); do
				tried=$((tried + 1))
				fail_at "$name" "$kind" "${error%+}" \
				    "$n${error#"${error%+}"}"
			done
		done
	done <kinds
	if [ -s complaints ]; then
		fail "$name at $tried points (seed $HC_SEED)"
		note_file complaints
	elif [ $failed -eq 0 ]; then
		fail "$name: none of $tried points stopped it"
	else
		pass "$name at $tried points, stopped by $failed"
	fi
done
done_testing
