#!/bin/sh
# The test library itself: its checks can fail, and it tidies up.
. "${0%/*}/lib.sh"

# Run the lines as a test file of its own; its TAP goes to "tap", its exit
# status to $status.
try()
{
	mkdir -p inner/tests
	cp "$HC_ROOT/tests/lib.sh" inner/tests/
	{
		echo '. "${0%/*}/lib.sh"'
		printf '%s\n' "$@"
		echo done_testing
	} >inner/tests/try.t
	status=0
	TMPDIR=$tests_dir sh inner/tests/try.t >tap 2>tap.err || status=$?
}

# Each of these must be reported as "not ok" and make the file fail.
while read -r line; do
	try "$line"
	if grep -q '^not ok 1' tap && [ "$status" -ne 0 ]; then
		pass "can fail: $line"
	else
		fail "can fail: $line" "$(cat tap tap.err)"
	fi
done <<'LINES'
ok name false
ok name sh -c 'exit 99'
fails name true
fails name sh -c 'exit 99'
fails name sh -c 'kill -9 $$'
fails name no-such-program-at-all
exits 0 false
exits 1 true
exits 1 sh -c 'exit 99'
same 'without files'
echo a >expected; same 'without actual'
echo a >expected; echo b >actual; same 'different files'
echo a >expected; printf a >actual; same 'newline missing'
true >err; says words
echo other words >err; says 'some words'
true >err; says ''; fail 'second'
echo words >err; quiet
rm -f err; quiet
is name a b
fail name because
LINES

# And each of these must pass.
while read -r line; do
	try "$line"
	if grep -q '^ok 1' tap && [ "$status" -eq 0 ]; then
		pass "can pass: $line"
	else
		fail "can pass: $line" "$(cat tap tap.err)"
	fi
done <<'LINES'
ok name true
fails name false
fails name sh -c 'exit 65'
exits 65 sh -c 'exit 65'
echo a >expected; echo a >actual; same 'equal files'
echo some words >err; says words
true >err; quiet
is name a a
skip name reason
LINES

try 'echo a >expected; echo a >actual; same one; same two'
is 'files are compared once only' "$(grep -c '^not ok 2' tap)" 1

try 'exits 3 sh -c "echo out; echo words >&2; exit 3"
says words
echo out >expected
same stdout'
is 'exits keeps stdout and stderr' "$status" 0

try 'skip_all "no reason"'
printf '1..0 # SKIP no reason\n' >expected
same 'a whole file can be skipped' expected tap

try 'need sh no-such-program-at-all'
printf '1..0 # SKIP no-such-program-at-all is not there\n' >expected
same 'need skips' expected tap

try 'is a $(soak 3 500) 3; HC_SOAK=1; is b $(soak 3 500) 500'
is 'soak chooses' "$status" 0

try 'wait_for 1 false; is never $? 1; wait_for 1 true; is now $? 0'
is 'wait_for gives up' "$status" 0

try 'within 1 sleep 5; is name $? 124'
is 'within stops' "$status" 0

try 'true | pass one; false | fail two; pass three'
printf '%s\n' 'ok 1 - one' 'not ok 2 - two' 'ok 3 - three' '1..3' >expected
grep -v '^#' tap >actual
same 'checks in pipes are counted'
is 'and make the file fail' "$status" 1

# A program that ends without done_testing has no plan; prove sees that.
try 'pass one; exit 0'
is 'a file that stops early has no plan' "$(grep -c '^1\.\.' tap)" 0

# Names with what TAP would take for a directive.
try 'ok "a # TODO b" false'
is 'a name cannot excuse a failure' "$(grep -c '#' tap)" \
    "$(grep -c '^#' tap)"

# A server is found at its port and is gone afterwards, as is the folder.
try 'serve perl -MIO::Socket::INET -e "
    my \$s = IO::Socket::INET->new(Listen => 5, ReuseAddr => 1,
	LocalAddr => \"127.0.0.1:@PORT@\") or die; 1 while \$s->accept"
is "it answers" $? 0
echo "$server $PWD" >"$HC_ROOT/../server"
kill -0 $server; is "it runs" $? 0'
is 'a server can be started' "$status" 0
read -r pid folder <server
fails 'it ends with the test' kill -0 "$pid"
ok 'and the folder is gone' test ! -e "$folder"

try 'serve false; is "said so" $? 1'
is 'a server that does not start is noticed' "$status" 0

try 'echo $PWD >"$HC_ROOT/../kept"; fail name'
read -r folder <kept
ok 'a failed test keeps its folder' test -d "$folder"

done_testing
