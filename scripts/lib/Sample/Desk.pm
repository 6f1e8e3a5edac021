# What else lies on an office's desk: tests in a laboratory's workbook under
# its own headings and words, facilities in a Word document, and one workbook
# for everybody who came to the fever consultation desk.
package Sample::Desk;
use v5.36;
use utf8;

use Sample::Book qw(book_workbook book_document);
use Sample::Cell qw(cell_escape);
use Sample::Day qw(day_parse day_write day_iso);

# The laboratory's headings where they differ from those of tests.csv.
my %HEADING = ('氏名' => '受検者', '電話' => '連絡先', '検査予定日' => '予約日時',
    '検体' => '検体種別', '結果' => '判定', '結果判明日' => '判定日',
    '依頼元' => '紹介元');
my %RESULT = (positive => '検出', negative => '検出せず', indeterminate => '要再検');
my %IS_DAY = map { $_ => 1 } qw(test.sampled_date test.result_date);
my @SYMPTOMS = ([fever => '発熱'], [cough => '咳'], [fatigue => '倦怠感'],
    [sore_throat => '咽頭痛'], [taste_smell => '味覚・嗅覚障害']);

# dir, truth (yes/no), columns ({ tests, facilities } of Sample::Lists),
# random.
sub new ($class, %with)
{
	my $self = bless { %with, forms => 0, rows => {} }, $class;

	for my $list (qw(tests facilities)) {
		$self->{rows}{$list} = [[map {
			my $heading = $_->{heading};
			$list eq 'tests' ? $HEADING{$heading} // $heading :
			    $heading;
		} @{$self->{columns}{$list}}]];
	}
	mkdir "$self->{dir}/forms";
	return $self unless $self->{truth};
	my $path = "$self->{dir}/truth/forms.tsv";
	open $self->{truth_out}, '>:encoding(UTF-8)', $path or
	    die "cannot create '$path': $!\n";
	print { $self->{truth_out} } join("\t", qw(file line column heading
	    written field value status reason dirt row)), "\n";
	return $self;
}

# A row of a list, as it was written there.
sub row ($self, $list, $cells)
{
	my $rows = $self->{rows}{$list} or return;

	push @$rows, [map { $list eq 'tests' ? laboratory($_) : $_->[0] }
	    @$cells];
}

# As the laboratory writes it: days are days, results have words of their own.
sub laboratory ($cell)
{
	my ($written, $value, $truth) = @$cell;
	my (undef, $field, undef, $status) = split /\t/, $truth // '';

	return $written if !defined $status || $status ne 'ok';
	return { day => day_parse($value) } if $IS_DAY{$field};
	return $RESULT{$value} if $field eq 'test.result';
	return $written;
}

# The sheet of somebody who came to the desk on $day.  Returns its name.
sub form ($self, $person, $day, $content)
{
	my $name = sprintf 'forms/%04d.xlsx', ++$self->{forms};
	my %ill = map { $_->[0] => $self->{random}->chance(0.4) } @SYMPTOMS;
	my $ticked = join '　', map { ($ill{$_->[0]} ? '☑' : '□') . $_->[1] }
	    @SYMPTOMS;
	my $codes = join ';', grep { $ill{$_} } map { $_->[0] } @SYMPTOMS;
	my $onset = $day - $self->{random}->below(4);
	my $written = $person->{name}{latin} ? $person->{name}{latin} :
	    "$person->{name}{family}　$person->{name}{given}";
	my $phone = $person->{phones}[0] =~ s/\A(03|...)(.*)(....)\z/$1-$2-$3/r;
	my @lines = (
		['氏名', $written, 'person.name', $written =~ tr/　/ /r],
		['フリガナ', $person->{kana} =~ tr/ /　/r, 'person.kana',
		    $person->{kana}],
		['生年月日', day_write('kanji', $person->{birth}),
		    'person.birth_date', day_iso($person->{birth})],
		['電話番号', $phone, 'phone.number', $person->{phones}[0]],
		['症状', $ticked, 'episode.symptoms', $codes],
		['発症日', $codes eq '' ? '' : day_write('month', $onset),
		    'episode.onset_date', $codes eq '' ? '' : day_iso($onset)],
		['相談内容', $content, '', ''],
	);

	book_workbook("$self->{dir}/$name", '相談票', [['発熱相談票'],
	    [day_write('era', $day) . '現在'], map { [@$_[0, 1]] } @lines]);
	$self->truth($name, \@lines) if $self->{truth};
	return $name;
}

sub truth ($self, $name, $lines)
{
	my $row = 2;

	for (@$lines) {
		my ($heading, $written, $field, $value) = @$_;
		$row++;
		next if $written eq '' || $field ne '' && $value eq '';
		print { $self->{truth_out} } join("\t", $name, $row, 2,
		    $heading, cell_escape($written), $field,
		    cell_escape($value), 'ok', '', '', $row), "\n";
	}
}

sub finish ($self)
{
	book_workbook("$self->{dir}/tests.xlsx", '検査結果',
	    $self->{rows}{tests});
	book_document("$self->{dir}/facilities.docx", '管内の医療機関・施設',
	    $self->{rows}{facilities});
	return unless $self->{truth_out};
	close $self->{truth_out} or
	    die "cannot write '$self->{dir}/truth/forms.tsv': $!\n";
}

1;
