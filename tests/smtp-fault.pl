#!/usr/bin/perl
# An SMTP server that misbehaves, for the tests of the mail transport.
#
#	smtp-fault.pl PORT TABLE LOG
#
# It listens on a port of 127.0.0.1 for each stage and fault, writes "stage
# TAB fault TAB port" to TABLE, and then listens on PORT, where nothing is
# wrong.  What clients say goes to the file LOG, each line with the stage and
# fault before it; "MESSAGE" is a message that was taken.
#
# A fault is a reply ("421" also hangs up) or hang, close, rst, garbage,
# drip (a reply that never ends), long (a very long reply), lines (one of
# several lines).  Stages: greeting, ehlo (also HELO), starttls, auth, mail,
# rcpt, data, body (in the midst of it), end, idle (after the first message),
# second (MAIL of the second message on a connection), quit.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);

my ($main_port, $table, $log) = @ARGV;
my @faults = qw(421 451 550 530 hang close rst garbage);
my %extra = (mail => [qw(drip long)], rcpt => [qw(lines)],
    end => [qw(354 251)], auth => [qw(235 535 454)], starttls => [qw(454)]);
my @stages = qw(greeting ehlo starttls auth mail rcpt data body end idle
    second quit);
my %text = (greeting => '220 fault.example.jp ESMTP', mail => '250 2.1.0 Ok',
    rcpt => '250 2.1.5 Ok', data => '354 go on',
    end => '250 2.0.0 Ok: queued as FAULT1', quit => '221 bye');

# Those that hang end with the one that the test ends.
setpgrp;
$SIG{TERM} = sub { $SIG{TERM} = 'IGNORE'; kill 'TERM', -$$; exit 0 };
$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
open my $out, '>>', $log or die "$log: $!";

my ($stage, $fault, $client, $messages);

sub note
{
	my ($line) = @_;
	$line =~ s/[\r\n]+$//;
	syswrite $out, "$stage $fault $line\n";
}

sub reset_connection
{
	setsockopt $client, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0;
	close $client;
	exit 0;
}

# Do what is wrong.
sub misbehave
{
	if ($fault =~ /^\d/) {
		syswrite $client, "$fault 4.3.2 it is a fault\r\n";
		exit 0 if $fault eq '421';
	} elsif ($fault eq 'hang') {
		sleep 60;
		exit 0;
	} elsif ($fault eq 'close') {
		exit 0;
	} elsif ($fault eq 'rst') {
		reset_connection();
	} elsif ($fault eq 'garbage') {
		syswrite $client, "what do you mean?\r\n";
		sleep 60;
		exit 0;
	} elsif ($fault eq 'drip') {
		for (1 .. 600) {
			syswrite $client, "250-wait\r\n" or exit 0;
			select undef, undef, undef, 0.1;
		}
	} elsif ($fault eq 'long') {
		syswrite $client, '550 ' . 'x' x 100000 . "\r\n";
	} elsif ($fault eq 'lines') {
		syswrite $client, "550-5.1.1 nobody\x1b[2J\r\n" .
		    "550-5.1.1 of that\r\n550 5.1.1 name\r\n";
	}
}

# Answer at the stage ${at}: wrongly if it is the chosen one.
sub answer
{
	my ($at) = @_;
	if ($at eq $stage) {
		misbehave();
	} else {
		syswrite $client, "$text{$at}\r\n";
	}
}

sub receive
{
	my $lines = 0;
	while (my $line = <$client>) {
		if ($line eq ".\r\n") {
			# A reply in the midst of the message was the answer.
			return if $stage eq 'body';
			note('MESSAGE') if $stage ne 'end' || $fault =~ /^2/;
			return answer('end');
		}
		note("DATA $line") if $lines < 40;
		misbehave() if $stage eq 'body' && ++$lines == 10;
	}
	note('CUT');
	exit 0;
}

sub hello
{
	return misbehave() if $stage eq 'ehlo';
	my $offers = "250-fault.example.jp\r\n250-PIPELINING\r\n";
	$offers .= "250-STARTTLS\r\n" if $stage eq 'starttls';
	$offers .= "250-AUTH PLAIN\r\n" if $stage eq 'auth';
	syswrite $client, "${offers}250 8BITMIME\r\n";
}

sub talk
{
	$messages = 0;
	answer('greeting');
	while (my $line = <$client>) {
		note($line);
		if ($line =~ /^(EHLO|HELO)/) {
			hello();
		} elsif ($line =~ /^(STARTTLS|AUTH)/) {
			misbehave();
		} elsif ($line =~ /^MAIL/) {
			if ($stage eq 'second' && $messages > 0) {
				misbehave();
			} else {
				answer('mail');
			}
		} elsif ($line =~ /^RCPT/) {
			answer('rcpt');
		} elsif ($line =~ /^DATA/) {
			answer('data');
			next if $stage eq 'data';
			receive();
			misbehave() if $stage eq 'idle' && $messages == 0;
			$messages++;
		} elsif ($line =~ /^QUIT/) {
			answer('quit');
			exit 0;
		} else {
			syswrite $client, "500 what?\r\n";
		}
	}
}

sub listen_on
{
	my ($port) = @_;
	return IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1',
	    LocalPort => $port, ReuseAddr => 1) || die "port $port: $!";
}

my %cases;
my $select = IO::Select->new;
open my $ports, '>', "$table.new" or die "$table: $!";
for my $s (@stages) {
	for my $f ($s eq 'idle' ? qw(421 close rst) :
	    (@faults, @{$extra{$s} // []})) {
		my $socket = listen_on(0);
		$cases{$socket->fileno} = [$s, $f];
		$select->add($socket);
		print $ports "$s\t$f\t", $socket->sockport, "\n";
	}
}
close $ports;
rename "$table.new", $table or die "$table: $!";
my $good = listen_on($main_port);
$cases{$good->fileno} = ['none', 'none'];
$select->add($good);

while (1) {
	for my $socket ($select->can_read) {
		$client = $socket->accept or next;
		my $pid = fork // die "fork: $!";
		if ($pid == 0) {
			$SIG{TERM} = 'DEFAULT';
			$client->autoflush(1);
			($stage, $fault) = @{$cases{$socket->fileno}};
			close $_ for $select->handles;
			talk();
			exit 0;
		}
		close $client;
	}
}
