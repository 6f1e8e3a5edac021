#!/bin/sh
# An office's first day: by just the commands of hc-migrate(7), in English and
# in Japanese, five kinds of files that nobody has seen before become records,
# and then everybody is found, by name and by telephone.
. "${0%/*}/lib.sh"
. "$HC_ROOT/tests/manual.sh"
need sqlite3 perl

# The person of a list's row is known by its number there.
cat >people.pl <<'PERL'
# people.pl TRUTH KEY SOURCE FIELD...: "source<TAB>key<TAB>value" for each
# value of the fields that the list's rows hold; KEY is the field with the
# row's number.
use v5.36;
use utf8;
use open qw(:std :utf8);

my ($file, $key, $source, @fields) = @ARGV;
my %wanted = map { $_ => 1 } @fields;
open my $in, '<', $file or die "$file: $!";
my @names = split /\t/, <$in> =~ s/\n//r;
my (%key, @words);
while (<$in>) {
	my %cell;
	@cell{@names} = split /\t/, s/\n//r, -1;
	my $row = "$cell{file}:$cell{row}";
	$key{$row} = $cell{value} if $cell{field} eq $key;
	$key{$row} = $cell{file} =~ s{.*/}{}r if $key eq 'file';
	push @words, [$row, $cell{value}] if $cell{status} eq 'ok' &&
	    $wanted{$cell{field}};
}
my %seen;
for (@words) {
	my $line = "$source\t$key{$_->[0]}\t$_->[1]";
	say $line unless $seen{$line}++;
}
PERL

# day LANGUAGE PAGE: the commands of the page, then the search.
day()
{
	HC_LANG=$1
	mkdir "$1" && cd "$1" || exit 1
	"$HC_ROOT/scripts/sample" --books --persons "$(soak 150 2000)" \
	    --seed 9 .
	[ "$1" = en ] || {
		mv positives.csv 陽性者一覧.csv
		mv positives-2.csv 陽性者一覧2.csv
		mv tests.xlsx 検査結果.xlsx
		mv contacts.csv 濃厚接触者.csv
		mv facilities.docx 医療機関一覧.docx
		mv forms 相談票
	}
	manual_examples "$2" >../commands
	ok 'the guide has commands' test "$(wc -l <../commands)" -gt 20
	manual_run "$1" ../commands
	quoted "$1" "$2"
	everybody "$1"
	onsets "$1"
	cd ..
}

# quoted LANGUAGE PAGE: are the messages of DIAGNOSTICS those of hc?  'NAME' is
# whatever there is, "12" a number, "…" a name.
quoted()
{
	awk '/^\.Sh / { inside = ($2 == "DIAGNOSTICS") }
	    inside && sub(/^\.It Sy /, "")' "$2" |
	    sed "s/ \([,:]\) /\1 /g; s/ \([,:]\)\$/\1/; s/'NAME'/\n/g
		s/「…」/\n/g; s/12/\n/g; s/number, so/\n, so/; s/'hc.db'/\n/
		s/「hc.db」/\n/; s/: No such file.*//; s/: Permission.*//
		s/: そのような.*//; s/: 許可が.*//" |
	    awk 'length > 3' >parts
	case $1 in
	en) sed -n 's/^msgid "\(.*\)"$/\1/p' "$HC_ROOT/lib/po/ja.po" ;;
	*) sed -n 's/^msgstr "\(.*\)"$/\1/p' "$HC_ROOT/lib/po/ja.po" ;;
	esac >messages
	while IFS= read -r part; do
		grep -qF -e "$part" messages || printf '%s\n' "$part"
	done <parts >unsaid
	: >expected
	same "$1: what the guide explains is what is said" expected unsaid
}

# everybody LABEL: is who stands in the lists found, and the right one?
everybody()
{
	{
		set -- "$1" person.name phone.number
		perl ../people.pl truth/positives.tsv episode.number case "$@"
		perl ../people.pl truth/contacts.tsv episode.number contact \
		    "$@"
		perl ../people.pl truth/forms.tsv file suspected "$@"
		perl ../people.pl truth/tests.tsv test.number test "$@"
	} >words
	sqlite3 -readonly -separator '	' hc.db "SELECT e.kind, k.key, e.person
	    FROM source_key k JOIN episode e ON e.id = k.record
	    WHERE k.entity = 'episode'
	    UNION SELECT 'test', number, person FROM test" >known
	lost=0
	awk -F '\t' -v OFS='\t' 'NR == FNR { id[$1, $2] = $3; next }
		{ print $0, id[$1, $2] }' known words >wanted
	while IFS='	' read -r kind key word id; do
		hc-search -q -l 0 "$word" >found
		grep -q "^${id:-nobody}	" found || {
			lost=$((lost + 1))
			note "$kind $key: person '$id' is not found by '$word'"
		}
	done <wanted
	ok "$1: somebody is looked for" test "$(wc -l <words)" -gt 200
	is "$1: of $(wc -l <words) names and numbers none is lost" "$lost" 0
}

# onsets LABEL: days without a year are those of the list, mended ones too.
onsets()
{
	{
		perl ../people.pl truth/positives.tsv episode.number case \
		    episode.onset_date
		perl ../people.pl truth/forms.tsv file suspected \
		    episode.onset_date
	} | sort >expected
	sqlite3 -readonly -separator '	' hc.db "SELECT e.kind, k.key,
	    e.onset_date FROM source_key k JOIN episode e ON e.id = k.record
	    WHERE k.entity = 'episode' AND e.onset_date IS NOT NULL AND
	    e.kind <> 'contact'" | sort >actual
	same "$1: everybody fell ill on the right day"
}

day en "$HC_ROOT/man/hc-migrate.7"
day ja "$HC_ROOT/man/ja/hc-migrate.7"
done_testing
