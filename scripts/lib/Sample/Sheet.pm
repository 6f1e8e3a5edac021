# One list as an office keeps it: a CSV file with what stands around its
# rows, and the truth file beside it.
#
# Rows are written as they come and never kept, so that a list may be of any
# length.
package Sample::Sheet;
use v5.36;
use utf8;

use Encode ();
use Sample::Cell qw(cell_ditto cell_escape);

my $CP932 = Encode::find_encoding('cp932');
my $FLUSH = 500;	# rows

# path, truth (path or undef), encoding (cp932 or utf8, with a BOM), titles
# (lines above the header), columns ({ heading, ditto }), trailing (empty
# columns at the end), dirt (Sample::Dirt or undef).
sub new ($class, %with)
{
	my $self = bless { %with }, $class;

	$self->{columns_wide} = @{$self->{columns}} + $self->{trailing};
	($self->{name}) = $self->{path} =~ m{([^/]+)\z};
	open $self->{out}, '>:raw', $self->{path} or
	    die "cannot create '$self->{path}': $!\n";
	$self->{text} = $self->{encoding} eq 'utf8' ? "\x{FEFF}" : '';
	$self->{line} = $self->{row} = 1;
	$self->{rows} = 0;
	$self->{dittos} = [grep { $self->{columns}[$_]{ditto} }
	    0 .. $#{$self->{columns}}];
	$self->{heading_cells} = [map { [$_->{heading}] } @{$self->{columns}}];
	$self->{place} = [map {
		my $heading = cell_escape($self->{columns}[$_]{heading});
		($_ + 1) . "\t$heading\t";
	} 0 .. $#{$self->{columns}}];
	$self->truth_open if defined $self->{truth};
	$self->raw($_) for @{$self->{titles}};
	$self->cells($self->{heading_cells});
	return $self;
}

sub truth_open ($self)
{
	open $self->{truth_out}, '>:raw', $self->{truth} or
	    die "cannot create '$self->{truth}': $!\n";
	$self->{truth_text} = join("\t", qw(file line column heading written
	    field value status reason dirt row)) . "\n";
}

# A line of its own in the first column: a title, a note, a total.
sub raw ($self, $text)
{
	$self->cells([[$text]]);
}

# One row; $self->{line} and {row} then stand at the next.
sub cells ($self, $cells, $columns = $self->{columns_wide})
{
	my $text = join ',', map { $_->[0] } @$cells;

	if ($text =~ tr/,"\r\n// > $#$cells) {
		$text = join ',', map { $_->[0] =~ tr/,"\r\n// ?
		    '"' . $_->[0] =~ s/"/""/gr . '"' : $_->[0] } @$cells;
		$self->{line} += $text =~ tr/\n//;
	}
	$self->{text} .= $text . ',' x ($columns - @$cells) . "\r\n";
	$self->{line}++;
	$self->{row}++;
	$self->flush if $self->{row} % $FLUSH == 0;
}

# Blank lines and repeated headers.  True if there was one.
sub interruption ($self)
{
	my $dirt = $self->{dirt} or return 0;
	my $kind = $dirt->draw('row');

	if ($kind eq 'blank_line') {
		$self->raw('');
	} elsif ($kind eq 'repeated_header') {
		$self->cells($self->{heading_cells});
	}
	$self->{short} = $kind eq 'short_row';
	return $kind eq 'blank_line' || $kind eq 'repeated_header';
}

# Write one row, and its truth.  Returns the line at which it begins.
sub put ($self, $cells)
{
	my $above = $self->interruption ? undef : $self->{above};

	$self->{above} = $cells;
	$cells = $self->repeat($cells, $above) if $above && $self->{dirt};
	my ($line, $row) = @$self{qw(line row)};
	$self->cells($cells, $self->{short} ? scalar @$cells :
	    $self->{columns_wide});
	$self->{rows}++;
	$self->truth_put($cells, $line, $row) if $self->{truth_out};
	return $line;
}

# The cells, with 〃 for some that mean the same as the one above.
sub repeat ($self, $cells, $above)
{
	my @cells = @$cells;

	for my $i (@{$self->{dittos}}) {
		my ($cell, $over) = ($cells[$i], $above->[$i]);
		next unless defined $cell->[1] && defined $over->[1] &&
		    $cell->[1] eq $over->[1];
		# A cell that is disfigured already stays as it is.
		next unless $cell->[2] =~ /\t\z/ &&
		    $self->{dirt}->draw('repeated');
		$cells[$i] = cell_ditto($cell, $i % 3 ? '〃' : '同上');
	}
	return \@cells;
}

sub truth_put ($self, $cells, $line, $row)
{
	my $where = "$self->{name}\t$line\t";
	my $place = $self->{place};
	my $text = '';

	for my $i (0 .. $#$cells) {
		my (undef, undef, @truth) = @{$cells->[$i]} or next;
		$text .= "$where$place->[$i]$_\t$row\n" for @truth;
	}
	$self->{truth_text} .= $text;
}

sub flush ($self)
{
	my $bytes = $self->{encoding} eq 'utf8' ?
	    Encode::encode_utf8($self->{text}) :
	    $CP932->encode($self->{text}, Encode::FB_CROAK);

	print { $self->{out} } $bytes or
	    die "cannot write '$self->{path}': $!\n";
	$self->{text} = '';
	return unless $self->{truth_out};
	print { $self->{truth_out} } Encode::encode_utf8($self->{truth_text})
	    or die "cannot write '$self->{truth}': $!\n";
	$self->{truth_text} = '';
}

# The last line, if any, and everything onto the disk.
sub finish ($self, $total = undef)
{
	$self->raw($total) if defined $total;
	$self->flush;
	for (qw(out truth_out)) {
		next unless $self->{$_};
		close $self->{$_} or die "cannot write '$self->{path}': $!\n";
	}
}

1;
