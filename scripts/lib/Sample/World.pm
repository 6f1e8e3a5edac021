# What really happened: invented people who fell ill, whom they met, where
# they were cared for.  Nothing here is written down wrongly; that is
# Sample::Dirt's business, and its chance does not touch this one's.
package Sample::World;
use v5.36;
use utf8;

use Sample::Day qw(day_age);
use Sample::Names qw(name_japanese name_foreign name_family @LANGUAGES);
use Sample::Places qw(place_address place_phone place_facilities
    place_workplace place_school @STAFF);
use Sample::Random;

my $DAYS = 300;		# how far back the lists go
my $SILENT = 15;	# nobody between this and the observed
my $OBSERVED = 10;	# days of observation that are listed

my $AGES = Sample::Random::weighted([6, 0], [9, 10], [21, 20], [16, 30],
    [15, 40], [13, 50], [8, 60], [6, 70], [5, 80], [1, 90]);
# In the order of the catalogue's list, as several values are written.
my @SYMPTOMS = ([60, 'fever'], [45, 'cough'], [25, 'sore_throat'],
    [14, 'runny_nose'], [7, 'dyspnea'], [35, 'fatigue'], [25, 'headache'],
    [14, 'joint_pain'], [9, 'diarrhea'], [18, 'taste_smell']);
my $SEVERITIES = Sample::Random::weighted([70, 'mild'], [14, 'moderate1'],
    [8, 'moderate2'], [2, 'severe']);
my $STAYS = Sample::Random::weighted([62, 'home'], [22, 'hotel'],
    [14, 'hospital'], [2, 'care_home']);
my $CONTACTS = Sample::Random::weighted([60, 0], [20, 1], [12, 2], [6, 3],
    [2, 5]);
# Who the contacts of an adult, a child, an old person are.
my $OF_ADULT = Sample::Random::weighted([6, 'spouse'], [6, 'child'],
    [2, 'parent'], [1, 'sibling'], [6, 'colleague'], [3, 'friend'],
    [1, 'other']);
my $OF_CHILD = Sample::Random::weighted([4, 'parent'], [2, 'sibling'],
    [3, 'classmate'], [1, 'friend']);
my $OF_OLD = Sample::Random::weighted([4, 'child'], [3, 'spouse'],
    [1, 'friend'], [2, 'other']);
my @JOBS = qw(会社員 会社員 会社員 公務員 自営業 パート アルバイト 医療従事者 介護職員 保育士 飲食店従業員
    技能実習生 主婦 無職);

# seed, persons, observed, today (a day).
sub new ($class, %with)
{
	my $self = bless { %with, random => Sample::Random->new($with{seed}, 1),
	    people => 0 }, $class;
	my $r = $self->{random};

	$self->{observed_cases} = int($self->{observed} * 0.4 + 0.5);
	$self->{observed_cases} = $self->{persons}
	    if $self->{observed_cases} > $self->{persons};
	$self->{observed_contacts} =
	    $self->{observed} - $self->{observed_cases};
	$self->{observed_cases} = 1
	    if $self->{observed_contacts} && !$self->{observed_cases};
	$self->{observed_contacts} =
	    $self->{observed} - $self->{observed_cases};
	$self->{facilities} = place_facilities($r,
	    40 + int($self->{persons} / 500 > 260 ? 260 :
	    $self->{persons} / 500));
	push @{$self->{by_kind}{$_->{kind}}}, $_ for @{$self->{facilities}};
	$self->{first_day} = $self->{today} - $DAYS;
	$self->{symptoms} = [map { $self->symptoms } 1 .. 500];
	return $self;
}

# The symptoms of one who has any.
sub symptoms ($self)
{
	my $r = $self->{random};
	my @symptoms = map { $_->[1] }
	    grep { $r->below(100) < $_->[0] } @SYMPTOMS;

	return @symptoms ? \@symptoms : ['fever'];
}

