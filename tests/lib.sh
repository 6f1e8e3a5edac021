# shellcheck shell=sh
# A small TAP library for the tests, which are sh scripts run by prove.
#
#	. "${0%/*}/lib.sh"
#	printf 'id\tname\n' >expected
#	hc-search 0480000000 >actual
#	same 'an unknown number prints the header line alone'
#	exits 64 hc-search --nonsense
#	says "unknown option '--nonsense'"
#	done_testing
#
# A test file runs in a fresh, empty folder ($PWD; kept when a check failed
# or HC_KEEP is set), with $HC_BUILD/bin (default build/) first in PATH,
# then tests/bin and
# tests/tools of $HC_BUILD, messages in English, HOME=$PWD, and no HC_* settings from outside.
# $HC_ROOT is the repository; $HC_TOOL is asan, tsan, valgrind or empty.
#
#	ok NAME COMMAND...	the command must succeed
#	fails NAME COMMAND...	it must fail, but not crash
#	exits STATUS COMMAND...	it must exit so; its stdout goes to the file
#				actual, its stderr to err
#	same NAME [EXPECTED [ACTUAL]]
#				the two files (expected, actual) are equal;
#				they are removed, so that none is used twice
#	says TEXT		the file err holds TEXT
#	quiet [NAME]		the file err is empty
#	is NAME GOT WANTED	two words are equal
#	pass NAME, fail NAME [WHY...]
#	skip NAME REASON	a check that cannot be made here
#	skip_all REASON		the whole file; before any check
#	need PROGRAM...		skip_all unless the programs are there
#	add ENTITY NAME=VALUE...	save a new record; prints its id
#	soak N M		prints N, or M when HC_SOAK is set
#	points N TOTAL		prints up to N of the numbers 1 to TOTAL, others
#				each day: by $HC_SEED, which may be given
#	wait_for SECONDS COMMAND...	try until it succeeds
#	within SECONDS COMMAND...	stop it then (status 124)
#	serve COMMAND...	start a server; "@PORT@" in its words becomes
#				a free port of 127.0.0.1; returns when that
#				answers.  Sets $port and $server (its pid); what
#				it prints goes to server-$port.out, which is
#				also called server.out till the next one
#	end PID			end a process that this test started
#	done_testing		last line of every test file
#
# Processes started by serve end with the test.
set -u

HC_ROOT=$(cd "${0%/*}/.." && pwd) || exit 1
case ${HC_BUILD:=build} in
/*) ;;
*) HC_BUILD=$HC_ROOT/$HC_BUILD ;;
esac
HC_TOOL=${HC_TOOL-}
: "${HC_SEED:=$(date +%Y%j)}"
export HC_ROOT HC_BUILD HC_TOOL HC_SEED

unset HC_DB HC_TODAY LANG LANGUAGE TZ XDG_CONFIG_HOME NO_COLOR CDPATH \
	POSIXLY_CORRECT EDITOR VISUAL PAGER MANPAGER MAKEFLAGS MFLAGS MAKELEVEL
LC_ALL=C.UTF-8
HC_LANG=en
# What a sanitizer or valgrind finds must not look like "nothing found" (1).
ASAN_OPTIONS=exitcode=99:${ASAN_OPTIONS-}
UBSAN_OPTIONS=exitcode=99:print_stacktrace=1:${UBSAN_OPTIONS-}
TSAN_OPTIONS=exitcode=99:${TSAN_OPTIONS-}
LSAN_OPTIONS=suppressions=$HC_ROOT/tests/lsan.supp:print_suppressions=0
PATH=$HC_BUILD/bin:$HC_BUILD/tests/bin:$HC_BUILD/tests/tools:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL HC_LANG ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS TSAN_OPTIONS PATH

tests_pids=

# Checks are counted in a file: one may stand in a pipe, that is in a
# subshell, as in "printf ... | exits 0 hc-import -".
tests_top=$(mktemp -d "${TMPDIR:-/tmp}/hc-test.XXXXXX") || exit 1
tests_count=$tests_top/count
tests_dir=$tests_top/here
: >"$tests_count"
mkdir "$tests_dir" && cd "$tests_dir" || exit 1
HOME=$tests_dir
export HOME

tests_end()
{
	status=$?
	trap - EXIT
	! grep -q '^not' "$tests_count" || status=1
	for pid in $tests_pids; do
		end "$pid"
	done
	cd / || exit 1
	if [ "$status" -ne 0 ] || [ -n "${HC_KEEP-}" ]; then
		echo "# files are kept in $tests_dir"
	else
		chmod -R u+rwX "$tests_top" && rm -rf "$tests_top"
	fi
	exit "$status"
}
trap tests_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# note TEXT...: a line for people who read the test's output.
note()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

# note_file FILE: show its beginning, control characters made visible.
note_file()
{
	[ -f "$1" ] || return 0
	head -c 4000 "$1" | cat -v | sed "s/^/# ${1##*/}: /" | head -n 40
	if [ "$(wc -c <"$1")" -gt 4000 ]; then
		note "${1##*/}: ..."
	fi
}

# tests_report "ok" or "not ok", NAME: one line of TAP.  A '#' in a name would
# begin a directive.
tests_report()
{
	echo "$1" >>"$tests_count"
	printf '%s %d - %s\n' "$1" "$(wc -l <"$tests_count")" \
	    "$(printf %s "$2" | tr '#\n' '  ')"
}

pass()
{
	tests_report ok "$1"
}

