#!/bin/sh
# hc-import on an office's legacy lists (scripts/sample), against the truth:
# how many cells are understood, and that no wrong cell goes in unreported.
. "${0%/*}/lib.sh"
need sqlite3 perl

# The record of a list's row as JSON, one object a record, with the keys by
# which the truth's rows find it.
case_sql="SELECT e.number AS \"key\", e.*, p.name AS person_name,
    p.other_name, p.kana, p.sex, p.birth_date, p.email, p.language, p.address,
    p.occupation, (SELECT name FROM facility WHERE id = p.workplace)
    AS workplace_name, (SELECT group_concat(digits) FROM phone
    WHERE person = p.id) AS phones, s.kind AS stay_kind, s.begin_date,
    (SELECT name FROM facility WHERE id = s.facility) AS stay_facility,
    t.sampled_date, (SELECT name FROM staff WHERE id = e.staff)
    AS staff_name, (SELECT group_concat(field) FROM absence
    WHERE (entity = 'episode' AND record = e.id) OR (entity = 'person'
    AND record = p.id) OR (entity = 'phone' AND record = p.id))
    AS absent, (SELECT c.last_date FROM contact c WHERE c.episode = e.id)
    AS last_date, (SELECT x.number FROM contact c JOIN episode x
    ON x.id = c.source WHERE c.episode = e.id) AS source_number,
    (SELECT relation FROM contact c WHERE c.episode = e.id) AS relation,
    (SELECT same_household FROM contact c WHERE c.episode = e.id)
    AS same_household
    FROM source_key k JOIN episode e ON e.id = k.record
    JOIN person p ON p.id = e.person
    LEFT JOIN stay s ON s.episode = e.id
    LEFT JOIN test t ON t.episode = e.id
    WHERE k.entity = 'episode' AND k.source ="
test_sql="SELECT t.number AS \"key\", t.*, p.name AS person_name,
    p.other_name, p.kana,
    p.birth_date, (SELECT group_concat(digits) FROM phone
    WHERE person = p.id) AS phones,
    (SELECT name FROM facility WHERE id = t.site) AS site_name
    FROM test t JOIN person p ON p.id = t.person
    WHERE t.number IS NOT NULL"
report_sql="SELECT e.number || ' ' || o.day AS \"key\", o.*, e.number,
    o.temperature / 10.0 AS temperature
    FROM observation o JOIN episode e ON e.id = o.episode"

cat >compare.pl <<'PERL'
# compare.pl TRUTH ERRORS <RECORDS: "understood cells missed stolen" to
# stdout, what was missed to stderr.
use v5.36;
use utf8;
use open qw(:std :utf8);
use JSON::PP;

