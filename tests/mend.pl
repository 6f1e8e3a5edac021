#!/usr/bin/perl
# mend.pl FILE: empty the wrong cells of a rejects file, as a clerk does who
# cannot ask; the reasons in its first column name their headings.
use v5.36;
use utf8;
use open qw(:std :utf8);

local $/;
open my $in, '<', $ARGV[0] or die "$ARGV[0]: $!";
my $text = <$in> =~ s/^\x{feff}//r;
close $in;
my (@heads, @row);
my $out = "\x{feff}";
while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/g) {
	my ($end, $cell) = ($3, $1 // $2);
	$cell =~ s/""/"/g;
	my $head = @heads ? $heads[@row] // '' : '';
	$cell = '' if @row && $head ne '' &&
	    $row[0] =~ /(?:\A|; )\Q$head\E: /;
	push @row, $cell;
	next if $end eq ',';
	@heads = @row if !@heads && $row[0] eq '取込不可の理由';
	$out .= join(',', map { '"' . s/"/""/gr . '"' } @row) . "\r\n";
	@row = ();
}
open my $to, '>', $ARGV[0] or die "$ARGV[0]: $!";
print $to $out;
close $to or die "$ARGV[0]: $!";