# A new person, perhaps of the household of another: %with has relative,
# sex, age (at the day $day).
sub person ($self, $day, %with)
{
	my $r = $self->{random};
	my $relative = $with{relative};
	my $n = ++$self->{people};
	my $sex = $with{sex} // ($r->below(2) ? 'male' : 'female');
	my $age = $with{age} // $r->pick($AGES) + $r->below(10);
	my $person = {
		n => $n, sex => $sex, rows => [], seen => 0,
		birth => $day - int($age * 365.25) - 1 - $r->below(364),
	};

	$person->{age} = day_age($person->{birth}, $day);
	$self->name($person, $relative);
	if ($relative) {
		$person->{$_} = $relative->{$_} for qw(address building fixed);
	} else {
		@$person{qw(address building)} = place_address($r);
		$person->{fixed} = place_phone('fixed', $n);
	}
	$person->{phones} = [place_phone('mobile', $n), $person->{fixed}];
	@{$person->{phones}} = reverse @{$person->{phones}}
	    if $age < 15 || $age >= 70 || $r->chance(0.1);
	$self->livelihood($person);
	return $person;
}

sub name ($self, $person, $relative)
{
	my $r = $self->{random};
	my $origin = $relative ? $relative->{origin} :
	    $r->chance(0.1) ? $r->pick(\@LANGUAGES) : 'ja';

	$person->{origin} = $origin;
	$person->{language} = $r->chance(0.8) ? $origin :
	    $origin eq 'ja' || $r->below(2) ? 'ja' : 'en';
	if ($origin eq 'ja') {
		$person->{family} = $relative ? $relative->{family} :
		    name_family($r);
		$person->{name} = name_japanese($r, $person->{sex},
		    $person->{family});
		$person->{kana} = "$person->{name}{family_kana} " .
		    $person->{name}{given_kana};
		$person->{romaji} = $person->{name}{romaji};
		return;
	}
	my $name = name_foreign($r, $person->{sex}, $origin);
	$name->{style} = $r->pick([qw(latin kana both),
	    $name->{kanji} ? qw(kanji kanji) : 'latin']);
	$person->{name} = $name;
	$person->{kana} = $name->{kana};
	$person->{romaji} = lc $name->{latin};
}

# Occupation, where, and whether there is a mail address.
sub livelihood ($self, $person)
{
	my $r = $self->{random};
	my $age = $person->{age};
	my ($job, $place) = ('無職', '');

	if ($age < 22 && $age > 1 && ($age < 18 || $r->chance(0.7))) {
		$job = $age < 6 ? '園児' : $age < 12 ? '小学生'
		    : $age < 15 ? '中学生' : $age < 18 ? '高校生' : '大学生';
		$place = place_school($r, $age);
	} elsif ($age >= 18 && $age < 68) {
		$job = $r->pick(\@JOBS);
		$place = $job eq '医療従事者' ? $self->facility('hospital')->{name}
		    : $job eq '介護職員' ? $self->facility('care_home')->{name}
		    : place_workplace($r)
		    if $job ne '主婦' && $job ne '無職';
	}
	@$person{qw(occupation workplace)} = ($job, $place);
	$person->{email} = $r->chance(0.6) ? $self->address($person) : '';
}

sub address ($self, $person)
{
	return sprintf 'p%06d@example.jp', $person->{n};
}

# One who is under observation: most have an address.
sub observe ($self, $record)
{
	my $person = $record->{person};

	$record->{observed} = $person->{observed} = 1;
	$person->{email} = $self->{random}->chance(0.85) ?
	    $self->address($person) : '';
}

sub facility ($self, $kind)
{
	return $self->{random}->pick($self->{by_kind}{$kind});
}

# The day on which the case $i of the list (0 is the first) was diagnosed.
sub diagnosed ($self, $i)
{
	my $old = $self->{persons} - $self->{observed_cases};
	my $today = $self->{today};

	return $self->{first_day} + int(($DAYS - $SILENT) *
	    sqrt(($i + 0.5) / $old)) if $i < $old;
	return $today - $OBSERVED + 1 + int($OBSERVED * ($i - $old + 0.5) /
	    $self->{observed_cases}) if $i < $self->{persons};
	# Next week's.
	return $today + 1 + int(7 * ($i - $self->{persons} + 0.5) /
	    $self->{later});
}

