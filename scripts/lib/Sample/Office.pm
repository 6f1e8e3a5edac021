# An office's year: goes through the cases in the order in which they became
# known, and writes each one's rows into all lists at once.  Only the people
# of the last few rows are remembered.
package Sample::Office;
use v5.36;
use utf8;

use Sample::Day qw(day_write);
use Sample::Desk;
use Sample::Dirt;
use Sample::Edition;
use Sample::Lists;
use Sample::Places qw(place_phone @STAFF);
use Sample::Random;
use Sample::Sheet;
use Sample::Truth;
use Sample::World;

my $REMEMBERED = 200;	# people who may appear again

my %COLUMNS = (
	positives => \&Sample::Lists::list_positives,
	tests => \&Sample::Lists::list_tests,
	contacts => \&Sample::Lists::list_contacts,
	consultations => \&Sample::Lists::list_consultations,
	facilities => \&Sample::Lists::list_facilities,
	placements => \&Sample::Lists::list_placements,
	observations => \&Sample::Lists::list_observations,
);
my %TITLE = (positives => '陽性者リスト', contacts => '濃厚接触者リスト');

# dir, seed, persons, observed, today, rates (undef: clean), truth, books
# (yes/no).
sub new ($class, %with)
{
	my $self = bless { %with, pending => [], fallen_ill => [],
	    duplicates => [], number => 0, contacts => 0, tests => 0 }, $class;

	$self->{dirt} = Sample::Dirt->new($with{seed}, 2, $with{rates});
	$self->{dirt2} = Sample::Dirt->new($with{seed}, 5, $with{rates});
	$self->{random} = Sample::Random->new($with{seed}, 3);
	$self->{world} = Sample::World->new(
	    map { $_ => $with{$_} } qw(seed persons observed today));
	$self->{truth_files} = Sample::Truth->new($with{dir}, $with{truth});
	$self->open_lists;
	$self->{desk} = Sample::Desk->new(dir => $with{dir},
	    truth => $with{truth}, columns => $self->{columns},
	    random => Sample::Random->new($with{seed}, 7)) if $with{books};
	$self->{edition} = Sample::Edition->new(
	    random => Sample::Random->new($with{seed}, 6),
	    sheet => $self->{sheet}{'positives-2'}, dirt => $self->{dirt},
	    columns => $self->{columns}{positives},
	    truth => $self->{truth_files}, clean => !$with{rates});
	return $self;
}

sub open_lists ($self)
{
	my $styles = Sample::Random->new($self->{seed}, 4);

	$self->{columns}{$_} = $COLUMNS{$_}->($self->{dirt}, $styles)
	    for sort keys %COLUMNS;
	$self->open_list($_, $self->{columns}{$_}, $self->{today})
	    for sort keys %COLUMNS;
	$self->open_list('positives-2', $self->{columns}{positives},
	    $self->{today} + 7);
}

