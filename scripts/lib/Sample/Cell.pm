# What stands in one cell, and what is meant by it: [written, meant, truth...].
#
# written is the cell's text, meant its canonical value (undef when there is
# none: a repeated value can be written as 〃, a missing one cannot), and
# each truth the end of one line of the truth file: written, field, value,
# status, reason, dirt.  A cell that means several things has several.
package Sample::Cell;
use v5.36;
use utf8;

use Exporter 'import';
our @EXPORT_OK = qw(cell_ok cell_several cell_wrong cell_absent cell_ditto
    cell_escape $EMPTY);

# One is enough: no cell is ever changed.
our $EMPTY = ['', undef];

sub cell_escape ($text)
{
	return $text unless $text =~ tr/\\\t\n\r//;
	$text =~ s/\\/\\\\/g;
	$text =~ s/\t/\\t/g;
	$text =~ s/\n/\\n/g;
	$text =~ s/\r/\\r/g;
	return $text;
}

# $written means $value; $dirt is how it was disfigured, or ''.
sub cell_ok
{
	my ($field, $written, $value, $dirt) = @_;

	# What is meant has no such character unless what is written has.
	return [$written, $value, cell_escape($written) . "\t$field\t" .
	    cell_escape($value) . "\tok\t\t$dirt"]
	    if $written =~ tr/\\\t\n\r//;
	return [$written, $value, "$written\t$field\t$value\tok\t\t$dirt"];
}

# One cell, several [field, value].
sub cell_several ($written, $values, $dirt)
{
	my $text = cell_escape($written);

	return [$written, join(';', map { $_->[1] } @$values),
	    map { "$text\t$_->[0]\t$_->[1]\tok\t\t$dirt" }
	    @$values];
}

# Must be reported and never stored.
sub cell_wrong ($field, $written, $reason, $dirt)
{
	return [$written, undef,
	    cell_escape($written) . "\t$field\t\twrong\t$reason\t$dirt"];
}

# Nothing, and the cell says why.
sub cell_absent ($field, $written, $reason, $dirt)
{
	return [$written, undef,
	    cell_escape($written) . "\t$field\t\tabsent\t$reason\t$dirt"];
}

# The same as the cell above.
sub cell_ditto ($cell, $mark)
{
	my @truth = map {
		s/\A[^\t]*/$mark/r =~ s/\t[^\t]*\z/\tditto/r
	} @$cell[2 .. $#$cell];

	return [$mark, $cell->[1], @truth];
}

1;
