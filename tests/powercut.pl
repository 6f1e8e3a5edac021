#!/usr/bin/perl
# powercut.pl LOG BEFORE AFTER SEED: put into the folder AFTER what a power cut
# could have left of the folder BEFORE, with what tests/preload/power.c noted
# in LOG.  Prints "end" if the cut came when all was done, else "cut".
#
# What was synced is there.  Of what was not, each piece of 512 bytes of a
# write may be there or not, whatever came first; new names of a folder come
# one after the other, as in a journal, but none is sure before the folder is
# synced.
use strict;
use warnings;

my ($log, $before, $after, $seed) = @ARGV;
srand($seed);

# --- the record ---

open my $in, '<:raw', $log or die "$log: $!";
my $bytes = do { local $/; <$in> };
my (@ops, $at);
for ($at = 0; $at < length $bytes;) {
	my ($kind, $number, $path) = unpack "a1 q< L</a", substr $bytes, $at;
	$at += 1 + 8 + 4 + length $path;
	my $data = unpack "L</a", substr $bytes, $at;
	$at += 4 + length $data;
	push @ops, [$kind, $number, $path, $data];
}

# --- files by number, names by folder ---

my (%safe, %now);	# path => number of the file, or 'folder'
my (@text, @pending);	# of a file: what is synced; writes that are not
my %names;		# folder => changes of its names that are not synced

sub folder_of { $_[0] =~ m{^(.*)/} ? $1 : '' }

sub new_file { push @text, $_[0]; push @pending, []; $#text }

sub scan {
	my ($sub) = @_;
	for my $path (glob "'$before$sub'/*") {
		my $name = substr $path, length($before) + 1;
		if (-d $path) {
			$now{$name} = 'folder';
			scan("/$name");
			next;
		}
		open my $file, '<:raw', $path or die "$path: $!";
		$now{$name} = new_file(do { local $/; <$file> } // '');
	}
}
scan('');
%safe = %now;

sub apply {		# one write or truncation, or a part of it
	my ($text, $at, $data, $cut) = @_;
	if ($cut) {
		$$text = substr($$text, 0, $at);
		$$text .= "\0" x ($at - length $$text);
		return;
	}
	$$text .= "\0" x ($at - length $$text) if length $$text < $at;
	substr($$text, $at, length $data) = $data;
}

sub rename_in {		# what a change of names does to a table of them
	my ($table, $kind, $path, $to) = @_;
	$table->{$path} = $to if $kind eq '+';
	delete $table->{$path} if $kind eq '-';
}

sub change {
	my ($kind, $path, $to) = @_;
	rename_in(\%now, $kind, $path, $to);
	push @{$names{folder_of($path)}}, [$kind, $path, $to];
}

# The last moment now and then, when the program has said "done".
my $moment = rand() < 0.2 ? @ops : int rand @ops + 1;
for my $op (@ops[0 .. $moment - 1]) {
	my ($kind, $number, $path, $data) = @$op;
	if ($kind eq 'C') { change('+', $path, new_file('')) }
	elsif ($kind eq 'M') { change('+', $path, 'folder') }
	elsif ($kind eq 'U') { change('-', $path) }
	elsif ($kind eq 'L') { change('+', $data, $now{$path}) }
	elsif ($kind eq 'R') {
		change('+', $data, $now{$path});
		change('-', $path);
	} elsif ($kind eq 'S' && ($path eq '' || $now{$path} eq 'folder')) {
		rename_in(\%safe, @$_) for @{$names{$path}};
		$names{$path} = [];
	} elsif (!defined $now{$path}) {
		next;	# written to after it was unlinked
	} elsif ($kind eq 'S') {
		my $n = $now{$path};
		apply(\$text[$n], @$_) for @{$pending[$n]};
		$pending[$n] = [];
	} else {
		push @{$pending[$now{$path}]}, [$number, $data, $kind eq 'T'];
	}
}

# --- the cut ---

my $luck = (0, 1, 0.5, 0.5, 0.5, 0.9)[rand 6];
for my $n (0 .. $#text) {
	for my $write (@{$pending[$n]}) {
		my ($at, $data, $cut) = @$write;
		if ($cut) {
			apply(\$text[$n], $at, '', 1) if rand() < $luck;
			next;
		}
		for (my $i = 0; $i < length $data; $i += 512) {
			apply(\$text[$n], $at + $i, substr($data, $i, 512))
			    if rand() < $luck;
		}
	}
}
for my $folder (values %names) {
	my $some = int rand @$folder + 1;
	rename_in(\%safe, @$_) for @{$folder}[0 .. $some - 1];
}

# --- what is left ---

# A folder comes before what is in it; what lies in a folder that is not
# there is not there.
mkdir $after or die "$after: $!";
for my $path (sort keys %safe) {
	next if folder_of($path) ne '' && !-d "$after/" . folder_of($path);
	if ($safe{$path} eq 'folder') {
		mkdir "$after/$path" or die "$path: $!";
		next;
	}
	open my $out, '>:raw', "$after/$path" or die "$path: $!";
	print $out $text[$safe{$path}];
	close $out or die "$path: $!";
}
chmod 0640, glob "'$after'/*.key";
print $moment == @ops ? "end\n" : "cut\n";
