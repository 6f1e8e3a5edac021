#!/usr/bin/perl
# epidemic.pl PERSONS DAYS SEED: an invented epidemic, as rows.
#
# Writes for each day N (00 ...) what an office enters on it, for hc-edit
# --tsv: N/person.tsv, N/episode.tsv ...; and the same events as plain rows
# for the model of epidemic.sql: model/ep.tsv, model/ob.tsv ...  It knows no
# rule of any list: who answers, falls ill, stays silent or is called is
# drawn by lot.  Episode and person of somebody have the same number.
use strict;
use warnings;
use POSIX qw(strftime);
use Time::Local qw(timegm);

my ($persons, $days, $seed) = @ARGV;
my $first = timegm(0, 0, 0, 1, 8, 2020);	# 2020-09-01
srand $seed;

my (%out, %model);
sub day { strftime '%Y-%m-%d', gmtime $first + 86400 * $_[0] }
# An instant of day N, minutes after its midnight in Japan.
sub instant
{
	strftime '%Y-%m-%dT%H:%M:%SZ',
	    gmtime $first + 86400 * $_[0] + 60 * $_[1] - 9 * 3600;
}
sub chance { rand() < $_[0] }
sub put
{
	my ($n, $name, @pairs) = @_;
	my (@names, @values);
	while (my ($k, $v) = splice @pairs, 0, 2) {
		push @names, $k;
		push @values, $v // '';
	}
	my $f = sprintf '%02d/%s.tsv', $n, $name;
	$out{$f} //= join("\t", @names) . "\n";
	$out{$f} .= join("\t", @values) . "\n";
}
sub model { $model{$_[0]} .= join("\t", map { $_ // '' } @_[1 .. $#_]) . "\n" }

my @people;
for my $e (1 .. $persons) {
	my $n = int(($e - 1) * $days * 0.9 / $persons);
	my %p = (e => $e, n => $n, case => chance(0.4), start => $n,
	    ill => rand(), answers => chance(0.1) ? 0.1 : 0.85,
	    email => !chance(0.05), ok => !chance(0.03));
	$p{start}++ if chance(0.1);
	my $onset = $p{case} ? day($n - int rand 4) : undef;
	my $met = $p{case} ? undef : day($n - int rand 5);
	my $tested = !$p{case} && chance(0.5);
	my $stay = $p{case} && chance(0.8);
	my $asked = $p{case} && chance(0.4);
	put $n, 'person', name => "見本 $e", phone =>
	    sprintf('090-0000-%04d', $e % 10000), mail_ok => $p{ok} ? 1 : 0,
	    email => $p{email} ? "p$e\@example.jp" : undef;
	put $n, 'episode', person => $e, kind => $p{case} ? 'case' :
	    'contact', onset_date => $onset, last_exposure_date => $met,
	    observe_from => day($p{start});
	put $n, 'stay', episode => $e, kind => 'home', begin_date => day($n)
	    if $stay;
	put $n, 'test', person => $e, episode => $e, sampled_date => day($n),
	    result => 'negative', result_date => day($n),
	    told_at => instant($n, 600) if $tested;
	put $n, 'activity', episode => $e, date => day($n), place => '見本店'
	    if $asked;
	model 'ep', $e, day($n), day($p{start}), $p{case} ? 'case' :
	    'contact', $onset, $met, $p{email} ? 1 : 0, $p{ok} ? 1 : 0,
	    $tested ? day($n) : undef, $stay ? 1 : 0, $asked ? 1 : 0;
	push @people, \%p;
}

# One report: better or worse from day to day.
sub report
{
	my ($p, $n, $minute) = @_;
	$p->{ill} += rand(0.5) - 0.26;
	$p->{ill} = 0 if $p->{ill} < 0;
	$p->{ill} = 1 if $p->{ill} > 1;
	my $ill = $p->{ill};
	my $t = 36.2 + $ill * 2.4 + rand 0.8;
	my $spo2 = 99 - int($ill ** 3 * 8 + rand 2);
	my $feeling = (qw(good fair poor bad awful))[int($ill * 4 + rand 0.9)];
	my @r = (sprintf('%.1f', $t), $spo2, $feeling, chance($ill / 4) ? 1 :
	    0, chance($ill / 25) ? 1 : 0, chance($ill) ? 1 : 0,
	    chance(0.02) ? 1 : 0);
	$r[0] = undef if chance(0.03);
	$r[1] = undef if chance(0.3);
	put $n, 'observation', episode => $p->{e}, day => day($n), slot => 1,
	    at => instant($n, $minute), via => 'web', temperature => $r[0],
	    no_thermometer => defined $r[0] ? 0 : 1, spo2 => $r[1],
	    feeling => $r[2], dyspnea => $r[3], chest_pain => $r[4],
	    cough => $r[5], wants_call => $r[6];
	model 'ob', $p->{e}, day($n), instant($n, $minute), @r;
}

for my $n (0 .. $days - 1) {
	for my $p (grep { $_->{n} <= $n && $n < $_->{n} + 25 } @people) {
		if (!$p->{case} && chance(0.01)) {
			$p->{case} = 1;
			put $n, 'change', episode => $p->{e}, kind => 'case',
			    onset_date => day($n);
			model 'change', $p->{e}, day($n), day($n);
		}
		if ($p->{case} && $p->{ill} < 0.1 && !$p->{improved} &&
		    $n > $p->{n}) {
			$p->{improved} = 1;
			put $n, 'improved', episode => $p->{e},
			    improved_date => day($n);
			model 'improved', $p->{e}, day($n);
		}
		# Whoever stops answering often goes on so.
		$p->{answers} = 0.1 if chance(0.01);
		if (chance($p->{answers})) {
			my $minute = 485 + int rand 240;
			report $p, $n, $minute;
			report $p, $n, $minute + 30 if chance(0.05);
		}
		next unless chance($p->{answers} < 0.5 ? 0.3 : 0.05);
		my $at = 750 + int rand 29;
		my $reached = chance(0.6);
		put $n, 'call', episode => $p->{e}, day => day($n),
		    at => instant($n, $at), outcome => $reached ? 'reached' :
		    'no_answer', next_at => $reached ? undef :
		    instant($n, $at + (chance(0.5) ? 1 : 120));
		model 'cl', $p->{e}, day($n), instant($n, $at), $reached ? 1 :
		    0, $reached ? undef : (split /\t/, (split /\n/,
		    $out{sprintf '%02d/call.tsv', $n})[-1])[4];
	}
}

mkdir 'model';
mkdir sprintf '%02d', $_ for 0 .. $days - 1;
sub spill
{
	open my $f, '>', $_[0] or die "$_[0]: $!\n";
	print $f $_[1];
	close $f or die "$_[0]: $!\n";
}
spill $_, $out{$_} for keys %out;
spill "model/$_.tsv", $model{$_} // '' for qw(ep ob change improved cl);