fail()
{
	tests_report 'not ok' "$1"
	shift
	[ $# -eq 0 ] || note "$@"
	return 1
}

skip()
{
	echo ok >>"$tests_count"
	printf 'ok %d # SKIP %s: %s\n' "$(wc -l <"$tests_count")" "$1" "$2"
}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

need()
{
	for program; do
		command -v "$program" >/dev/null ||
		    skip_all "$program is not there"
	done
}

add()
{
	hc-edit -q "$@" | sed -n '2s/	.*//p'
}

soak()
{
	if [ -n "${HC_SOAK-}" ]; then
		echo "$2"
	else
		echo "$1"
	fi
}

points()
{
	awk -v n="$1" -v total="$2" -v seed="$HC_SEED" 'BEGIN {
		step = total > n ? total / n : 1
		for (at = seed % 997 / 997 * step; at < total; at += step)
			print int(at) + 1
	}'
}

ok()
{
	tests_name=$1
	shift
	tests_status=0
	"$@" >.out 2>&1 || tests_status=$?
	if [ $tests_status -eq 0 ]; then
		pass "$tests_name"
		return 0
	fi
	fail "$tests_name" "exit status $tests_status: $*"
	note_file .out
	return 1
}

fails()
{
	tests_name=$1
	shift
	tests_status=0
	"$@" >.out 2>&1 || tests_status=$?
	# 99 is a sanitizer, from 124 on timeouts, missing programs, signals.
	if [ $tests_status -ne 0 ] && [ $tests_status -lt 99 ]; then
		pass "$tests_name"
		return 0
	fi
	fail "$tests_name" "exit status $tests_status: $*"
	note_file .out
	return 1
}

exits()
{
	tests_wanted=$1
	shift
	tests_status=0
	"$@" >actual 2>err || tests_status=$?
	if [ $tests_status -eq "$tests_wanted" ]; then
		pass "exits $tests_wanted: $*"
		return 0
	fi
	fail "exits $tests_wanted: $*" "exit status $tests_status"
	note_file actual
	note_file err
	return 1
}

same()
{
	tests_a=${2:-expected}
	tests_b=${3:-actual}
	if [ ! -f "$tests_a" ] || [ ! -f "$tests_b" ]; then
		fail "$1" "no file $tests_a or $tests_b"
	elif cmp -s "$tests_a" "$tests_b"; then
		pass "$1"
	else
		fail "$1"
		diff -u "$tests_a" "$tests_b" | cat -v | sed 's/^/# /' |
		    head -n 60
	fi
	rm -f "$tests_a" "$tests_b"
}

says()
{
	if grep -qF -e "$1" err; then
		pass "says: $1"
	else
		fail "says: $1"
		note_file err
	fi
}

quiet()
{
	if [ -f err ] && [ ! -s err ]; then
		pass "${1:-and says nothing}"
	else
		fail "${1:-and says nothing}"
		note_file err
	fi
}

is()
{
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1" "got '$2', wanted '$3'"
	fi
}

# Tenths of a second, as sleep's fractions are not in every sh.
wait_for()
{
	tests_left=$(($1 * 20))
	shift
	until "$@" >/dev/null 2>&1; do
		tests_left=$((tests_left - 1))
		[ $tests_left -gt 0 ] || return 1
		sleep 0.05
	done
}

within()
{
	timeout -k 5 "$@"
}

# free_port: print a port of 127.0.0.1 on which nobody listens.
free_port()
{
	perl -MIO::Socket::INET -e '
		my $s = IO::Socket::INET->new(Listen => 1,
		    LocalAddr => "127.0.0.1", LocalPort => 0) or die $!;
		print $s->sockport, "\n"'
}

# port_answers PORT: does somebody listen there?
port_answers()
{
	perl -MIO::Socket::INET -e '
		exit !IO::Socket::INET->new(PeerAddr => "127.0.0.1",
		    PeerPort => $ARGV[0], Timeout => 1)' "$1"
}

# answers_or_ends PORT PID: true when either is so.
answers_or_ends()
{
	port_answers "$1" || ! kill -0 "$2"
}

serve()
{
	for tests_try in 1 2 3; do
		port=$(free_port) || return 1
		(
			n=$#
			while [ "$n" -gt 0 ]; do
				case $1 in
				*@PORT@*) set -- "$@" \
				    "${1%%@PORT@*}$port${1#*@PORT@}" ;;
				*) set -- "$@" "$1" ;;
				esac
				shift
				n=$((n - 1))
			done
			exec "$@"
		) >"server-$port.out" 2>&1 </dev/null &
		server=$!
		tests_pids="$tests_pids $server"
		ln -sf "server-$port.out" server.out
		wait_for 20 answers_or_ends "$port" "$server"
		# Somebody else may have taken the port meanwhile.
		if kill -0 "$server" 2>/dev/null &&
		    port_answers "$port"; then
			return 0
		fi
		end "$server"
	done
	note "no server after $tests_try tries: $*"
	note_file server.out
	return 1
}

end()
{
	kill "$1" 2>/dev/null || :
	tests_left=100
	while kill -0 "$1" 2>/dev/null && [ $tests_left -gt 0 ]; do
		# A child that ended stays until it is waited for.
		case $(ps -o stat= -p "$1") in
		Z*|'') break ;;
		esac
		tests_left=$((tests_left - 1))
		sleep 0.05
	done
	kill -9 "$1" 2>/dev/null || :
	wait "$1" 2>/dev/null || :
}

done_testing()
{
	# A file whose checks were not counted must not look like a skip.
	[ -s "$tests_count" ] || fail 'something was checked'
	echo "1..$(wc -l <"$tests_count")"
	exit
}
