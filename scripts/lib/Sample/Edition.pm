# Next week's edition of the list of positives: most rows as they were, some
# corrected, some taken back, new ones at the end.
package Sample::Edition;
use v5.36;
use utf8;

use Sample::Cell qw(cell_ok $EMPTY);
use Sample::Places qw(place_address place_phone);

my $CORRECTED = 0.03;
my $WITHDRAWN = 0.005;
my $NEVER_WAS = 0.002;	# 欠番: only the number is left
my $MENDED = 0.5;	# of the cells that were wrong
my $MARKED = 0.3;	# of the duplicates

# random, sheet, dirt, columns, truth, clean.
sub new ($class, %with)
{
	my $self = bless { %with }, $class;

	$self->{at} = { map { $with{columns}[$_]{key} // "$_" => $_ }
	    0 .. $#{$with{columns}} };
	return $self;
}

# The row of a case that stood in the first edition.
sub old_case ($self, $case, $cells)
{
	my ($change, $new, $note) = $self->change($case, $cells);
	my $line = $self->put($case, $new);

	$self->{truth}->edition($case->{number}, $line, $change,
	    $note->@*) if $change ne 'unchanged';
}

sub new_case ($self, $case)
{
	my @cells = map { $_->{make}->($case) } @{$self->{columns}};

	$self->{last} = $case;
	$self->{truth}->edition($case->{number}, $self->put($case, \@cells),
	    'new');
}

sub put ($self, $case, $cells)
{
	my $line = $self->{sheet}->put($cells);

	push @{$case->{person}{rows}}, "$self->{sheet}{name}:$line";
	return $line;
}

# What becomes of a row: the change, its cells, what to note.
sub change ($self, $case, $cells)
{
	my $r = $self->{random};

	if (defined $case->{duplicate_of} && $r->chance($MARKED)) {
		return ('duplicate', $self->marked($cells, 'duplicate',
		    "No.$case->{duplicate_of}と重複"), []);
	}
	my $p = $r->below(1_000_000) / 1_000_000;
	return ('withdrawn', $self->marked($cells, 'withdrawn',
	    $r->pick(['取り下げ', '発生届取り下げ'])), [])
	    if ($p -= $WITHDRAWN) < 0;
	return ('withdrawn', $self->never_was($cells), [])
	    if ($p -= $NEVER_WAS) < 0;
	return $self->correct($case, $cells) if ($p -= $CORRECTED) < 0;
	return $self->mend($case, $cells);
}

sub marked ($self, $cells, $status, $words)
{
	my @cells = @$cells;

	$cells[$self->{at}{note}] =
	    cell_ok('episode.status', $words, $status, '');
	return \@cells;
}

# Nothing is left but the number and the word for it.
sub never_was ($self, $cells)
{
	return [$cells->[0],
	    cell_ok('episode.status', '欠番', 'withdrawn', ''),
	    map { $EMPTY } @$cells[2 .. $#$cells]];
}

my @KEYS = qw(onset severity phone address occupation);
my %CORRECT = (
	onset => sub ($r, $case) {
		$case->{onset} -= $r->between(1, 3);
	},
	severity => sub ($r, $case) {
		$case->{severity} = $r->pick([grep {
		    $_ ne $case->{severity} } qw(mild moderate1 moderate2)]);
	},
	phone => sub ($r, $case) {
		$case->{person}{phones} = [place_phone('mobile',
		    $case->{person}{n} + 5000 + $r->below(4000)),
		    $case->{person}{fixed}];
	},
	address => sub ($r, $case) {
		@{$case->{person}}{qw(address building)} = place_address($r);
	},
	occupation => sub ($r, $case) {
		$case->{person}{occupation} = $r->pick([grep {
		    $_ ne $case->{person}{occupation} }
		    qw(会社員 自営業 飲食店従業員 無職)]);
	},
);

# One value turns out to have been another.
sub correct ($self, $case, $cells)
{
	my $r = $self->{random};
	my $key = $r->pick(\@KEYS);

	$key = 'address' if !defined $case->{onset} &&
	    ($key eq 'onset' || $key eq 'severity');
	my $corrected = { %$case, person => { %{$case->{person}} } };
	$CORRECT{$key}->($r, $corrected);
	return $self->rewrite($corrected, $cells, $self->{at}{$key},
	    'corrected');
}

# A wrong cell is mended, or what was being looked into is known.
sub mend ($self, $case, $cells)
{
	my $r = $self->{random};

	# Only what is absent or wrong has a truth without a meaning.
	for my $i (grep { !defined $cells->[$_][1] && @{$cells->[$_]} > 2 }
	    0 .. $#$cells) {
		my $truth = $cells->[$i][2];
		next unless $truth =~ /\twrong\t/ ||
		    $truth =~ /\tinvestigating\tabsent_word\z/;
		return $self->rewrite($case, $cells, $i, 'mended')
		    if $r->chance($MENDED);
	}
	return ('unchanged', $cells, []);
}

# The row with one cell written anew, and rightly.
sub rewrite ($self, $case, $cells, $i, $change)
{
	my @cells = @$cells;
	my $column = $self->{columns}[$i];
	$self->{dirt}->set_clean(1);

	$cells[$i] = $column->{make}->($case);
	$self->{dirt}->set_clean(0);
	return ($change, \@cells, [$column->{heading}, $cells->[$i][1] // '',
	    $cells[$i][1] // '']);
}

1;
