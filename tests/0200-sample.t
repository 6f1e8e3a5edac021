#!/bin/sh
# scripts/sample: the same lists for the same seed, nothing that could be
# somebody's, and a truth that points at what really stands there.
#
# What reads the lists here shares no code with what wrote them.
. "${0%/*}/lib.sh"
need perl iconv
sample=$HC_ROOT/scripts/sample

cat >lists.pl <<'EOT'
use strict;
use warnings;
use utf8;
use Encode;
use Unicode::Normalize qw(NFKC);
use open qw(:std :encoding(UTF-8));

# Rows of a TSV file as hashes.
sub tsv {
	my ($path) = @_;
	open my $in, '<:encoding(UTF-8)', $path or die "$path: $!";
	chomp(my @lines = <$in>);
	my @names = split /\t/, shift @lines, -1;
	return map {
		my @cells = split /\t/, $_, -1;
		die "$path: not as many fields as in the header: $_\n"
		    if @cells != @names || /\r/;
		s/\\(.)/{t => "\t", n => "\n", r => "\r", '\\' => '\\'}->{$1}/ge
		    for @cells;
		my %row;
		@row{@names} = @cells;
		\%row;
	} @lines;
}

# Rows of a CSV file: [line, cells...]; rows begin at a line of the file.
sub csv {
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!";
	my $bytes = do { local $/; <$in> };
	my $text = $bytes =~ s/^\xEF\xBB\xBF// ? decode('UTF-8', $bytes,
	    Encode::FB_CROAK) : decode('cp932', $bytes, Encode::FB_CROAK);
	my ($line, @rows, @row) = (1);
	my $begin = 1;
	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gc) {
		my ($quoted, $plain, $end) = ($1, $2, $3);
		my $cell = defined $quoted ? $quoted =~ s/""/"/gr : $plain;
		$line += $cell =~ tr/\n// + ($end ne ',');
		push @row, $cell;
		next if $end eq ',';
		push @rows, [$begin, @row];
		@row = ();
		$begin = $line;
	}
	die "$path: no CSV at line $begin\n" if pos $text != length $text;
	return @rows;
}

sub lists { map { m{([^/]+)\.csv$} } glob "$_[0]/*.csv" }

# Its last day of that month and day, for days without a year.
sub read_day {
	my ($text, $latest) = @_;
	my %first = (令和 => 2018, 平成 => 1988, 昭和 => 1925, 大正 => 1911,
	    R => 2018, H => 1988, S => 1925, T => 1911);
	$text = NFKC($text);
	$text =~ s/\(.\)$//;
	my ($era, $y, $m, $d);
	if ($text =~ m{^(\d{4})[-/年](\d+)[-/月](\d+)日?$}) {
		($y, $m, $d) = ($1, $2, $3);
	} elsif ($text =~ /^(\D+)(\d+|元)[年.](\d+)[月.](\d+)日?$/) {
		($era, $y, $m, $d) = ($1, $2, $3, $4);
		$y = ($y eq '元' ? 1 : $y) + $first{$era};
	} elsif ($text =~ m{^(\d+)[月/](\d+)日?$}) {
		($m, $d) = ($1, $2);
		$y = substr $latest, 0, 4;
		$y-- if sprintf('%04d-%02d-%02d', $y, $m, $d) gt $latest;
	} else {
		return "no day: $text";
	}
	return sprintf '%04d-%02d-%02d', $y, $m, $d;
}
1;
EOT
# holds NAME PROGRAM: the perl program finds nothing to print.
holds()
{
	perl -I. -Mutf8 -e 'require "./lists.pl";' -e "$2
	    ;print 'nothing found'" >found 2>&1
	if [ "$(cat found)" = 'nothing found' ]; then
		pass "$1"
	else
		fail "$1"
		note_file found
	fi
}

# ---- The same on every machine ----

perl -I"$HC_ROOT/scripts/lib" -MSample::Random -e '
	my $r = Sample::Random->new(1, 1);
	print join(" ", map { $r->below(1_000_000) } 1 .. 5), "\n"' >actual
