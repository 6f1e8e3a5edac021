#!/bin/sh
# 10,000 messages from the outbox into smtp-sink, beside the same number of
# messages of the same size by smtp-source, which keeps no record of them and
# is the limit of this machine.  Same run, as many sessions.
set -eu
root=$PWD
PATH=$root/build/bin:$root/build/tests/bin:$PATH
HC_LANG=en
export PATH HC_LANG
n=${1:-10000}
work=$(mktemp -d)
sink=
trap '[ -z "$sink" ] || kill "$sink"; rm -rf "$work"' EXIT
cd "$work"

command -v smtp-sink >/dev/null || { echo 'no smtp-sink'; exit 0; }
hc-init -q --office 112038 --name みどり市保健所 --phone 048-000-0000
printf '[mail]\nfrom = hc@example.jp\n' >hc.conf
n=$n perl -e 'print "email\tname\n";
    print "p$_\@example.jp\t試験 $_\n" for 1 .. $ENV{n}' |
    hc-edit -q --tsv person >made
n=$n perl -e 'print "person\tkind\n"; print "$_\tcontact\n" for 1 .. $ENV{n}' |
    hc-edit -q --tsv episode >made
n=$n perl -e 'print "episode\tx\n"; print "$_\t\n" for 1 .. $ENV{n}' >due.tsv

# seconds COMMAND...: how long it takes.
seconds()
{
	began=$(perl -MTime::HiRes=time -e 'print time')
	"$@" >/dev/null
	perl -MTime::HiRes=time -e 'printf "%.3f\n", time - $ARGV[0]' "$began"
}

send() { hc-notify send -q daily <due.tsv; }
open() { hc-notify invitations | hc-form open | hc-notify opened -q; }
echo "send: $n messages into the outbox in $(seconds send) s"
echo "open: $n links told to the form machine and back in $(seconds open) s"

port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
    LocalAddr => "127.0.0.1", LocalPort => 0)->sockport')
user=
[ "$(id -u)" != 0 ] || user='-u nobody'
# shellcheck disable=SC2086
smtp-sink $user "127.0.0.1:$port" 1000 &
sink=$!
sleep 0.5
size=$(hc-notify preview daily 1 | wc -c)
part=$((n / 4))
for c in 1 4 10 20; do
	raw=$(seconds smtp-source -s $c -m $part -l "$size" -d \
	    -f hc@example.jp -t p@example.jp "127.0.0.1:$port")
	ours=$(seconds hc-notify run -q -s "smtp://127.0.0.1:$port" -c $c \
	    -l $part)
	perl -e '($c, $n, $raw, $ours) = @ARGV;
	    printf "run: %2d connections: %6.0f/s, smtp-source %6.0f/s: " .
	        "ratio %.2f\n", $c, $n / $ours, $n / $raw, $raw / $ours' \
	    $c $part "$raw" "$ours"
done