sub open_list ($self, $name, $columns, $day)
{
	my $title = $TITLE{$name =~ s/-2\z//r};
	my $clean = !$self->{rates};
	my @titles;

	@titles = ("新型コロナウイルス感染症　$title　" .
	    day_write('era', $day) . '現在',
	    '※取扱注意　個人情報を含む。みどり市保健所　感染症対策係')
	    if defined $title && !$clean;
	$self->{sheet}{$name} = Sample::Sheet->new(
	    path => "$self->{dir}/$name.csv",
	    truth => $self->{truth} ? "$self->{dir}/truth/$name.tsv" : undef,
	    encoding => $name eq 'facilities' ? 'utf8' : 'cp932',
	    titles => \@titles, columns => $columns,
	    trailing => @titles ? 2 : 0,
	    dirt => $clean || $name eq 'facilities' ? undef :
	    $name eq 'positives-2' ? $self->{dirt2} : $self->{dirt});
}

# Everything, in one go.
sub run ($self)
{
	my $world = $self->{world};
	my $i = 0;

	# New in the second edition.
	$world->{later} = int($self->{persons} * 0.05) || 1;
	$self->facilities;
	for (; $i < $self->{persons}; $i++) {
		$self->case($i);
		$self->remember;
	}
	$self->duplicate while @{$self->{duplicates}};
	my @counts = $self->{dirt}->counts;
	$self->finish($_) for grep { $_ ne 'positives-2' }
	    sort keys %{$self->{sheet}};
	for (; $i < $self->{persons} + $world->{later}; $i++) {
		$self->{edition}->new_case($self->numbered($world->case($i)));
		$self->forget($self->{edition}{last}{person});
	}
	$self->finish('positives-2');
	$self->{desk}->finish if $self->{desk};
	$self->forget($_) for splice(@{$self->{pending}}),
	    map { $_->{person} } splice @{$self->{fallen_ill}};
	$self->{truth_files}->finish($self->{sheet}, \@counts);
}

# The total below the rows.
sub finish ($self, $name)
{
	my $sheet = $self->{sheet}{$name};

	$sheet->finish($TITLE{$name =~ s/-2\z//r} && $self->{rates} ?
	    "合計　$sheet->{rows}人" : undef);
}

# Write a record into a list and note it with its person.
sub put ($self, $list, $record)
{
	my $person = $record->{person};
	my $dirt = $self->{dirt};

	$dirt->set_sound($person && $person->{observed});
	my @cells = map { $_->{make}->($record) } @{$self->{columns}{$list}};
	my $line = $self->{sheet}{$list}->put(\@cells);
	$self->{desk}->row($list, \@cells) if $self->{desk};
	$dirt->set_sound(0);
	if ($person) {
		push @{$person->{rows}}, "$list.csv:$line";
		$person->{seen}++;
	}
	return \@cells;
}

sub numbered ($self, $case)
{
	$case->{number} = ++$self->{number};
	$case->{person}{roles}{case} = 1;
	return $case;
}

sub facilities ($self)
{
	my $n = 6000;

	for (@{$self->{world}{facilities}}) {
		$_->{phone2} = place_phone('mobile', ++$n);
		$self->put('facilities', $_);
	}
}

# One case, and all that belongs to it.
sub case ($self, $i)
{
	my $world = $self->{world};
	my $fallen = shift @{$self->{fallen_ill}};
	my $case = $self->numbered($world->case($i, $fallen));
	my $person = $case->{person};

	$self->notes($case);
	$self->positive($case);
	push @{$self->{pending}}, $person;
	$self->test($case, 'positive', $case->{sampled}, $case->{diagnosed},
	    '医療機関');
	$self->put('placements', $case) if $case->{facility};
	$self->reports($case, $case->{diagnosed});
	$self->contact($case) for 1 .. $world->contact_count($case);
	$self->consultation($case) if $self->{random}->chance(0.3);
	my $now = $self->{random}->chance(0.2);
	$self->duplicate if @{$self->{duplicates}} && $now;
	push @{$self->{duplicates}}, $case if !$case->{observed} &&
	    $self->{dirt}->draw('person');
}

# A row of the list of positives, in both editions.
sub positive ($self, $case)
{
	my $cells = $self->put('positives', $case);

	$self->{truth_files}->count_positive($cells,
	    $self->{edition}{at});
	$self->{edition}->old_case($case, $cells);
}

# The same person once more, some rows below, and a little otherwise.
sub duplicate ($self)
{
	my $case = shift @{$self->{duplicates}};
	my $again = { %$case, duplicate_of => $case->{number},
	    note => '', memo => '' };

	$self->numbered($again);
	$again->{report} += 3;
	$self->positive($again);
	$self->{truth_files}->count_duplicate;
	# Who was forgotten meanwhile would lack this row.
	die "person $case->{person}{n} was forgotten too early\n"
	    if $case->{person}{forgotten};
}

my @NOTES = ('', '', '', '', '基礎疾患あり（糖尿病）', '"息苦しさはない"と本人', '架電時間は18時以降, 母が対応',
    '通訳が必要', '喫煙歴あり', '再検査予定');
my @MEMOS = ('', '', '要フォロー', 'FAX受領', '本庁へ報告済', '入力済', '確認中');

sub notes ($self, $case)
{
	$case->{note} = $self->{random}->pick(\@NOTES);
	$case->{memo} = $self->{random}->pick(\@MEMOS);
}

my $SITES = Sample::Random::weighted([4, 'clinic'], [3, 'hospital'],
    [3, 'test_site']);
my $SPECIMENS = Sample::Random::weighted([6, 'saliva'], [3, 'nasopharyngeal'],
    [1, 'nasal']);
my $METHODS = Sample::Random::weighted([15, 'pcr'], [1, 'lamp'],
    [2, 'antigen_quant'], [2, 'antigen_qual']);

# A test; when $told is still to come, the result is not known.
sub test ($self, $of, $result, $sampled, $told, $asked_by)
{
	my $r = $self->{random};
	my $today = $self->{today};
	my $test = {
		person => $of->{person}, number => sprintf('T%06d',
		++$self->{tests}), slot => $sampled,
		minutes => 540 + 15 * $r->below(32), asked_by => $asked_by,
		site => $self->{world}->facility($r->pick($SITES)),
		specimen => $r->pick($SPECIMENS), method => $r->pick($METHODS),
	};

	$test->{sampled} = $sampled if $sampled <= $today;
	@$test{qw(told result)} = ($told, $result) if $told <= $today;
	$self->put('tests', $test);
}

sub contact ($self, $case)
{
	my $r = $self->{random};
	my $contact = $self->{world}->contact($case);

	$contact->{number} = 'C' . ++$self->{contacts};
	$contact->{person}{roles}{contact} = 1;
	$self->put('contacts', $contact);
	# Who falls ill takes the place of a later case.
	if (!$contact->{observed} && $case->{i} + 20 < $self->{persons} -
	    $self->{world}{observed_cases} && $r->chance(0.05)) {
		push @{$self->{fallen_ill}}, $contact->{person};
		return;
	}
	push @{$self->{pending}}, $contact->{person};
	my $sampled = $contact->{last} + $r->between(1, 6);
	$self->test($contact, $r->chance(0.985) ? 'negative' :
	    'indeterminate', $sampled, $sampled + $r->below(3), '接触者調査')
	    if $r->chance(0.7);
	$self->reports($contact, $contact->{last} + 1);
}

# Health reports: of those under observation up to yesterday, and of a few
# earlier ones.
sub reports ($self, $of, $from)
{
	my $r = $self->{random};
	my $yesterday = $self->{today} - 1;
	my $until = $of->{observed} ? $yesterday : $r->chance(0.05) ?
	    $from + $r->between(2, 6) : return;

	$until = $yesterday if $until > $yesterday;
	for my $day ($from .. $until) {
		next if $of->{observed} && $r->chance(0.2);
		my @symptoms = grep { $r->chance(0.5) }
		    @{$of->{symptoms} // []};
		my $fever = grep { $_ eq 'fever' } @symptoms;
		my $tenths = ($fever ? 375 : 358) + $r->below($fever ? 20 : 14);
		$self->put('observations', {
		    person => $of->{person}, number => $of->{number},
		    day => $day, minutes => 420 + 5 * $r->below(48),
		    temperature => sprintf('%d.%d', int($tenths / 10),
		    $tenths % 10), symptoms => \@symptoms,
		    spo2 => $of->{diagnosed} ? $r->between(94, 99) : '' });
	}
}

my $CHANNELS = Sample::Random::weighted([17, 'phone'], [2, 'desk'],
    [1, 'mail'], [1, 'fax']);
my @CONTENTS = (
	['熱が下がらない。', '受診した方がよいか。', '受診先を案内した。'],
	['濃厚接触者になったか知りたい。', '職場で陽性者が出た。', '調査の上で連絡すると説明。'],
	['検査結果はいつ出るか。', '', '翌日の夕方に連絡すると回答。'],
	['療養証明書がほしい。', '', '申請方法を案内。'],
	['子どもの登校はいつから可能か。', '学校に伝えたい。', '健康観察の終了日を説明した。'],
	['外国語の案内はあるか。', 'ベトナム語を希望。', '多言語窓口を紹介。'],
);

# An enquiry, by somebody of the lists or by somebody unknown.
sub consultation ($self, $case)
{
	my $r = $self->{random};
	my ($first, $second, $answer) = @{$r->pick(\@CONTENTS)};
	my $known = $r->chance(0.4);
	my $day = $case->{diagnosed} - $r->below(3);
	my $person = $known ? $r->pick($self->{pending}) :
	    $self->{world}->person($day);

	$person->{roles}{caller} = 1;
	$self->put('consultations', {
	    person => $person, day => $day, minutes => 510 + $r->below(540),
	    staff => $r->pick(\@STAFF),
	    content => [$first, $second], answer => $answer,
	    channel => $r->pick($CHANNELS) });
	push @{$person->{rows}}, $self->{desk}->form($person, $day, $first)
	    if $self->{desk};
	push @{$self->{pending}}, $person unless $known;
}

# Forget those who will not appear again.
sub remember ($self)
{
	my $pending = $self->{pending};
	my $keep = @{$self->{duplicates}} ?
	    $self->{duplicates}[0]{person}{n} : undef;

	while (@$pending > $REMEMBERED) {
		last if defined $keep && $pending->[0]{n} == $keep;
		$self->forget(shift @$pending);
	}
}

sub forget ($self, $person)
{
	$person->{forgotten} = 1;
	$self->{truth_files}->person($person);
}

1;