my ($truth, $errors, $composite) = @ARGV;
my %record;
{
	local $/;
	my $text = <STDIN>;
	utf8::encode($text);
	push @{$record{$_->{key}}}, $_
	    for @{decode_json($text || '[]')};
}
sub rows_of($file) {
	open my $in, '<:utf8', $file or die "$file: $!";
	my @names = split /\t/, <$in> =~ s/\n//r;
	return map { my %r; @r{@names} = split /\t/, s/\n//r, -1; \%r } <$in>;
}
my %reported;
$reported{$_->{row}} = 1
    for grep { $_->{kind} eq 'refused' } rows_of($errors);

my %rows;
push @{$rows{$_->{row}}}, $_ for rows_of($truth);

# The name of a truth's field in the record.
my %column = ('person.name' => 'person_name', 'phone.number' => 'phones',
    'stay.kind' => 'stay_kind', 'stay.facility' => 'stay_facility',
    'episode.staff' => 'staff_name', 'test.site' => 'site_name',
    'person.workplace' => 'workplace_name',
    'contact.source' => 'source_number');

sub plain($text) {
	$text =~ tr/ぁ-ゖ/ァ-ヶ/;
	$text =~ s/[\s\x{3000}]|\\n//g;
	return $text;
}
sub same($field, $have, $want) {
	return 0 if !defined $have;
	return 1 if $have eq $want;
	if ($field eq 'phone.number') {
		return scalar grep { $_ eq $want } split /,/, $have;
	}
	if ($field eq 'episode.symptoms') {
		return join('|', sort split /[|,]/, $have) eq
		    join('|', sort split /[|,]/, $want);
	}
	return 1 if $field eq 'observation.temperature' && $have == $want;
	require Unicode::Normalize;
	return plain(Unicode::Normalize::NFKC($have)) eq
	    plain(Unicode::Normalize::NFKC($want));
}

my ($cells, $good, $stolen, $lost) = (0, 0, 0, 0);
my %missed;
for my $row (keys %rows) {
	my %value = map { $_->{field} => $_->{value} } @{$rows{$row}};
	my @wrong = grep { $_->{status} eq 'wrong' } @{$rows{$row}};
	my $key = $composite ? join(' ', map { $value{$_} // '' }
	    split /,/, $composite) : $value{'episode.number'};
	my $list = defined $key ? $record{$key} : undef;
	# Such a row is refused as a whole, and goes in mended.
	$stolen++, say STDERR "row $row: $wrong[0]{heading} " .
	    "'$wrong[0]{written}' was not reported"
	    if @wrong && !$reported{$row};
	# A report without its day stays out: nobody knows the day.
	next if grep { my $field = $_->{field};
	    grep { $_ eq $field } split /,/, $composite } @wrong;
	for my $c (@{$rows{$row}}) {
		next if $c->{status} ne 'ok' || $c->{field} eq '';
		$cells++;
		my $name = $column{$c->{field}} //
		    $c->{field} =~ s/.*\.//r;
		# Of two spellings of one name one is the other name.
		my @names = ($name, $name eq 'person_name' ? 'other_name' : ());
		if ($list && grep { my $r = $_;
		    grep { same($c->{field}, $r->{$_}, $c->{value}) } @names }
		    @$list) {
			$good++;
		} else {
			$missed{$c->{heading} . ' ' . $c->{field}}++;
		}
	}
}
say "$good $cells $stolen";
say STDERR "missed $missed{$_}: $_"
    for sort { $missed{$b} <=> $missed{$a} } keys %missed;
PERL

# compare NAME LIST COMPOSITE SQL
compare()
{
	sqlite3 -readonly -json hc.db "$4" >records.json
	perl compare.pl sample/truth/"$2".tsv "errors.$2.tsv" "$3" \
	    <records.json >share 2>missed
	read -r good cells stolen <share
	share=$((good * 10000 / (cells > 0 ? cells : 1)))
	note "$1: $good of $cells cells understood ($share in 10,000)"
	ok "$1: at least 999 in 1000 cells are understood" \
	    test "$share" -ge 9990 || note_file missed
	is "$1: no wrong cell went in unreported" "$stolen" 0 ||
	    note_file missed
}

# take MAPPING LIST DAY [MENDED]: with MENDED its refused rows are mended and
# go in, too.
take()
{
	status=0
	hc-import -q --today "$3" --errors "errors.$2.tsv" --source "$1" \
	    --rejects rejects.csv "$1" sample/"$2".csv >summary 2>err ||
	    status=$?
	ok "$2: $(tail -n +2 summary | cut -f 4-9 | tr '\t' ' ')" \
	    test $status -le 1
	[ $# -gt 3 ] || return 0
	perl "$HC_ROOT/tests/mend.pl" rejects.csv
	status=0
	hc-import -q --today "$3" --source "$1" "$1" rejects.csv >summary \
	    2>err || status=$?
	ok "$2, mended: $(tail -n +2 summary | cut -f 4-9 | tr '\t' ' ')" \
	    test $status -le 1
}

# edits: every 40th person of before gets a note and another reading, every
# eighth episode that the second edition changed another onset, of those with an
# age: any save would work it out.
edits()
{
	sqlite3 -readonly -separator '	' plain.db "SELECT 'person', 'note', 'kana'
	    UNION ALL SELECT id, 'later ' || id, 'アトカラ' FROM (SELECT id,
	    row_number() OVER (ORDER BY id) AS n FROM person) WHERE n % 40 = 7
	    ORDER BY 1 DESC" >persons.edit
	sqlite3 -separator '	' plain.db "ATTACH 'hc.db' AS later;
	    SELECT 'episode', 'onset_date' UNION ALL SELECT id, '2020-02-29'
	    FROM (SELECT e.id, row_number() OVER (ORDER BY e.id) AS n
	    FROM later.change c JOIN main.episode e ON e.id = c.record
	    WHERE c.run = (SELECT max(run) FROM later.change)
	    AND c.entity = 'episode' AND c.operation = 'update'
	    AND e.age IS NOT NULL) WHERE n % 8 = 1 ORDER BY 1 DESC" \
	    >episodes.edit
}

# edit DB: make them, and say whether they are there.
edit()
{
	hc-edit -q -d "$1" --tsv person <persons.edit >made &&
	    hc-edit -q -d "$1" --tsv episode <episodes.edit >made
}

# The second edition is taken back, and again after others have edited what it
# wrote.
taken_back()
{
	run=$(tail -n +2 summary | cut -f 10)
	ok 'an undo is shown first' hc-log undo -n "$run"
	exits 0 hc-log undo "$run"
	hc-check --content-hash >after
	same 'taken back, all is as it was before' before after
	take cases positives-2 2021-01-01
	run=$(tail -n +2 summary | cut -f 10)
	edits
	ok "edits since, of $(($(wc -l <persons.edit) - 1)) persons and $(($(wc \
	    -l <episodes.edit) - 1)) episodes" edit hc.db
	status=0
	hc-log undo "$run" >kept 2>err || status=$?
	ok "undo among later edits keeps $(($(wc -l <kept) - 1)) fields" \
	    test $status -le 1 || note_file err
	ok 'the same edits without that edition' edit plain.db
	hc-check -d plain.db --content-hash >expected
	hc-check --content-hash >actual
	same 'all but the edits is as it was before'
}

seeds=$(soak '1 2' '1 2 3 4 5')
for seed in $seeds; do
	rm -rf sample hc.db hc.db.*
	"$HC_ROOT/scripts/sample" --seed "$seed" \
	    --persons "$(soak 2000 20000)" sample
	hc-init -q --office 112038 --name みどり市保健所
	{
		echo 氏名,ログイン
		cut -f 6,7 sample/truth/*.tsv | grep 'staff	' |
		    cut -f 2 | sort -u | awk '{ print $1 ",staff" NR }'
	} >staff.csv
	ok 'the staff' hc-import -q staff staff.csv
	take facilities facilities 2020-12-25
	take cases positives 2020-12-25 mended
	take cases positives 2020-12-25
	is 'the list again brings nothing new and changes nothing' \
	    "$(tail -n +2 summary | cut -f 5,6)" '0	0'
	take contacts contacts 2020-12-25 mended
	take tests tests 2020-12-25 mended
	take consultations consultations 2020-12-25
	take stays placements 2020-12-25
	take observations observations 2020-12-25 mended
	compare "seed $seed, cases" positives '' "$case_sql 'cases'"
	compare "seed $seed, contacts" contacts '' "$case_sql 'contacts'"
	compare "seed $seed, tests" tests test.number "$test_sql"
	compare "seed $seed, reports" observations \
	    episode.number,observation.day "$report_sql"
	hc-check --content-hash >before
	for file in hc.db hc.db.key; do
		cp "$file" "plain.${file#hc.}"
	done
	take cases positives-2 2021-01-01
	new=$(tail -n +2 summary | cut -f 5)
	changed=$(tail -n +2 summary | cut -f 6)
	note "the next edition: $new new, $changed changed, truth says" \
	    "$(cut -f 3 sample/truth/editions.tsv | sort | uniq -c |
	    tr -s '\n ' ' ')"
	taken_back
done
done_testing