echo '964558 978044 559008 248447 855454' >expected
same 'chance is the same on every machine'
exits 0 "$sample" --persons 300 one
quiet
ok 'an empty stdout' test ! -s actual
"$sample" --persons 300 two
ok 'the same seed makes the same bytes' diff -r one two
"$sample" --persons 300 --seed 2 three
for list in positives positives-2 contacts tests consultations facilities \
    placements observations; do
	fails "another seed makes other $list" \
	    cmp -s "one/$list.csv" "three/$list.csv"
	[ $list = facilities ] ||
		ok "$list.csv is CP932" \
		    iconv -f CP932 -t UTF-8 -o utf8 "one/$list.csv"
done
ok 'facilities.csv is UTF-8' iconv -f UTF-8 -t UTF-16 -o utf16 \
    one/facilities.csv
is 'and has a BOM' "$(head -c 3 one/facilities.csv | od -An -tx1)" ' ef bb bf'
"$sample" --persons 300 --no-truth four
rm -rf two/truth
ok '--no-truth makes the same lists' diff -r two four
rm -rf two four

# ---- The truth points at what stands there ----

"$sample" --persons 1200 --observed 150 --seed 7 big
holds 'every truth row points at its cell, every cell has its truth' '
for my $list (lists("big")) {
	my @rows = csv("big/$list.csv");
	my (%at, %named, $header);
	for my $i (0 .. $#rows) {
		$at{$rows[$i][0]} = $i;
		$header //= $rows[$i] if $rows[$i][1] =~
		    /^(?:(?:検査|患者|陽性者)?番号|受付日時|名称)$/;
	}
	my %seen;
	for (tsv("big/truth/$list.tsv")) {
		my $i = $at{$_->{line}};
		my $where = "$list:$_->{line}:$_->{column}";
		print "$where: no row begins there\n" and next
		    unless defined $i;
		$seen{$i}{$_->{column}} = 1;
		print "$where: another cell\n"
		    if $rows[$i][$_->{column}] ne $_->{written};
		print "$where: another column\n"
		    if $header->[$_->{column}] ne $_->{heading};
		print "$where: another row\n" if $_->{row} != $i + 1;
		print "$where: another file\n" if $_->{file} ne "$list.csv";
		my $ok = $_->{status} eq "ok";
		print "$where: status\n"
		    if $_->{status} !~ /^(?:ok|absent|wrong)$/ ||
		    $ok != ($_->{value} ne "") || $ok == ($_->{reason} ne "");
	}
	for my $i (0 .. $#rows) {
		my (undef, @cells) = @{$rows[$i]};
		next if !$seen{$i} && ("@cells" =~ /^ *$/ ||
		    $cells[0] eq $header->[1] ||
		    $cells[0] =~ /^(?:合計|※|新型コロナ)/);
		for (1 .. @cells) {
			print "$list row ", $i + 1, ": no truth of column $_\n"
			    if $cells[$_ - 1] ne "" && !$seen{$i}{$_};
		}
	}
}'
holds 'dates, telephone numbers, ages and names mean what they say' '
my %latest = ("positives-2" => "2021-01-01");
for my $list (lists("big")) {
	my $above;
	for (tsv("big/truth/$list.tsv")) {
		my ($field, $w, $v) = @$_{qw(field written value)};
		next if $_->{status} ne "ok" || $w =~ /^(?:〃|同上)$/;
		my $folded = NFKC($w);
		my $got = $v;
		if ($field =~ /_date$|\.day$|_until$/) {
			$got = read_day($w, $latest{$list} // "2020-12-25");
		} elsif ($field =~ /phone/) {
			my $digits = $folded =~ s/内線\d+//r;
			$digits =~ s/^\+81[- ]?/0/;
			$digits =~ tr/0-9//cd;
			$digits = "0$digits" if $digits !~ /^0/;
			$got = $digits if $_->{dirt} ne "phone_several";
			$got = "" if index($digits, $v) < 0;
		} elsif ($field eq "episode.age") {
			$got = $folded =~ s/歳//r;
		} elsif ($field eq "person.kana") {
			$got = $folded =~ tr/ぁ-ん/ァ-ン/r;
			$got =~ s/ +/ /g;
		} elsif ($field eq "person.name") {
			$got = $folded =~ s/ +/ /gr =~ s/^ | $//gr;
			$v = NFKC($v);
		}
		print "$list:$_->{line}: $w is $got, not $v\n" if $got ne $v;
	}
}'
holds '〃 means what stands above' '
for my $list (lists("big")) {
	my (%above, $line, $n);
	for (tsv("big/truth/$list.tsv")) {
		my $above = $above{$_->{column}};
		print "$list:$_->{line}: $_->{value}\n"
		    if $_->{dirt} eq "ditto" && ($n++ || 1) &&
		    ($above->{row} != $_->{row} - 1 ||
		    $above->{value} ne $_->{value});
		$above{$_->{column}} = $_;
	}
	print "$list has none\n" if !$n && $list =~ /positives|contacts/;
}'
holds 'fields and codes are the catalogue'\''s' '
my (%list, %code);
$list{"$_->{entity}.$_->{name}"} = $_->{type} =~ /choice|multi/ ? $_->{of} : ""
    for tsv("$ENV{HC_ROOT}/lib/catalogue/field.tsv");
$code{$_->{list}}{$_->{code}} = 1
    for tsv("$ENV{HC_ROOT}/lib/catalogue/choice.tsv");
my %faults;
for my $list (lists("big")) {
	for (tsv("big/truth/$list.tsv")) {
		my $field = $_->{field};
		next if $field eq "";
		$faults{"no field $field"} = 1, next
		    unless defined $list{$field};
		$faults{"no reason $_->{reason}"} = 1 if
		    $_->{status} eq "absent" &&
		    !$code{absence_reason}{$_->{reason}};
		next if $list{$field} eq "" || $_->{status} ne "ok";
		for my $code (split /;/, $_->{value}) {
			$faults{"no code $code of $field"} = 1
			    unless $code{$list{$field}}{$code};
		}
	}
}
print "$_\n" for sort keys %faults;'

# ---- Nobody's name, number or address ----

holds 'no telephone number could ring' '
for my $list (lists("big")) {
	for my $row (csv("big/$list.csv")) {
		my ($line, @cells) = @$row;
		for (@cells) {
			my $text = NFKC($_) =~ s/内線\d+//r;
			$text =~ s/^([1-9]\d{8,9})$/0$1/;
			$text =~ s/\+81[- ]?/0/;
			my $gap = qr/[-()ー. ]*/;
			while ($text =~
			    /(?<!\d)(0\d{1,3}$gap\d{1,4}$gap\d{4})(?!\d)/g) {
				my $n = $1 =~ tr/0-9//cdr;
				print "$list:$line: $_\n" if $n !~
				    /^(?:0[89]00000|030000|048000|000)\d{4}$/;
			}
		}
	}
	for (tsv("big/truth/$list.tsv")) {
		print "$list:$_->{line}: $_->{value}\n"
		    if $_->{field} =~ /phone/ && $_->{status} eq "ok" &&
		    $_->{value} !~ /^(?:0[89]00000|030000|048000)\d{4}$/;
	}
}'
holds 'all mail goes to example.jp' '
my $n = 0;
for my $list (lists("big")) {
	for my $row (csv("big/$list.csv")) {
		for (@$row) {
			$n++ if /^p\d{6}[\@＠]example\.jp$/;
			print "$list:$row->[0]: $_\n" if /[\@＠]/ &&
			    !/^p\d{6}[\@＠]example\.jp$/;
		}
	}
}
print "only $n\n" if $n < 800;
my %person;
for (tsv("big/truth/persons.tsv")) {
	print "$_->{email} twice\n" if $_->{email} ne "" &&
	    $person{$_->{email}}++;
}'

# ---- How dirty ----

cat >rates.pl <<'EOT'
# Each kind's count lies within five standard deviations of its rate, and
# the truth has the same count of cells.
sub rates {
	my ($dir, %rate) = @_;
	my %seen;
	for my $list (lists($dir)) {
		my %cell;
		next if $list eq 'positives-2';
		for (tsv("$dir/truth/$list.tsv")) {
			next if $cell{"$_->{line}:$_->{column}"}++;
			$seen{$_}++ for split /,/, $_->{dirt};
		}
	}
	for (grep { $_->{group} eq 'dirt' } tsv("$dir/truth/summary.tsv")) {
		my ($kind, $count, $of, $rate) = @$_{qw(name count of rate)};
		my $wanted = $of * $rate;
		my $sigma = sqrt($wanted * (1 - $rate));
		print "$kind: $count of $of cells, rate $rate\n"
		    if abs($count - $wanted) > 5 * $sigma + 1;
		print "$kind: rate $rate, not $rate{$kind}\n"
		    if defined $rate{$kind} && $rate != $rate{$kind};
		# These leave no cell that could be marked.
		next if $kind =~ /^blank|_header$|_row$|^duplicate$/;
		print "$kind: ", $seen{$kind} // 0, " in the truth, $count ",
		    "in the summary\n" if ($seen{$kind} // 0) != $count;
	}
}
EOT
holds 'every kind of dirt comes at its rate' '
do "./rates.pl"; rates("big", lost_zero => 0.05);
my %count = map { $_->{name} => $_->{count} }
    grep { $_->{group} eq "dirt" } tsv("big/truth/summary.tsv");
print "no $_\n" for grep { !$count{$_} } sort keys %count;'
"$sample" --persons 500 --rate lost_zero=0.5 --rate wrong_date=0.1 \
    --rate ditto=0 rated
holds 'and at another if asked' '
do "./rates.pl"; rates("rated", lost_zero => 0.5, wrong_date => 0.1,
    ditto => 0)'
holds 'rows, wrong cells, duplicates are counted rightly' '
my %count;
$count{"$_->{group} $_->{name}"} = $_->{count}
    for tsv("big/truth/summary.tsv");
for my $list (lists("big")) {
	my (%row, %wrong, %wrong_row);
	for (tsv("big/truth/$list.tsv")) {
		$row{$_->{line}} = 1;
		next if $_->{status} ne "wrong";
		$wrong{$_->{field}}++;
		$wrong_row{$_->{line}} = 1;
	}
	print "$list: ", scalar(keys %row), " rows\n"
	    if keys %row != $count{"rows $list.csv"};
	next if $list ne "positives";
	print "$list: wrong ", scalar(keys %wrong_row), "\n"
	    if keys %wrong_row != $count{"positives wrong"};
	for (keys %wrong) {
		print "$list: $wrong{$_} wrong $_\n"
		    if $wrong{$_} != $count{"wrong positives.csv:$_"};
	}
}
my ($twice, %row) = 0;
for (tsv("big/truth/persons.tsv")) {
	my @rows = split /;/, $_->{rows};
	$twice += (grep { /^positives\.csv:/ } @rows) - 1
	    if $_->{rows} =~ /(?:^|;)positives\.csv:/;
	$row{$_}++ for @rows;
}
print "$twice duplicates\n" if $twice != $count{"duplicates positives.csv"};
for my $list (grep { $_ ne "facilities" } lists("big")) {
	my $n = grep { /^\Q$list\E\.csv:/ } keys %row;
	print "$list: $n rows have a person\n"
	    if $n != $count{"rows $list.csv"};
}
print "$_ has two persons\n" for grep { $row{$_} > 1 } keys %row;'

# ---- Under observation ----

holds 'as many are under observation as asked, and none has a wrong cell' '
my @observed = grep { $_->{observed} } tsv("big/truth/persons.tsv");
print scalar(@observed), " observed\n" if @observed != 150;
my $mail = grep { $_->{email} ne "" } @observed;
print "$mail have mail\n" if $mail < 150 * 0.75 || $mail > 150 * 0.95;
my %row = map { $_ => 1 } map { split /;/, $_->{rows} } @observed;
my %first = ("episode.diagnosed_date" => "2020-12-16",
    "episode.observe_until" => "2020-12-25");
my %days;
for my $list (lists("big")) {
	for (tsv("big/truth/$list.tsv")) {
		my $mine = $row{"$list.csv:$_->{line}"};
		next if $list eq "positives-2";
		print "$list:$_->{line}: $_->{written}\n"
		    if $mine && $_->{status} eq "wrong";
		my $first = $first{$_->{field}} // next;
		$days{$mine ? "observed" : "others"}++ if
		    $_->{status} eq "ok" && $_->{value} ge $first;
	}
}
print join(" ", %days), "\n" if $days{others} || $days{observed} != 150;'
"$sample" --persons 5 --observed 100 few
is 'more may be observed than there are cases' \
    "$(awk -F'\t' '$1 == "person" && $2 == "observed" { print $3 }' \
    few/truth/summary.tsv)" 100
exits 0 "$sample" --persons 1 --observed 0 single

# ---- Clean ----

"$sample" --persons 1200 --observed 150 --seed 7 --clean clean
for dir in big clean; do
	cut -f 1-10,12 $dir/truth/persons.tsv >$dir.persons
done
same 'without dirt the people are the same' big.persons clean.persons
holds 'and there is no dirt' '
for my $list (lists("clean")) {
	my @rows = csv("clean/$list.csv");
	print "$list: row of another length\n"
	    for grep { @$_ != @{$rows[0]} } @rows;
	for (tsv("clean/truth/$list.tsv")) {
		print "$list:$_->{line}: $_->{written}\n"
		    if $_->{dirt} ne "" || $_->{status} ne "ok";
	}
}'

# ---- The second edition ----

holds 'the second edition differs just as stated' '
my (%old, %new);
for my $edition ([positives => \%old], ["positives-2" => \%new]) {
	my (%number, @rows);
	for (tsv("big/truth/$edition->[0].tsv")) {
		$number{$_->{line}} = $_->{value} if $_->{column} == 1;
		push @{$edition->[1]{$number{$_->{line}}}},
		    join "|", @$_{qw(heading field value status)};
	}
}
my (%change, %count);
for (tsv("big/truth/editions.tsv")) {
	$change{$_->{number}} = $_;
	$count{$_->{change}}++;
}
print "no $_\n" for grep { !$count{$_} } qw(new corrected mended withdrawn
    duplicate);
for my $number (sort { $a <=> $b } keys %new) {
	my $change = $change{$number}{change} // "unchanged";
	print "$number: new\n" if ($change eq "new") == exists $old{$number};
	next if $change eq "new";
	my ($a, $b) = map { join "\n", @{$_->{$number}} } \%old, \%new;
	print "$number: $change\n--\n$a\n--\n$b\n"
	    if ($change eq "unchanged") != ($a eq $b);
	my $mark = $change =~ /^(?:withdrawn|duplicate)$/ ? $change : "";
	print "$number: not $change\n" if
	    $mark ne ($b =~ /episode\.status\|(\w+)/ ? $1 : "");
	my $new = $change{$number}{new} // "";
	print "$number: no $new\n" if $new ne "" && index($b, "|$new|") < 0;
}
print "$_ has gone\n" for grep { !exists $new{$_} } keys %old;'

# ---- The command ----

exits 0 "$sample" -h
ok 'help begins with the usage' grep -q '^usage: sample' actual
exits 0 "$sample" --rates
is 'kinds of dirt are listed' "$(head -n 1 actual | tr '\t' ' ')" \
    'kind rate cells what'
exits 0 "$sample" --files
exits 64 "$sample"
exits 64 "$sample" one two
exits 64 "$sample" --persons 0 no
exits 64 "$sample" --persons many no
says "'many' is no number for --persons"
exits 64 "$sample" --today 2020-02-30 no
says "'2020-02-30' is no day"
exits 64 "$sample" --rate dust=0.1 no
says "unknown kind of dirt 'dust'"
exits 64 "$sample" --rate lost_zero=2 no
exits 64 "$sample" --nonsense no
ok 'and nothing is made' test ! -e no
true >file
exits 73 "$sample" file/dir
says "cannot create 'file/dir'"
if [ -w /dev/full ]; then
	mkdir full
	ln -s /dev/full full/tests.csv
	exits 73 "$sample" --persons 5 --no-truth full
	says 'cannot write'
fi
done_testing