# The case $i of the list.  A contact of another may have fallen ill.
sub case ($self, $i, $person = undef)
{
	my $r = $self->{random};
	my $diagnosed = $self->diagnosed($i);
	my $observed = $diagnosed > $self->{today} - $SILENT &&
	    $diagnosed <= $self->{today};
	$person //= $self->person($diagnosed);
	my $sampled = $diagnosed - $r->below(3);
	my $case = {
		person => $person, i => $i, diagnosed => $diagnosed,
		sampled => $sampled, symptoms => [], severity => 'mild',
		age => day_age($person->{birth}, $diagnosed),
		staff => $r->pick(\@STAFF), report => 20_000_000 + $i * 7,
	};

	if ($r->chance(0.82)) {
		$case->{onset} = $sampled - $r->below(7);
		$case->{symptoms} = $r->pick($self->{symptoms});
		$case->{severity} = $r->pick($SEVERITIES);
	} else {
		$case->{severity} = 'none';
	}
	if ($observed) {
		my $first = $self->{today} - $OBSERVED + 1;
		for (qw(sampled onset)) {
			$case->{$_} = $first if defined $case->{$_} &&
			    $case->{$_} < $first;
		}
		$self->observe($case);
	}
	$self->place($case);
	$case->{begin} = $diagnosed + $r->below(3);
	# What has not happened when the list is made is not in it.
	my $latest = $self->{today} + ($i < $self->{persons} ? 0 : 7);
	$case->{begin} = $latest if $case->{begin} > $latest;
	my $end = ($case->{onset} // $sampled) + 10;
	$end = $case->{begin} + 3 if $end < $case->{begin} + 3;
	$case->{end} = $case->{released} = $end
	    if !$observed && $diagnosed <= $self->{today};
	return $case;
}

# Where a case is cared for.
sub place ($self, $case)
{
	my $r = $self->{random};
	my $kind = $case->{severity} =~ /\A(?:moderate2|severe)\z/ ? 'hospital'
	    : $r->pick($STAYS);

	$case->{facility} = $self->facility($kind) if $kind ne 'home';
	$case->{stay} = $kind =~ s/_home\z//r;
	$case->{room} = $r->between(2, 9) . sprintf '%02d', $r->between(1, 30);
}

# How many contacts the case has in the list.
sub contact_count ($self, $case)
{
	return $self->{random}->pick($CONTACTS) unless $case->{observed};

	# As many as make the number of the observed come out.
	my ($all, $cases) = @$self{qw(observed_contacts observed_cases)};
	my $j = $case->{i} - ($self->{persons} - $cases);
	return int(($j + 1) * $all / $cases) - int($j * $all / $cases);
}

sub contact ($self, $case)
{
	my $r = $self->{random};
	my $source = $case->{person};
	my $age = $case->{age};
	my $relation = $r->pick($age < 20 ? $OF_CHILD :
	    $age < 75 ? $OF_ADULT : $OF_OLD);
	my $household = $relation =~ /\A(?:spouse|child|parent|sibling)\z/;
	my %with = $household ? (relative => $source) : ();
	my $day = $case->{diagnosed};

	$with{sex} = $source->{sex} eq 'male' ? 'female' : 'male'
	    if $relation eq 'spouse';
	my $gap = $relation eq 'child' ? -25 - $r->below(10)
	    : $relation eq 'parent' ? 25 + $r->below(10)
	    : $relation eq 'classmate' ? 0 : $r->between(-6, 6);
	$with{age} = $age + $gap;
	$with{age} = 18 if $with{age} < 18 && $age >= 20 &&
	    $relation ne 'child';
	$with{age} = 0 if $with{age} < 0;
	$with{age} = 99 if $with{age} > 99;
	my $person = $self->person($day, %with);
	my $contact = {
		person => $person, source => $case, relation => $relation,
		household => $household,
		last => $case->{sampled} - $r->below(3),
	};

	if ($case->{observed}) {
		my $first = $self->{today} - $OBSERVED + 1;
		$contact->{last} = $first if $contact->{last} < $first;
		$self->observe($contact);
	}
	$contact->{until} = $contact->{last} + 14;
	return $contact;
}

1;
