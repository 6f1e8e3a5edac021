# Days as numbers (1970-01-01 is 0), and the ways offices write them.
package Sample::Day;
use v5.36;
use utf8;

use Exporter 'import';
our @EXPORT_OK = qw(day_parse day_iso day_write day_age day_civil
    day_instant fullwidth);

my @WEEKDAYS = split //, '木金土日月火水';
# First day, kanji, letter; the newest first.
my @ERAS = (
	[day_number(2019, 5, 1), '令和', 'R', 2018],
	[day_number(1989, 1, 8), '平成', 'H', 1988],
	[day_number(1926, 12, 25), '昭和', 'S', 1925],
	[day_number(1912, 7, 30), '大正', 'T', 1911],
);

# Howard Hinnant's days_from_civil, with years counted from March.
sub day_number ($y, $m, $d)
{
	$y-- if $m <= 2;
	my $era = int($y / 400);
	my $yoe = $y - $era * 400;
	my $doy = int((153 * ($m + ($m > 2 ? -3 : 9)) + 2) / 5) + $d - 1;
	my $doe = $yoe * 365 + int($yoe / 4) - int($yoe / 100) + $doy;

	return $era * 146_097 + $doe - 719_468;
}

my %civil;

# (year, month, day)
sub day_civil ($day)
{
	return @{$civil{$day} //= [civil_from_day($day)]};
}

sub civil_from_day ($day)
{
	my $z = $day + 719_468;
	my $era = int($z / 146_097);
	my $doe = $z - $era * 146_097;
	my $yoe = int(($doe - int($doe / 1460) + int($doe / 36_524) -
	    int($doe / 146_096)) / 365);
	my $doy = $doe - (365 * $yoe + int($yoe / 4) - int($yoe / 100));
	my $mp = int((5 * $doy + 2) / 153);
	my $m = $mp + ($mp < 10 ? 3 : -9);

	return ($yoe + $era * 400 + ($m <= 2),
	    $m, $doy - int((153 * $mp + 2) / 5) + 1);
}

# 2020-12-25 to a day; undef if there is no such day.
sub day_parse ($text)
{
	my ($y, $m, $d) = $text =~ /\A(\d{4})-(\d\d)-(\d\d)\z/ or return;

	return if $m < 1 || $m > 12 || $d < 1;
	my $day = day_number($y, $m, $d);
	return day_iso($day) eq $text ? $day : undef;
}

my %iso;

sub day_iso ($day)
{
	return $iso{$day} //= sprintf '%04d-%02d-%02d', day_civil($day);
}

# A day and the office's clock (UTC+9) as an instant in UTC.
sub day_instant ($day, $minutes)
{
	my $utc = $minutes - 9 * 60;

	($day, $utc) = ($day - 1, $utc + 24 * 60) if $utc < 0;
	return sprintf '%sT%02d:%02d:00Z', day_iso($day), int($utc / 60),
	    $utc % 60;
}

# Whole years from the day of birth to another day.
sub day_age ($birth, $day)
{
	my ($y, $m, $d) = day_civil($day);
	my ($by, $bm, $bd) = day_civil($birth);

	return $y - $by - ($m < $bm || $m == $bm && $d < $bd);
}

sub fullwidth ($text)
{
	$text =~ tr{0-9A-Za-z/.()+@-}
	    {０-９Ａ-Ｚａ-ｚ／．（）＋＠－};
	return $text;
}

my %write = (
	iso => sub ($day) { day_iso($day) },
	slash => sub ($day) { sprintf '%d/%d/%d', day_civil($day) },
	slash0 => sub ($day) { sprintf '%d/%02d/%02d', day_civil($day) },
	kanji => sub ($day) { sprintf '%d年%d月%d日', day_civil($day) },
	weekday => sub ($day) {
		sprintf '%d年%d月%d日（%s）', day_civil($day),
		    $WEEKDAYS[$day % 7];
	},
	era => sub ($day) {
		my ($y, $m, $d) = day_civil($day);
		my ($era) = grep { $day >= $_->[0] } @ERAS;
		my $n = $y - $era->[3];

		sprintf '%s%s年%d月%d日', $era->[1], $n == 1 ? '元' : $n,
		    $m, $d;
	},
	letter => sub ($day) {
		my ($y, $m, $d) = day_civil($day);
		my ($era) = grep { $day >= $_->[0] } @ERAS;

		sprintf '%s%d.%d.%d', $era->[2], $y - $era->[3], $m, $d;
	},
	month => sub ($day) { sprintf '%d月%d日', (day_civil($day))[1, 2] },
	bare => sub ($day) { sprintf '%d/%d', (day_civil($day))[1, 2] },
);
my %written;

# A day in one of the styles above.
sub day_write ($style, $day)
{
	return $written{$style}{$day} //= $write{$style}->($day);
}

1;
