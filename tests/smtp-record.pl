#!/usr/bin/perl
# An SMTP server that takes every message and notes it before it says so.
#
#	smtp-record.pl PORT LOG [MILLISECONDS]
#
# It listens on PORT of 127.0.0.1.  For each message it appends a line
# "Message-ID TAB recipient TAB envelope sender TAB connection" to LOG, waits
# so long if asked to, and then replies 250.
use strict;
use warnings;
use IO::Socket::INET;

my ($port, $log, $pause) = @ARGV;

setpgrp;
$SIG{TERM} = sub { $SIG{TERM} = 'IGNORE'; kill 'TERM', -$$; exit 0 };
$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
my $listen = IO::Socket::INET->new(Listen => 128, LocalAddr => '127.0.0.1',
    LocalPort => $port, ReuseAddr => 1) or die "port $port: $!";
open my $out, '>>', $log or die "$log: $!";

sub serve
{
	my ($client) = @_;
	my ($from, $to) = ('', '');

	print $client "220 record.example.jp ESMTP\r\n";
	while (my $line = <$client>) {
		if ($line =~ /^MAIL FROM:<(.*?)>/i) {
			$from = $1;
		} elsif ($line =~ /^RCPT TO:<(.*?)>/i) {
			$to = $1;
		} elsif ($line =~ /^DATA/i) {
			print $client "354 go on\r\n";
			my $id = '';
			while (1) {
				defined($line = <$client>) or exit 0;
				last if $line eq ".\r\n";
				$id = $1 if $line =~ /^Message-ID: <(.*)>/;
			}
			syswrite $out, "$id\t$to\t$from\t$$\n";
			select undef, undef, undef, $pause / 1000 if $pause;
		} elsif ($line =~ /^QUIT/i) {
			print $client "221 bye\r\n";
			exit 0;
		}
		print $client "250 2.0.0 Ok\r\n";
	}
	exit 0;
}

while (1) {
	my $client = $listen->accept or next;
	$client->autoflush(1);
	my $pid = fork;
	serve($client) if defined $pid && $pid == 0;
	close $client;
}
