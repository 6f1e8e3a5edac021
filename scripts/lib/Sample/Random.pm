# Random numbers that are the same on every machine.
#
# L'Ecuyer's combined generator (CACM 31, 1988): two multiplicative
# generators whose products stay below 2^53, so that neither the width of
# perl's integers nor its rand() matters.  Each use of chance (the people,
# the dirt, ...) has a stream of its own: another rate of dirt leaves the
# people as they are.
package Sample::Random;
use v5.36;

sub new ($class, $seed, $stream)
{
	my $self = bless [
	    1 + ($seed * 69_621 + $stream * 630_360_016) % 2_147_483_562,
	    1 + ($seed * 16_807 + $stream * 742_938_285) % 2_147_483_398,
	], $class;

	# Neighbouring seeds begin alike.
	$self->below(2) for 1 .. 20;
	return $self;
}

# A whole number from 0 to $n - 1.  (This and the next ones are called some
# hundred times a person; a signature would cost a third of their time.)
sub below
{
	my ($self, $n) = @_;

	return (($self->[0] = $self->[0] * 40_014 % 2_147_483_563) -
	    ($self->[1] = $self->[1] * 40_692 % 2_147_483_399)) % $n;
}

sub between ($self, $first, $last)
{
	return $first + $self->below($last - $first + 1);
}

# True with the probability $p, to a millionth.
sub chance
{
	return $_[0]->below(1_000_000) < $_[1] * 1_000_000;
}

sub pick
{
	my ($self, $list) = @_;

	return $list->[$self->below(scalar @$list)];
}

# A list for pick() in which each of [weight, what], ... stands as often as
# it weighs.
sub weighted (@list)
{
	return [map { ($_->[1]) x $_->[0] } @list];
}

1;
