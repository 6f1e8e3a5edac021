# How often, and how, real offices write a value other than as it is meant.
#
# Every writer here takes what is meant and gives a cell (Sample::Cell).  One
# draw decides which one kind of dirt a cell gets, if any.  What was drawn is
# counted, so that the summary can state each kind's share.
package Sample::Dirt;
use v5.36;
use utf8;

use Sample::Cell qw(cell_ok cell_several cell_wrong cell_absent $EMPTY);
use Sample::Day qw(day_iso day_write day_civil day_instant fullwidth);
use Sample::Names qw(name_halfwidth name_hiragana);
use Sample::Random;

# Kind, default rate, the groups of cells it comes among, what it is.
our @KINDS = (
	[fullwidth_digits => 0.03, 'date kept age phone number measure',
	    'full-width digits'],
	[date_style => 0.05, 'date kept', 'a date in another style'],
	[wrong_date => 0.003, 'date', 'a day that does not exist'],
	[error_value => 0.001, 'date', "a spreadsheet's error value"],
	[anonymous => 0.003, 'known_as', '非公表 for a name'],
	[no_space => 0.08, 'name', 'family and given name run together'],
	[half_space => 0.06, 'name', 'an ASCII space in the name'],
	[inner_space => 0.02, 'name', 'several spaces in the name'],
	[outer_space => 0.02, 'name latin', 'a space before or after'],
	[variant_kanji => 0.25, 'again',
	    'another writing of a name met before (of those that have one)'],
	[foreign_style => 0.15, 'foreign_again',
	    "a foreigner's name in other letters than before"],
	[fullwidth_latin => 0.08, 'latin', 'full-width Latin letters'],
	[halfwidth_kana => 0.12, 'kana', 'half-width kana'],
	[other_kana => 0.06, 'kana', 'hiragana for katakana or the reverse'],
	[kana_no_space => 0.06, 'kana', 'a reading without a space'],
	[sex_style => 0.06, 'sex', '男性, M, 1 for 男'],
	[wrong_sex => 0.002, 'sex', "a sex such as '東'"],
	[age_style => 0.15, 'age', '34歳'],
	[age_band => 0.10, 'age', '30代 for 34'],
	[wrong_age => 0.003, 'age', 'age 540'],
	[measure_style => 0.08, 'measure', '36.8℃, 98%'],
	[wrong_measure => 0.003, 'measure', 'a temperature of 368'],
	[lost_zero => 0.05, 'phone', 'a telephone number without its zero'],
	[phone_style => 0.10, 'phone', '(048)000-1234 or no hyphens'],
	[phone_extension => 0.01, 'phone', '(048)000-1234 内線12'],
	[phone_several => 0.03, 'phone', 'two numbers in one cell'],
	[phone_international => 0.01, 'phone', '+81-90-0000-1234'],
	[wrong_phone => 0.004, 'phone', 'a number of seven digits'],
	[fullwidth_email => 0.01, 'email', 'full-width @ in an address'],
	[wrong_email => 0.005, 'email', 'an address without @'],
	[number_style => 0.02, 'number', 'No.12 for 12'],
	[choice_style => 0.03, 'choice', 'another word for a choice'],
	[flag_style => 0.20, 'flag', '〇, 有 or 1 for ○'],
	[cell_newline => 0.15, 'address text', 'a newline in the cell'],
	[nbsp => 0.05, 'utf8', 'a no-break space (only where not CP932)'],
	[absent_word => 0.03, 'missing', '不明 or 調査中 though it is known'],
	[blank => 0.03, 'missing', 'an empty cell though it is known'],
	[absent_mark => 0.5, 'nothing', 'なし or － where there is nothing'],
	[ditto => 0.5, 'repeated', '〃 or 同上 below the same value'],
	[duplicate => 0.01, 'person', 'the same person a second time'],
	[blank_line => 0.002, 'row', 'a blank line above the row'],
	[repeated_header => 0.002, 'row', 'the header again above the row'],
	[short_row => 0.01, 'row', 'the empty trailing columns left out'],
);

