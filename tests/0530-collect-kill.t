#!/bin/sh
# hc-followup collect is killed at any moment: no answer that it printed is
# missing, none is there twice, and in the end all are there.
. "${0%/*}/lib.sh"
need perl sqlite3
. "$HC_ROOT/tests/collect.sh"

kills=$(soak 50 1000)
links=20
each=25
i=1
while [ $i -le $links ]; do
	invite $i day="2021-01-$(printf %02d $i)"
	form_hash $i
	i=$((i + 1))
done >hashes
cp hc.db empty.db

cat >lines.pl <<'PERL'
my ($each) = @ARGV;
my $n = 0;
while (my $hash = <STDIN>) {
	chomp $hash;
	for (1..$each) {
		my $id = sprintf("%032x", ++$n);
		print "$id\t$hash\t{\"submission\":\"$id\",\"link\":\"$hash\"," .
		    "\"form\":\"daily\",\"at\":\"2021-01-16T00:30:00Z\"," .
		    "\"values\":{\"temperature\":\"36.5\"}}\n";
	}
}
PERL
perl lines.pl $each <hashes | seal-answer "$form_public" >taken
answers=$((links * each))
begun=$(date +%s%N)
hc-followup collect -q <taken >out
work=$(perl -e 'print 1.3e-9 * ($ARGV[1] - $ARGV[0])' "$begun" \
    "$(date +%s%N)")
note "a run takes some $work seconds"
cp empty.db hc.db

# How many ids that were printed as stored are not in the database?
missing()
{
	observations 'SELECT submission FROM observation' | sort >there
	sort -u printed | comm -23 - there | wc -l
}

killed=0
ended=0
lost=0
doubled=0
short=0
: >printed
n=0
while [ $n -lt "$kills" ]; do
	n=$((n + 1))
	hc-followup collect -q <taken >out 2>/dev/null &
	pid=$!
	perl -e 'select(undef, undef, undef, rand($ARGV[0]))' $work
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ $? -eq 137 ]; then
		killed=$((killed + 1))
	else
		ended=$((ended + 1))
	fi
	sed -n 's/^\([0-9a-f]\{32\}\)	stored.*/\1/p' out >>printed
	[ "$(missing)" -eq 0 ] || lost=$((lost + 1))
	[ $((n % 3)) -eq 0 ] || continue
	# Let it finish, look, and begin anew, so that kills find work.
	hc-followup collect -q <taken >/dev/null 2>err
	[ "$(reports)" -eq $answers ] || short=$((short + 1))
	[ "$(observations 'SELECT count(DISTINCT submission)
	    FROM observation')" -eq "$(reports)" ] || doubled=$((doubled + 1))
	rm -f hc.db-journal
	cp empty.db hc.db
	: >printed
done
note "$killed killed, $ended had ended before"
is 'nothing that was printed is missing' $lost 0
is 'nothing is there twice' $doubled 0
is 'in the end all are there' $short 0
ok 'some were killed at work' test $killed -gt 5
is 'the file is whole' "$(sqlite3 -readonly hc.db \
    'PRAGMA integrity_check')" ok
done_testing
