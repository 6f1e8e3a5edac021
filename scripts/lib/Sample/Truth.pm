# What is true of the lists as a whole: truth/persons.tsv, editions.tsv and
# summary.tsv.  (What each cell means is beside each list: Sample::Sheet.)
package Sample::Truth;
use v5.36;
use utf8;

use Sample::Cell qw(cell_escape $EMPTY);
use Sample::Day qw(day_iso);

my %HEADER = (
	persons => [qw(n name kana romaji other_name sex birth_date phones
	    email language roles observed rows)],
	editions => [qw(number line change heading old new)],
	summary => [qw(group name count of rate)],
);

# The folder of the lists; without $wanted nothing is written.
sub new ($class, $dir, $wanted)
{
	my $self = bless { dir => $dir, duplicates => 0,
	    counts => { map { $_ => {} } qw(sex age_band person language) },
	    written => {}, changes => {} }, $class;

	return $self unless $wanted;
	for (sort keys %HEADER) {
		open $self->{out}{$_}, '>:encoding(UTF-8)',
		    "$dir/truth/$_.tsv" or
		    die "cannot create '$dir/truth/$_.tsv': $!\n";
		$self->line($_, @{$HEADER{$_}});
	}
	return $self;
}

sub line ($self, $file, @fields)
{
	my $out = $self->{out}{$file} or return;

	print $out join("\t", map { cell_escape($_) } @fields), "\n" or
	    die "cannot write '$self->{dir}/truth/$file.tsv': $!\n";
}

# A person, once all their rows are written.
sub person ($self, $person)
{
	my $name = $person->{name};
	my $roles = join ';', sort keys %{$person->{roles}};
	my $observed = $person->{observed} ? 1 : 0;
	my @names = $name->{latin} ? ($name->{latin}, $person->{kana},
	    $person->{romaji}, $name->{kanji}) :
	    ("$name->{family} $name->{given}", $person->{kana},
	    $person->{romaji}, '');

	$self->line('persons', $person->{n}, @names, $person->{sex},
	    day_iso($person->{birth}), join(';', @{$person->{phones}}),
	    $person->{email}, $person->{language}, $roles, $observed,
	    join ';', @{$person->{rows}});
	$self->{counts}{person}{all}++;
	$self->{counts}{person}{$_}++ for keys %{$person->{roles}};
	$self->{counts}{person}{observed} += $observed;
	$self->{counts}{person}{observed_with_mail}++
	    if $observed && $person->{email} ne '';
	$self->{counts}{observed_language}{$person->{language}}++ if $observed;
	$self->{counts}{language}{$person->{language}}++;
}

# How row $number of the second edition differs from the first; $line is
# where it stands there.
sub edition ($self, $number, $line, $change, $heading = '', $old = '',
    $new = '')
{
	$self->{counts}{edition}{$change}++;
	$self->line('editions', $number, $line, $change, $heading, $old, $new);
}

# A row of the first edition: what can be known from it, as it is written.
# $at says where the columns are.
sub count_positive ($self, $cells, $at)
{
	my $counts = $self->{counts};
	my $wrong = 0;

	for (grep { !defined $_->[1] && $_ != $EMPTY } @$cells) {
		my (undef, $field, undef, $status) = split /\t/, $_->[2];
		next if $status ne 'wrong';
		$counts->{wrong}{"positives.csv:$field"}++;
		$wrong = 1;
	}
	$counts->{positives}{$wrong ? 'wrong' : 'sound'}++;
	my ($sex, @age) = map { $cells->[$at->{$_}][1] } qw(sex age birth
	    diagnosed);
	$counts->{sex}{$sex // ''}++;
	$counts->{age_band}{age_band(@age)}++;
}

# The band of the age as stated (a number, or a band itself), else as it
# follows from the date of birth on the day of the diagnosis.
sub age_band ($age, $birth, $day)
{
	$age = substr($day, 0, 4) - substr($birth, 0, 4) -
	    (substr($day, 5) lt substr($birth, 5))
	    if !defined $age && defined $birth && defined $day;
	return '' unless defined $age;
	return $age if $age =~ /\D/;
	return $age < 10 ? 'under10' : $age >= 100 ? '100over' :
	    int($age / 10) . '0s';
}

sub count_duplicate ($self)
{
	$self->{duplicates}++;
}

# The summary, and all onto the disk.  $sheets by name, $dirt as of
# Sample::Dirt's counts().
sub finish ($self, $sheets, $dirt)
{
	my $counts = $self->{counts};

	return unless $self->{out};
	$self->line('summary', 'rows', "$_.csv", $sheets->{$_}{rows}, '', '')
	    for sort keys %$sheets;
	$self->line('summary', 'duplicates', 'positives.csv',
	    $self->{duplicates}, '', '');
	for my $group (sort keys %$counts) {
		$self->line('summary', $group, $_, $counts->{$group}{$_}, '',
		    '') for sort keys %{$counts->{$group}};
	}
	$self->line('summary', 'dirt', @$_[0, 3, 2, 1]) for @$dirt;
	for (sort keys %{$self->{out}}) {
		close $self->{out}{$_} or
		    die "cannot write '$self->{dir}/truth/$_.tsv': $!\n";
	}
}

1;