# seed; stream (a number of its own for each of several); rates:
# { kind => rate } or undef for no dirt at all.
sub new ($class, $seed, $stream, $rates)
{
	my $self = bless {
		random => Sample::Random->new($seed, $stream),
		applied => {}, cells => {},
	}, $class;

	for (@KINDS) {
		my ($kind, $rate) = @$_;
		$self->{rate}{$kind} = $rates ? $rates->{$kind} // $rate : 0;
	}
	# Every kind; only those that can be understood; none.
	$self->{any} = $self->groups(sub ($kind) { 1 });
	$self->{sound} = $self->groups(sub ($kind) { !unsound($kind) });
	$self->{clean} = $self->groups(sub ($kind) { 0 });
	$self->{group} = $self->{any};
	return $self;
}

# Does this dirt keep a row from being taken, or its person from being known?
sub unsound ($kind)
{
	return $kind =~ /\A(?:(?:wrong|error)_|anonymous)/;
}

# The groups of cells, each with its kinds of dirt as far as they are wanted.
sub groups ($self, $wanted)
{
	my %group;

	for (@KINDS) {
		my ($kind, undef, $groups) = @$_;
		for my $group (split ' ', $groups) {
			my $g = $group{$group} //= { total => 0, drawn => 0,
			    kinds => [] };
			my $rate = $self->{rate}{$kind};
			next unless $rate && $wanted->($kind);
			$g->{total} += int($rate * 1_000_000 + 0.5);
			push @{$g->{kinds}}, [$g->{total}, $kind];
		}
	}
	for (sort keys %group) {
		my $g = $group{$_};
		die "the rates of the kinds of '$_' are above 1 together\n"
		    if $g->{total} > 1_000_000;
		$g->{gaps} = gap_table($g->{total} / 1_000_000);
		$g->{next} = $self->gap($g);
	}
	return \%group;
}

# The chance that dirt with the share $p comes within 1, 2, ... cells.
# (By multiplication alone: log() is not the same everywhere.)
sub gap_table ($p)
{
	my ($clean, @within) = (1);

	return undef if $p == 0;
	for (1 .. 300) {
		$clean *= 1 - $p;
		push @within, 1 - $clean;
	}
	return \@within;
}

