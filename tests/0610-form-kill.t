#!/bin/sh
# hc-form is killed at any moment between an answer and its collection:
# nothing that was thanked for is lost, nothing is there twice.
. "${0%/*}/lib.sh"
need curl perl
. "$HC_ROOT/tests/form.sh"

kills=$(soak 50 1000)
{ form_def; form_link 1; form_link 2; form_link 3; form_link 4; } |
    hc-form open >/dev/null
for i in 1 2 3 4; do form_token $i; done >tokens

# Answer from four connections at a time until the server is gone; print
# the mark of each answer that was thanked for.
cat >answer.pl <<'PERL'
use IO::Socket::INET;
my ($port, $round, @tokens) = @ARGV;
my $n = 0;
for my $token (@tokens) {
	if (!defined(my $pid = fork)) { die }
	elsif ($pid) { next }
	srand($$ ^ time);
	my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1",
	    PeerPort => $port) or exit;
	$SIG{PIPE} = 'IGNORE';
	while (1) {
		my $mark = "m$round-$$-" . $n++;
		my $id = join("", map { ("a".."z", 2..7)[rand 32] } 1..25);
		my $body = "submission=${id}a&temperature=36.5&feeling=fair" .
		    "&symptoms=1&emergency=1&note=$mark";
		print $s "POST /a/$token HTTP/1.1\r\nHost: localhost\r\n" .
		    "Content-Type: application/x-www-form-urlencoded\r\n" .
		    "Content-Length: " . length($body) . "\r\n\r\n$body";
		my ($status, $len) = (0, 0);
		while (defined(my $line = <$s>)) {
			$status = $1 if $line =~ m{^HTTP/1.1 (\d+)};
			$len = $1 if $line =~ /^content-length: (\d+)/i;
			last if $line eq "\r\n";
		}
		last if !$status || ($len && read($s, my $page, $len) != $len);
		syswrite STDOUT, "$mark\n" if $status == 200;
		# Too many wait to be collected.
		select(undef, undef, undef, 0.05) if $status == 429;
	}
	exit;
}
1 while wait != -1;
PERL

# Sleep a chance part of ${1} milliseconds.
nap()
{
	perl -e 'select(undef, undef, undef, rand($ARGV[0]) / 1000)' "$1"
}

# What the office does, killed now and then in its turn: take, keep, drop
# what is kept.
collect()
{
	hc-form take >taken.new || return 0
	cat taken.new >>kept
	hc-form drop <taken.new 2>/dev/null &
	dropper=$!
	if [ $((round % 3)) -eq 0 ]; then
		nap 8
		kill -9 $dropper 2>/dev/null
	fi
	wait $dropper
}

: >thanked
: >kept
round=0
while [ $round -lt "$kills" ]; do
	round=$((round + 1))
	rm -f serving
	hc-form serve --listen 127.0.0.1:0 2>serving &
	pid=$!
	wait_for 10 grep -q 'listening on' serving || break
	port=$(sed -n 's/.*127.0.0.1://p' serving)
	# shellcheck disable=SC2046
	perl answer.pl "$port" $round $(cat tokens) >>thanked 2>/dev/null &
	client=$!
	nap 250
	[ $((round % 2)) -eq 0 ] && collect
	kill -9 $pid
	wait $pid 2>/dev/null
	wait $client
	if [ $((round % 5)) -eq 0 ]; then
		hc-form take >/dev/null 2>&1 & taker=$!
		nap 6
		kill -9 $taker 2>/dev/null
		wait $taker 2>/dev/null
	fi
done
is 'every round began' $round "$kills"
collect
collect

note "$kills kills, $(wc -l <thanked) answers thanked for"
ok 'answers were thanked for' test -s thanked
hc-form take | tail -n +2 >left
is 'all are collected' "$(wc -l <left)" 0
grep -v '^answer' kept | sort -u >kept.once
{ head -n 1 taken.new; cat kept.once; } | form-office open "$form_secret" >answers
sed -n 's/.*"note":"\([^"]*\)".*/\1/p' answers | sort >marks
is 'no answer is there twice' "$(uniq -d marks | wc -l)" 0
sort thanked | uniq | comm -23 - marks >lost
is 'none that was thanked for is lost' "$(wc -l <lost)" 0
done_testing
