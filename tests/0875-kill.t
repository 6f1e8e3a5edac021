#!/bin/sh
# Programs are killed at the system calls that write, one after the other:
# the database is whole, a command's work is there whole or not at all, and
# the next try completes it.
. "${0%/*}/lib.sh"
[ -z "$HC_TOOL" ] || skip_all "$HC_TOOL does not go with strace"
need strace sqlite3 curl
. "$HC_ROOT/tests/fault.sh"
strace -f -qq -o /dev/null true 2>err ||
    skip_all "no process may be traced here: $(head -n 1 err)"

# How many calls of each kind, in each program.
each=$(soak 3 100000)

# kill_at NAME KIND N: killed before its Nth call of that kind.
kill_at()
{
	fault_begin "$1"
	cd work || exit 1
	status=0
	fault_run "$1" strace -f -qq -o /dev/null -e "trace=$2" \
	    -e "inject=$2:signal=KILL:when=$3" 2>/dev/null || status=$?
	[ $status -ne 137 ] || killed=$((killed + 1))
	case $status in
	0|137) ;;
	*) echo "ends with $status: $(cat err)" ;;
	esac >../wrong
	{
		fault_look "$1" $status
		fault_again "$1"
	} >>../wrong
	cd ..
	if [ -s wrong ]; then
		sed "s/^/$1 killed at $2 $3: /" wrong >>complaints
	fi
}

fault_offices
for name in $fault_names; do
	fault_learn "$name"
	fault_calls "$name" >kinds
	rm -f complaints
	killed=0
	tried=0
	while read -r kind total; do
		for n in $(points "$each" "$total"); do
			tried=$((tried + 1))
			kill_at "$name" "$kind" "$n"
		done
	done <kinds
	if [ -e complaints ]; then
		fail "$name killed at $killed points (seed $HC_SEED)"
		note_file complaints
	elif [ $((killed * 3)) -lt $tried ] || [ $killed -eq 0 ]; then
		fail "$name: only $killed of $tried points killed it"
	else
		pass "$name killed at $killed points"
	fi
done
done_testing