# How many clean cells come before the next other one.
sub gap ($self, $g)
{
	my $within = $g->{gaps} or return 9e15;
	my $u = $self->{random}->below(1_000_000_007) / 1_000_000_007;
	my $gap = 0;

	while ($u >= $within->[-1]) {
		$gap += @$within;
		$u = $self->{random}->below(1_000_000_007) / 1_000_000_007;
	}
	my ($low, $high) = (0, $#$within);
	while ($low < $high) {
		my $middle = ($low + $high) >> 1;
		($low, $high) = $u < $within->[$middle] ? ($low, $middle) :
		    ($middle + 1, $high);
	}
	return $gap + $low;
}

# What becomes of one cell of this group: a kind of dirt, or ''.  Most cells
# are clean, so how far off the next other one is is drawn, not each cell.
sub draw
{
	my ($self, $group) = @_;
	my $g = $self->{group}{$group};

	return '' if $g->{drawn}++ < $g->{next};
	$g->{next} = $g->{drawn} + $self->gap($g);
	my $at = $self->{random}->below($g->{total});
	for (@{$g->{kinds}}) {
		next if $at >= $_->[0];
		$self->{applied}{$_->[1]}++;
		return $_->[1];
	}
}

# From now on (not) only dirt that can be understood.
sub set_sound ($self, $sound)
{
	$self->{group} = $self->{$sound ? 'sound' : 'any'};
}

# From now on (not) without any dirt.
sub set_clean ($self, $clean)
{
	$self->{group} = $self->{$clean ? 'clean' : 'any'};
}

# [kind, rate, cells drawn for, cells that got it], ...
sub counts ($self)
{
	return map {
		my ($kind, undef, $groups) = @$_;
		my $drawn = 0;
		for my $group (split ' ', $groups) {
			$drawn += $self->{any}{$group}{drawn};
			$drawn += $self->{sound}{$group}{drawn}
			    if !unsound($kind);
		}
		[$kind, $self->{rate}{$kind}, $drawn,
		    $self->{applied}{$kind} // 0];
	} @KINDS;
}

my @ABSENT = (
	[[qw(不明 unknown)], [qw(？ unknown)]],
	[[qw(調査中 investigating)], [qw(確認中 investigating)]],
	[[qw(非公表 withheld)]],
);

# A cell for a value that is there but was not written, or undef.
sub missing ($self, $field)
{
	my $kind = $self->draw('missing') or return;

	return $EMPTY if $kind eq 'blank';
	my $word = $self->{random}->pick($self->{random}->pick(\@ABSENT));
	return cell_absent($field, @$word, $kind);
}

# A cell where there is nothing to write: $words are [written, reason].
sub nothing ($self, $field, $words)
{
	my $kind = $self->draw('nothing') or return $EMPTY;

	return cell_absent($field, @{$self->{random}->pick($words)}, $kind);
}

my %DATE_STYLES = (
	birth => [qw(slash letter era kanji iso)],
	event => [qw(slash slash0 era letter kanji weekday month iso)],
	# Without a year a day to come would be taken for last year's.
	future => [qw(slash slash0 era letter kanji weekday iso)],
);

# The ways of writing dates in one column: one that rules, and others.
sub date_styles ($self, $random, $kind, $main = undef)
{
	my $styles = $DATE_STYLES{$kind};

	$main //= $random->pick($styles);
	return [$main, grep { $_ ne $main } @$styles];
}

sub date ($self, $field, $day, $styles, $group = 'date')
{
	my $kind = $self->draw($group);

	return $self->{cells}{$field}{$styles->[0]}{$day} //= cell_ok($field,
	    day_write($styles->[0], $day), day_iso($day), '') if $kind eq '';
	my $r = $self->{random};
	return cell_wrong($field, $r->pick(['#N/A', '#REF!', '#VALUE!',
	    'エラー:502']), 'error_value', $kind) if $kind eq 'error_value';
	return cell_wrong($field, wrong_day($r, $day), 'no_such_date', $kind)
	    if $kind eq 'wrong_date';
	my $style = $kind eq 'date_style' ?
	    $styles->[1 + $r->below($#$styles)] : $styles->[0];
	my $text = day_write($style, $day);
	$text = fullwidth($text) if $kind eq 'fullwidth_digits';
	return cell_ok($field, $text, day_iso($day), $kind);
}

sub wrong_day ($random, $day)
{
	my ($y) = day_civil($day);

	return sprintf $random->pick(['%d/2/30', '%d/13/5', '%d/4/31',
	    '%d/11/0']), $y;
}

# A day with the time of day, as one instant.
sub instant ($self, $field, $day, $minutes, $styles)
{
	my $cell = $self->date($field, $day, $styles, 'kept');
	my $time = sprintf '%d:%02d', int($minutes / 60), $minutes % 60;
	my ($kind) = $cell->[2] =~ /\t([^\t]*)\z/;

	$time = fullwidth($time) =~ tr/:/：/r if $kind eq 'fullwidth_digits';
	return cell_ok($field, "$cell->[0] $time", day_instant($day, $minutes),
	    $kind);
}

sub age ($self, $age)
{
	my $kind = $self->draw('age');
	my $r = $self->{random};

	return cell_ok('episode.age', $age, $age, '') if $kind eq '';
	return cell_ok('episode.age', "${age}歳", $age, $kind)
	    if $kind eq 'age_style';
	return cell_ok('episode.age', fullwidth($age), $age, $kind)
	    if $kind eq 'fullwidth_digits';
	return cell_wrong('episode.age', $r->pick(['540', '340', '-3', '1999',
	    '#REF!']), 'out_of_range', $kind) if $kind eq 'wrong_age';
	return cell_ok('episode.age_band', age_band($r, $age), $kind);
}

# An age band as it is written, and its code.
sub age_band ($random, $age)
{
	return ($random->pick(['10歳未満', '10代未満', '１０歳未満']),
	    'under10') if $age < 10;
	return ($random->pick(['100歳以上', '100代']), '100over')
	    if $age >= 100;
	return ($random->pick(['90歳以上', '９０歳以上']), '90over')
	    if $age >= 90 && $random->below(2);
	my $ten = int($age / 10) . '0';
	return ($random->pick(["${ten}代", "${ten}歳代",
	    fullwidth($ten) . '代', "${ten} 歳代"]), "${ten}s");
}

my %SEX = (
	male => [qw(男 男性 M １ 1)],
	female => [qw(女 女性 F ２ 2)],
);

sub sex ($self, $sex)
{
	my $kind = $self->draw('sex');
	my $words = $SEX{$sex};
	my $r = $self->{random};

	return $self->{cells}{$sex} //= cell_ok('person.sex', $words->[0],
	    $sex, '') if $kind eq '';
	return cell_wrong('person.sex', $r->pick(['5', '東', '男女', '女？']),
	    'no_such_choice', $kind) if $kind eq 'wrong_sex';
	return cell_ok('person.sex', $words->[1 + $r->below($#$words)], $sex,
	    $kind);
}

# A name as it is written in one row.  $again: the person stood in a list
# before, and may be written otherwise this time.
sub name ($self, $field, $name, $again)
{
	return cell_absent($field, '非公表', 'withheld', 'anonymous')
	    if $self->draw('known_as');
	return $self->foreign_name($field, $name, $again) if $name->{latin};

	my ($family, $given) = @$name{qw(family given)};
	my $r = $self->{random};
	my $variant = '';
	if ($again && @{$name->{writings}} > 1 &&
	    $self->draw('again')) {
		$family = $r->pick([grep { $_ ne $family }
		    @{$name->{writings}}]);
		$variant = 'variant_kanji';
	}
	my $kind = $self->draw('name');
	my $value = $kind eq 'no_space' ? "$family$given" : "$family $given";
	my $text = $kind eq '' ? "$family　$given"
	    : $kind eq 'half_space' ? $value
	    : $kind eq 'inner_space' ? $family .
	    $r->pick(['　　', ' 　', '  ']) . $given
	    : $kind eq 'outer_space' ? $r->pick(["$family　$given　",
	    " $family　$given"])
	    : $value;
	return cell_ok($field, $text, $value,
	    join ',', grep { $_ ne '' } $variant, $kind);
}

sub foreign_name ($self, $field, $name, $again)
{
	my $style = $name->{style};
	my $r = $self->{random};
	my $other = '';

	if ($again && $self->draw('foreign_again')) {
		$style = $r->pick([grep { $_ ne $style } qw(latin kana both),
		    $name->{kanji} ? 'kanji' : ()]);
		$other = 'foreign_style';
	}
	my $kana = $name->{kana} =~ tr/ /　/r;
	return cell_ok($field, $name->{kanji} =~ tr/ /　/r, $name->{kanji},
	    $other) if $style eq 'kanji';
	return cell_ok($field, $kana, $name->{kana}, $other)
	    if $style eq 'kana';
	return cell_ok($field, "$kana（$name->{latin}）",
	    "$name->{kana}（$name->{latin}）", $other) if $style eq 'both';

	my $kind = $self->draw('latin');
	my $text = $kind eq '' ? $name->{latin}
	    : $kind eq 'outer_space' ? "$name->{latin} "
	    : fullwidth($name->{latin}) =~ tr/ /　/r;
	return cell_ok($field, $text, $name->{latin},
	    join ',', grep { $_ ne '' } $other, $kind);
}

# A reading; the column is written in katakana or, as $main, in hiragana.
sub kana ($self, $field, $kana, $main = 'katakana')
{
	my $kind = $self->draw('kana');
	my $text = $kana =~ s/ /　/gr;
	my $hiragana = ($main eq 'hiragana') != ($kind eq 'other_kana');

	return cell_ok($field, name_halfwidth($text), $kana, $kind)
	    if $kind eq 'halfwidth_kana';
	if ($kind eq 'kana_no_space') {
		$kana =~ tr/ //d;
		$text = $kana;
	}
	return cell_ok($field, $hiragana ? name_hiragana($text) : $text,
	    $kana, $kind);
}

# 0480001234 to 048-000-1234.
sub hyphened ($digits)
{
	my $area = substr($digits, 0, 2) eq '03' ? 2 : 3;

	return substr($digits, 0, $area) . '-' .
	    substr($digits, $area, -4) . '-' . substr($digits, -4);
}

# A person's first number, or both: $phones are digits, [own, other].
sub phone ($self, $field, $phones)
{
	my $kind = $self->draw('phone');
	my $digits = $phones->[0];
	my $plain = hyphened($digits);
	my $r = $self->{random};

	return cell_ok($field, $plain, $digits, '') if $kind eq '';
	return cell_wrong($field, '000-' . substr($digits, -4),
	    'too_few_digits', $kind) if $kind eq 'wrong_phone';
	if ($kind eq 'phone_several') {
		my $text = join $r->pick([' / ', '、', "\n", '，', '　']),
		    map { hyphened($_) } @$phones[0, 1];
		return cell_several($text, [map { [$field, $_] }
		    @$phones[0, 1]], $kind);
	}
	# Only a fixed line has extensions.
	$plain = hyphened($digits = (grep { /\A0(?:48|3)/ } @$phones)[0])
	    if $kind eq 'phone_extension';
	my $text = phone_text($r, $kind, $digits, $plain);
	return cell_ok($field, $text, $digits, $kind);
}

sub phone_text ($random, $kind, $digits, $plain)
{
	return fullwidth($plain) if $kind eq 'fullwidth_digits';
	return substr $digits, 1 if $kind eq 'lost_zero';
	return '+81' . $random->pick([substr($plain, 1) =~ s/\A/-/r,
	    substr($plain, 1) =~ tr/-/ /r =~ s/\A/ /r, substr($digits, 1)])
	    if $kind eq 'phone_international';

	my $bracketed = $plain =~ s/\A(\d+)-/($1)/r;
	return "$bracketed 内線" . $random->between(10, 99)
	    if $kind eq 'phone_extension';
	return $random->pick([$bracketed, $digits, $plain =~ tr/-/ /r,
	    $plain =~ s/-(\d+)-/($1)/r, $plain =~ tr/-/./r,
	    $plain =~ tr/-/ー/r]);
}

# A temperature or a saturation with its unit.
sub measure ($self, $field, $value, $unit, $wrong)
{
	my $kind = $self->draw('measure');
	my $text = $kind eq 'measure_style' ? "$value$unit"
	    : $kind eq 'fullwidth_digits' ? fullwidth($value) : $value;

	return cell_wrong($field, $wrong, 'out_of_range', $kind)
	    if $kind eq 'wrong_measure';
	return cell_ok($field, $text, $value, $kind);
}

sub email ($self, $address)
{
	my $kind = $self->draw('email');

	return cell_wrong('person.email', $address =~ tr/@//dr, 'no_at_sign',
	    $kind) if $kind eq 'wrong_email';
	return cell_ok('person.email', $address =~ tr/@/＠/r, $address, $kind)
	    if $kind eq 'fullwidth_email';
	return cell_ok('person.email', $address, $address, $kind);
}

# A number of the list, such as 12.
sub number ($self, $field, $number)
{
	my $kind = $self->draw('number');
	my $text = $kind eq '' ? $number
	    : $kind eq 'number_style' ? "No.$number" : fullwidth($number);

	return cell_ok($field, $text, $number, $kind);
}

# A choice: the usual word and others for the same code.
sub choice ($self, $field, $code, $words)
{
	my $kind = @$words > 1 ? $self->draw('choice') : '';
	return $self->{cells}{$field}{$code}{$words->[0]} //= cell_ok($field,
	    $words->[0], $code, '') if $kind eq '';
	return cell_ok($field, $words->[1 +
	    $self->{random}->below($#$words)], $code, $kind);
}

# ○ for yes.
sub flag ($self, $field)
{
	my $kind = $self->draw('flag');
	my $text = $kind eq '' ? '○' :
	    $self->{random}->pick([qw(〇 ◯ 有 1 はい あり)]);

	return cell_ok($field, $text, '1', $kind);
}

# Text in two parts, which stand on one line or on two.
sub lines ($self, $group, $field, $first, $second)
{
	return cell_ok($field, $first, $first, '') if $second eq '';
	my $kind = $self->draw($group);
	my $text = $first . ($kind ? "\n" : '　') . $second;

	return cell_ok($field, $text, $text, $kind);
}

# Text in a file that is not CP932, which can hold a no-break space.
sub text_utf8 ($self, $field, $text)
{
	return cell_ok($field, $text, $text, '') unless $text =~ /[ 　]/;
	my $kind = $self->draw('utf8');
	my $value = $text =~ tr/　/ /r;

	$text =~ s/[ 　]/\x{A0}/ if $kind;
	return cell_ok($field, $text, $value, $kind);
}

1;
