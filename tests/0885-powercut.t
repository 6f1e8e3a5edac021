#!/bin/sh
# The power is cut at any moment: what a program said to be done is there, the
# rest is there whole or not at all.  A recorder notes what a program writes
# and syncs, tests/powercut.pl makes of it what a cut could have left.
. "${0%/*}/lib.sh"
[ -z "$HC_TOOL" ] || skip_all "the recorder does not go with $HC_TOOL"
need sqlite3 curl perl
. "$HC_ROOT/tests/fault.sh"

programs='import edit run collect'
cuts=$(soak 75 5000)

# record NAME: what it does to the folder "work", as it was in start.NAME.
record()
{
	fault_begin "$1"
	(
		cd work || exit 1
		fault_run "$1" env POWER_LOG="$top/log" \
		    POWER_FOLDER="$top/work" ${drop:+POWER_DROP=1} \
		    LD_PRELOAD="$HC_BUILD/tests/preload/power.so"
	) || fail "$1 runs under the recorder"
}

# cut_power NAME SEED: one power cut; prints what is wrong.
cut_power()
{
	rm -rf after
	moment=$(perl "$HC_ROOT/tests/powercut.pl" log "start.$1" after "$2")
	cd after || exit 1
	if [ "$moment" = end ]; then
		fault_look "$1" 0
		[ "$1" != run ] || [ "$(notify_states)" = 'sent 6' ] ||
		    echo 'sent, but not noted'
	else
		fault_look "$1" 1
	fi
	[ $(($2 % 10)) -ne 0 ] || fault_again "$1"
	cd ..
}

# cut_all NAME N: so many; complaints go to a file.
cut_all()
{
	: >complaints
	i=0
	while [ $i -lt "$2" ]; do
		i=$((i + 1))
		cut_power "$1" $((HC_SEED * 10000 + i)) >wrong 2>&1
		[ ! -s wrong ] || {
			sed "s/^/$1, cut $((HC_SEED * 10000 + i)): /" wrong
		} >>complaints
	done
}

top=$(pwd -P)
drop=
fault_offices
for name in $programs; do
	fault_learn "$name"
	record "$name"
	cut_all "$name" "$cuts"
	if [ -s complaints ]; then
		fail "$name, the power cut $cuts times"
		note_file complaints
	else
		pass "$name, the power cut $cuts times"
	fi
done

# Without syncs the same must be seen to go wrong.
drop=1
for name in $programs; do
	fault_learn "$name"
	record "$name"
	cut_all "$name" 20
	ok "without its syncs $name loses something" test -s complaints
done
done_testing
