#!/bin/sh
# The tests in C: each program is one check.
. "${0%/*}/lib.sh"

found=
for source in "$HC_ROOT"/tests/unit/*.c; do
	name=${source##*/}
	program=$HC_BUILD/tests/unit/${name%.c}
	found=1
	if [ -x "$program" ]; then
		ok "unit: ${name%.c}" "$program"
	else
		fail "unit: ${name%.c}" 'not built'
	fi
done
[ -n "$found" ] || skip_all 'there are none'
done_testing
