#!/bin/sh
# The built-in catalogue is the single description of every entity and field,
# so a slip in it would show everywhere: lib/catalogue/*.tsv must be whole and
# agree with one another.  See hc-catalogue(5).
. "${0%/*}/lib.sh"
need perl

# What all checks share: the tables as lists of rows, each row a hash, and
# the folding under which headings and spellings are compared.
cat >catalogue.pl <<'EOT'
use strict;
use warnings;
use utf8;
use Unicode::Normalize qw(NFKC);
use open qw(:std :encoding(UTF-8));

our (%T, %C, %E, %F, %L);	# tables, columns, entities, fields, lists

for my $path (glob "$ENV{HC_ROOT}/lib/catalogue/*.tsv") {
	my ($name) = $path =~ m{([^/]+)\.tsv$};
	open my $fh, '<', $path or die "$path: $!";
	chomp(my @lines = <$fh>);
	my @columns = split /\t/, shift @lines, -1;
	$C{$name} = \@columns;
	for (@lines) {
		my (%row, @cells);
		@cells = split /\t/, $_, -1;
		s/\\(.)/{t=>"\t",n=>"\n",r=>"\r",'\\'=>'\\'}->{$1}/ge
		    for @cells;
		@row{@columns} = @cells;
		push @{$T{$name}}, \%row;
	}
}
$E{$_->{name}} = $_ for @{$T{entity}};
$F{$_->{entity}}{$_->{name}} = $_ for @{$T{field}};
$L{$_->{list}}{$_->{code}} = $_ for @{$T{choice}};

sub rows { return @{$T{$_[0]} || []} }

my %folded;

sub fold {
	return $folded{$_[0]} //= do {
		my $s = lc NFKC($_[0]);
		$s =~ tr/ァ-ヶ/ぁ-ゖ/;
		$s =~ s/[\s_()「」『』\[\]【】〔〕<>〈〉《》.。]//g;
		$s;
	};
}

# The field that a dotted name means in an entity, through its references.
sub field {
	my ($entity, $name) = @_;
	my ($first, $rest) = split /\./, $name, 2;
	return $F{$entity}{$first} if !defined $rest;
	my $f = $F{$entity}{$first} or return;
	return $f->{type} eq 'ref' ? field($f->{of}, $rest) : undef;
}

my %keyword = map { $_ => 1 } qw(and or not in between is absent present
    contains begins has today now days day hours hour minutes weeks months
    years coalesce max min count age abs round length yes no);

# What is wrong with an expression over an entity: unknown names, codes that
# the choice list of the field before them does not hold.
# What the expressions of a work list are about.
sub sees {
	my ($list) = @_;
	return $list->{subject} eq 'episode' ? 'situation' : $list->{subject};
}
sub expression_faults {
	my ($entity, $text) = @_;
	my ($left, @faults);
	while ($text =~ /\G\s*(?:'([^']*)'|([a-z_][a-z0-9_.]*)|([0-9.]+)|
	    (<=|>=|<>|[-=<>+(),]))/gcx) {
		my ($code, $word) = ($1, $2);
		if (defined $code) {
			push @faults, "no '$code' in list $left->{of}"
			    if $left && $left->{of} && !$L{$left->{of}}{$code};
		} elsif (defined $word) {
			my $f = field($entity, $word);
			# Of what lasts, a filter may ask this (hc-expr(5)).
			next if $word eq 'overlaps' && $F{$entity}{end_date};
			# "hours" and the like may be names as well.
			if ($f) { $left = $f }
			elsif (!$keyword{$word}) {
				push @faults, "no field '$word' of $entity";
			}
		}
	}
	$text =~ /\G\s*/gc;
	push @faults, 'cannot be read at ' . pos($text)
	    if pos($text) < length $text;
	my ($open, $close) = ($text =~ tr/(//, $text =~ tr/)//);
	push @faults, 'parentheses' if $open != $close;
	return @faults;
}
1;
EOT

# faultless NAME: the perl program on standard input must print nothing.
faultless()
{
	perl -I. -Mutf8 -e 'require "./catalogue.pl";' \
	    -e 'our (%T, %C, %E, %F, %L);' -e "$(cat)" >actual 2>&1 ||
	    echo 'the check itself failed' >>actual
	: >expected
	same "$1"
}

for file in "$HC_ROOT"/lib/catalogue/*.tsv; do
	LC_ALL=C awk -F '\t' '
	NR == 1 { n = NF }
	NF != n { print FNR ": " NF " columns, not " n }
	n < 2 { print "fewer than two columns" }
	/[\001-\010\013-\037\177]/ { print FNR ": control character" }
	/^\357\273\277/ { print "byte order mark" }
	{ gsub(/\\[tnr\\]/, "") }
	/\\/ { print FNR ": unknown escape" }
	END { if (NR < 2) print "no rows" }' "$file" >actual
	iconv -f UTF-8 -t UTF-16 "$file" >/dev/null 2>>actual
	[ -z "$(tail -c 1 "$file")" ] || echo 'no newline at the end' >>actual
	: >expected
	same "${file##*/} is whole hc-tsv"
done

faultless 'every definition has its file, and every file its entity' <<'EOT'
for (rows('entity')) {
	print "no $_->{name}.tsv\n"
	    if $_->{kind} eq 'definition' && !$T{$_->{name}};
}
for my $name (keys %T) {
	print "$name.tsv is no definition\n" if $name ne 'entity' &&
	    (!$E{$name} || $E{$name}{kind} ne 'definition');
}
EOT

faultless 'columns of the files are fields of their entities' <<'EOT'
for my $name (grep { $_ ne 'entity' } keys %C) {
	$F{$name}{$_} or print "$name.tsv: $_\n" for @{$C{$name}};
}
EOT

faultless 'what a definition requires is there' <<'EOT'
for my $name (grep { $_ ne 'entity' } keys %T) {
	for my $f (values %{$F{$name}}) {
		next if $f->{required} ne 'yes' || $f->{name} eq 'origin';
		my $line = 1;
		for (rows($name)) {
			$line++;
			print "$name.tsv:$line: no $f->{name}\n"
			    if !defined $_->{$f->{name}} ||
			    $_->{$f->{name}} eq '';
		}
	}
}
EOT

faultless 'values of definitions are of their fields types' <<'EOT'
for my $name (grep { $_ ne 'entity' } keys %T) {
	my $line = 1;
	for my $row (rows($name)) {
		$line++;
		for my $c (@{$C{$name}}) {
			my ($v, $f) = ($row->{$c}, $F{$name}{$c});
			next if !defined $v || $v eq '';
			my $bad = $f->{type} eq 'choice' ? !$L{$f->{of}}{$v}
			    : $f->{type} eq 'integer' ? $v !~ /^-?[0-9]+\z/
			    : $f->{type} eq 'date' ?
			    $v !~ /^[0-9]{4}-[0-9]{2}-[0-9]{2}\z/
			    : $f->{type} eq 'yesno' ? $v !~ /^[01]\z/
			    : $f->{of} eq 'lines' ? 0 : $v =~ /\n/;
			$bad ||= $f->{pattern} ne '' &&
			    $v !~ /\A(?:$f->{pattern})\z/;
			print "$name.tsv:$line: $c '$v'\n" if $bad;
		}
	}
}
EOT

faultless 'keys are unique' <<'EOT'
for my $name (keys %T) {
	my @key = $name eq 'entity' ? 'name' : split /,/, $E{$name}{key};
	my %seen;
	for (rows($name)) {
		my $key = join ' ', @{$_}{@key};
		print "$name: $key\n" if $seen{$key}++;
	}
}
EOT

faultless 'entities and fields have plain names of their own' <<'EOT'
for (rows('entity'), rows('field')) {
	print "$_->{name}\n" if $_->{name} !~ /^[a-z][a-z0-9]*(_[a-z0-9]+)*\z/
	    || length $_->{name} > 40 || $_->{name} =~ /^x_/ ||
	    $_->{name} =~ /^(id|office|revision|created_at|updated_at)\z/;
}
EOT

faultless 'the name of an entity is no common word of SQL' <<'EOT'
my %sql = map { $_ => 1 } qw(all and as by case check column constraint
    create cross default delete distinct drop else end except exists for
    foreign from full group having in index inner insert intersect into is
    join left like limit natural not null offset on or order outer primary
    references right select set table then to union unique update user using
    values when where with);
$sql{$_->{name}} and print "$_->{name}\n" for rows('entity');
EOT

faultless 'entities name only fields that they have' <<'EOT'
for my $e (rows('entity')) {
	print "$e->{name}: kind\n"
	    if $e->{kind} !~ /^(record|definition|computed)\z/;
	print "$e->{name}: a definition without a key\n"
	    if $e->{kind} eq 'definition' && $e->{key} eq '';
	print "$e->{name}: no title\n" if $e->{title} eq '';
	for my $column (qw(key parent title indexes match)) {
		for (split /[,|]/, $e->{$column}) {
			# An index with the office answers alone.
			next if $column eq 'indexes' && $_ eq 'office';
			my $f = $F{$e->{name}}{$_};
			print "$e->{name}: $column $_\n" if !$f ||
			    ($column eq 'parent' && $f->{type} ne 'ref');
		}
	}
	print "$e->{name}: no fields\n" if !$F{$e->{name}};
}
$E{$_} or print "fields of unknown $_\n" for keys %F;
EOT

faultless 'types are known and say of what' <<'EOT'
for (rows('field')) {
	my ($t, $of) = @$_{qw(type of)};
	my $good = $t eq 'choice' || $t eq 'multi' ? $L{$of}
	    : $t eq 'ref' ? $E{$of} && $E{$of}{kind} eq 'record'
	    : $t eq 'decimal' ? $of =~ /^[1-4]\z/
	    : $t eq 'text' ? $of =~ /^(lines)?\z/
	    : $t =~ /^(integer|date|instant|yesno|phone|email)\z/ && $of eq '';
	print "$_->{entity}.$_->{name}: $t of '$of'\n" if !$good;
	print "$_->{entity}.$_->{name}: initial '$_->{initial}'\n"
	    if $_->{initial} ne '' && $t eq 'choice' &&
	    !$L{$of}{$_->{initial}};
}
EOT

faultless 'ranges, patterns and checks suit the field' <<'EOT'
for (rows('field')) {
	my $n = "$_->{entity}.$_->{name}";
	for my $bound (@$_{qw(low high)}) {
		next if $bound eq '';
		my $good = $_->{type} eq 'date' ?
		    $bound =~ /^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})\z/
		    : $_->{type} =~ /^(integer|decimal)\z/ &&
		    $bound =~ /^-?[0-9]+(\.[0-9]+)?\z/;
		print "$n: bound $bound\n" if !$good;
	}
	print "$n: pattern\n" if $_->{pattern} ne '' &&
	    ($_->{type} ne 'text' || !eval { qr/$_->{pattern}/ });
	print "$n: search\n" if $_->{search} ne '' &&
	    !$L{search_class}{$_->{search}};
	print "$n: list\n" if $_->{list} !~ /^([1-9][0-9]?)?\z/;
}
EOT

faultless 'every choice list is used' <<'EOT'
my %used = map { $_->{of} => 1 } rows('field');
$used{$_} or print "$_\n" for keys %L;
EOT

faultless 'there are labels in both languages' <<'EOT'
for my $name (keys %T) {
	for my $c (grep /^label_/, @{$C{$name}}) {
		my $line = 1;
		for (rows($name)) {
			$line++;
			print "$name.tsv:$line: $c '$_->{$c}'\n"
			    if $_->{$c} eq '' || ($c eq 'label_en' &&
			    $_->{$c} =~ /[^\x20-\x7e]/);
		}
	}
}
EOT

faultless 'no two fields of an entity have one label' <<'EOT'
for my $lang (qw(label_ja label_en)) {
	my %seen;
	for (rows('field')) {
		print "$_->{entity}: $_->{$lang}\n"
		    if $seen{$_->{entity}, $_->{$lang}}++;
	}
}
EOT

faultless 'every entity and field is explained in a sentence' <<'EOT'
for (rows('entity'), rows('field')) {
	print "$_->{name}: $_->{note}\n" if $_->{note} !~ /^\S.*[.]\z/ ||
	    $_->{note} =~ /[^\x20-\x7e]/;
}
EOT

faultless 'a heading means one field of an entity' <<'EOT'
for my $e (keys %F) {
	my %seen;
	for my $f (values %{$F{$e}}) {
		for (split /\|/, $f->{headings}, -1) {
			my $h = fold($_);
			print "$e.$f->{name}: empty heading\n" if $h eq '';
			print "$e: '$_' is $f->{name} and $seen{$h}\n"
			    if $seen{$h} && $seen{$h} ne $f->{name};
			$seen{$h} = $f->{name};
		}
	}
}
EOT

faultless 'a spelling means one choice of a list' <<'EOT'
my %seen;
for my $c (rows('choice')) {
	for ($c->{code}, $c->{label_ja}, $c->{label_en},
	    split /\|/, $c->{spellings}, -1) {
		my $s = fold($_);
		print "$c->{list}: empty spelling of $c->{code}\n"
		    if $s eq '';
		my $other = $seen{$c->{list}, $s};
		print "$c->{list}: '$_' is $c->{code} and $other\n"
		    if $other && $other ne $c->{code};
		$seen{$c->{list}, $s} = $c->{code};
	}
}
EOT

faultless 'mappings make what exists' <<'EOT'
my %seen;
for my $m (rows('mapping')) {
	my %makes = map { $_ => 1 } $m->{entity}, split /\|/, $m->{also};
	$E{$_} && $E{$_}{kind} eq 'record' or
	    print "$m->{name}: no entity $_\n" for keys %makes;
	for (split /\|/, $m->{constants}) {
		my ($e, $f, $v) = /^([a-z_]+)\.([a-z_]+)=(.+)\z/;
		print "$m->{name}: $_\n" if !$v || !$makes{$e} ||
		    !$F{$e}{$f} || !$L{$F{$e}{$f}{of}}{$v};
	}
	my ($e, $f) = split /\./, $m->{key};
	print "$m->{name}: key $m->{key}\n"
	    if $m->{key} ne '' && (!$makes{$e} || !$F{$e}{$f});
	for (grep { $_->{mapping} eq $m->{name} } rows('heading')) {
		for my $target (split /[|+]/, $_->{field}, -1) {
			($e, $f) = $target =~ /^([a-z_]+)\.([a-z_0-9]+)
			    (?::(?:year|month|day|[12]))?\z/x;
			print "$m->{name}: '$_->{heading}' is no $target\n"
			    if !$e || !$makes{$e} || !$F{$e}{$f};
		}
		print "$m->{name}: '$_->{heading}' twice\n"
		    if $seen{$m->{name}, fold($_->{heading})}++;
	}
}
my %mapping = map { $_->{name} => 1 } rows('mapping');
$mapping{$_->{mapping}} or print "no mapping $_->{mapping}\n"
    for rows('heading');
EOT

faultless 'expressions use names and codes that exist' <<'EOT'
sub check {
	my ($entity, $what, $text) = @_;
	print "$what: $_\n" for expression_faults($entity, $text);
}
for (rows('field')) {
	check($_->{entity}, "$_->{entity}.$_->{name} required",
	    $_->{required}) if $_->{required} !~ /^(yes)?\z/;
	check($_->{entity}, "$_->{entity}.$_->{name}", $_->{check});
}
my %sees = map { $_->{name} => sees($_) } rows('worklist');
check($sees{$_->{name}}, $_->{name}, $_->{expr}) for rows('worklist');
check($sees{$_->{worklist}}, $_->{name}, $_->{expr}) for rows('condition');
for (rows('policy')) {
	check('episode', $_->{name}, $_->{applies});
	check('episode', $_->{name}, $_->{until});
}
check($_->{entity}, $_->{name}, $_->{expr}) for rows('filter');
check($_->{entity}, $_->{name}, $_->{where_expr}) for rows('report');
my %form = map { $_->{name} => $_->{entity} } rows('form');
for my $i (rows('form_item')) {
	check($form{$i->{form}}, "$i->{form}.$i->{name}", $_)
	    for grep { $_ ne 'yes' } @$i{qw(required red_flag)};
	check('episode', "$i->{form}.$i->{name}", $i->{shown_if});
}
EOT

faultless 'work lists show and sort by columns of what they see' <<'EOT'
my %list;
for my $w (rows('worklist')) {
	$list{$w->{name}} = 1;
	print "$w->{name}: subject $w->{subject}\n" if !$E{$w->{subject}};
	for my $c (split(/,/, $w->{columns}), map { s/^-//r }
	    split /,/, $w->{order_by}) {
		print "$w->{name}: no column $c\n" if !field(sees($w), $c);
	}
}
$list{$_->{worklist}} or print "no work list $_->{worklist}\n"
    for rows('condition');
EOT

faultless 'the situation has each item of the daily form three times' <<'EOT'
for my $i (grep { $_->{form} eq 'daily' } rows('form_item')) {
	my $f = $F{observation}{$i->{name}};
	next if $f->{type} eq 'text' || $i->{name} =~ /^(by|wants_call)\z/;
	for my $when (qw(last previous worst)) {
		my $s = $F{situation}{"${when}_$i->{name}"};
		print "no ${when}_$i->{name}\n" if !$s ||
		    "@$s{qw(type of unit)}" ne "@$f{qw(type of unit)}";
	}
}
EOT

faultless 'one general policy is in force on every day' <<'EOT'
use Time::Local qw(timegm);
sub day {
	my ($y, $m, $d) = split /-/, $_[0];
	return timegm(0, 0, 0, $d, $m - 1, $y) / 86400;
}
for my $subject (keys %{$L{policy_subject}}) {
	my $next;
	for (sort { $a->{valid_from} cmp $b->{valid_from} }
	    grep { $_->{subject} eq $subject && $_->{applies} eq '' }
	    rows('policy')) {
		print "$_->{name} does not follow\n" if $next &&
		    day($_->{valid_from}) != $next;
		$next = $_->{valid_until} eq '' ? 1e9 :
		    day($_->{valid_until}) + 1;
	}
	print "$subject: no policy is in force now\n" if $next != 1e9;
}
for (rows('policy')) {
	print "$_->{name}: ends before it begins\n"
	    if $_->{valid_until} ne '' && $_->{valid_until} lt $_->{valid_from};
	print "$_->{name}: no source\n" if $_->{source} eq '';
}
EOT

faultless 'forms ask for fields of their entity, in words' <<'EOT'
my %form = map { $_->{name} => $_ } rows('form');
my (%text, %place, %item);
$text{$_->{name}}{$_->{lang}} = 1 for rows('text');
$item{$_->{form}, $_->{name}} = 1 for rows('form_item');
for my $i (rows('form_item')) {
	my $n = "$i->{form}.$i->{name}";
	my $form = $form{$i->{form}} or print "$n: no form\n" and next;
	my $f = $F{$form->{entity}}{$i->{name}} or
	    print "$n: no field\n" and next;
	print "$n: no type for a form\n" if $f->{type} !~
	    /^(decimal|integer|yesno|choice|text|date)\z/;
	print "$n: place $i->{position} twice\n"
	    if $place{$i->{form}, $i->{position}}++;
	print "$n: unless $i->{unless}\n" if $i->{unless} ne '' &&
	    !$item{$i->{form}, $i->{unless}};
	print "$n: only yes or no can be ticked\n"
	    if $i->{tick_group} ne '' && $f->{type} ne 'yesno';
	my @need = ("form.$n.label");
	push @need, "form.$i->{form}.section.$i->{section}"
	    if $i->{section} ne '';
	push @need, map { "form.$i->{form}.group.$i->{tick_group}.$_" }
	    qw(label none) if $i->{tick_group} ne '';
	for my $need (@need) {
		$text{$need}{$_} or print "no $need in $_\n" for qw(ja en);
	}
}
EOT

faultless 'a text is in all languages or in Japanese and English' <<'EOT'
my (%text, %all);
$text{$_->{name}}{$_->{lang}} = $_->{text} for rows('text');
for my $name (keys %text) {
	my $langs = join ' ', sort keys %{$text{$name}};
	my $full = join ' ', sort keys %{$L{language}};
	(my $others = $full) =~ s/(en|ja) ?//g;
	my ($list, $code) = $name =~ /^choice\.([a-z_]+)\.([a-z0-9_]+)\z/;
	print "$name: $langs\n" if $list ? $langs ne $others :
	    $langs ne $full && ($name =~ /^(page|form\.daily)\./ ||
	    $langs ne 'en ja');
	print "$name: no such choice\n" if $list && !$L{$list}{$code};
	print "$name: what is it for?\n" if $name !~ /^(page|form|choice)\./;
	my %marks;
	$marks{join ' ', sort /\{[a-z]*\}/g} = 1 for values %{$text{$name}};
	print "$name: placeholders differ\n" if keys %marks > 1;
}
EOT

faultless 'every text of a form belongs to an item or a heading' <<'EOT'
my (%known, %form);
$form{$_->{name}} = 1 for rows('form');
for (rows('form_item')) {
	my $n = "form.$_->{form}";
	$known{"$n.$_->{name}.label"} = $known{"$n.$_->{name}.help"} = 1;
	$known{"$n.section.$_->{section}"} = 1;
	my $g = "$n.group.$_->{tick_group}";
	$known{"$g.label"} = $known{"$g.none"} = $known{"$g.help"} = 1;
}
for (rows('form')) {
	$known{"form.$_->{name}.title"} = $known{"form.$_->{name}.intro"} = 1;
}
my %seen;
$_->{name} =~ /^form\./ && !$known{$_->{name}} && !$seen{$_->{name}}++ and
    print "$_->{name}\n" for rows('text');
EOT

faultless 'mails keep names and diagnoses out, and have their link' <<'EOT'
my (%mail, %marks);
for (rows('template')) {
	my $n = "$_->{name} in $_->{lang}";
	$mail{$_->{name}}{$_->{lang}} = 1;
	my $words = $_->{subject} . $_->{body};
	print "$n: placeholder $1\n" while $words =~
	    /(\{(?!(?:link|office|phone|until|day)\})[^}]*\}?)/g;
	print "$n: the subject tells too much\n" if $_->{subject} =~
	    /コロナ|陽性|陰性|感染|検査|濃厚|covid|positiv|negativ|infect|test/i;
	print "$n: a subject of several lines\n" if $_->{subject} =~ /\n/;
	print "$n: no link\n" if $_->{body} !~ /^\{link\}$/m &&
	    $_->{name} =~ /^(daily|reminder|investigation)\z/;
	print "$n: no telephone number\n" if $_->{body} !~ /\{phone\}/;
	my $marks = join ' ', do { my %m; grep { !$m{$_}++ } sort
	    $words =~ /\{[a-z]*\}/g };
	$marks{$_->{name}}{$marks} = 1;
}
for my $name (keys %{$L{purpose}}) {
	$mail{$name}{$_} or print "no $name in $_\n" for keys %{$L{language}};
	print "$name: placeholders differ\n" if keys %{$marks{$name}} > 1;
}
EOT

faultless 'reports count fields that exist' <<'EOT'
for my $r (rows('report')) {
	$E{$r->{entity}} or print "$r->{name}: no $r->{entity}\n" and next;
	for my $column (qw(rows cols date_field)) {
		next if $r->{$column} eq '';
		my ($period, $name) =
		    $r->{$column} =~ /^(?:(day|week|month):)?(.*)\z/;
		$period ||= $column eq 'date_field';
		my $f = field($r->{entity}, $name);
		print "$r->{name}: $column $r->{$column}\n" if !$f ||
		    ($period && $f->{type} !~ /^(date|instant)\z/);
	}
}
EOT

# The lists that offices really published: what their columns are called and
# what stands in them must be understood.  Fields are told apart by mapping
# first, then by the entity, then by what else the mapping makes.
HC_REAL=$HC_ROOT/../shared/data/real
export HC_REAL
if [ -d "$HC_REAL" ]; then
	cat >lists.pl <<'EOT'
use Encode qw(decode);
our (%T, %F, %L);

my ($cases) = grep { $_->{name} eq 'cases' } rows('mapping');
my %means;
for my $e (reverse $cases->{entity}, split /\|/, $cases->{also}) {
	for my $f (values %{$F{$e}}) {
		$means{fold($_)} = "$e.$f->{name}"
		    for split /\|/, $f->{headings};
	}
}
$_->{mapping} eq 'cases' and $means{fold($_->{heading})} = $_->{field}
    for rows('heading');

sub means { return $means{fold($_[0])} }

# Line by line, since a match deep inside a long text is slow in UTF-8.
sub parse_csv {
	my ($text) = @_;
	my (@rows, $open);
	for my $line (split /\r?\n|\r/, $text) {
		$line = $open . "\n" . $line if defined $open;
		undef $open;
		if (($line =~ tr/"//) % 2) {
			$open = $line;
			next;
		}
		my @row;
		while ($line =~ /\G(?:"((?:[^"]|"")*)"|([^",]*))(,|\z)/g) {
			push @row, defined $1 ? $1 =~ s/""/"/gr : $2;
			last if $3 eq '';
		}
		push @rows, \@row;
	}
	return @rows;
}

# read_list(path): the header row, then the others.
sub read_list {
	open my $fh, '<:raw', "$ENV{HC_REAL}/$_[0]" or die "$_[0]: $!";
	my $bytes = do { local $/; <$fh> };
	my $text = eval { decode('UTF-8', $bytes, Encode::FB_CROAK |
	    Encode::LEAVE_SRC) } // decode('cp932', $bytes);
	$text =~ s/^\x{feff}//;
	my @rows = parse_csv($text);
	while (@rows && 3 > grep { means($_) } @{$rows[0]}) {
		shift @rows;
	}
	return @rows;
}

our @lists = ((map { "pref-csv/$_.csv" } qw(01_hokkaido_20210110
    01_hokkaido_20210116 02_aomori 10_gunma 14_kamakura 20_nagano 21_gifu
    24_mie 45_miyazaki 46_kagoshima)), 'hokkaido-202003/patients.csv',
    'hokkaido-202003/sapporo_patients.csv',
    'fukuoka-city-cp932/401307_city_fukuoka_covid19_patients.csv',
    'tokyo/130001_tokyo_covid19_patients_20200404.csv',
    'tokyo/130001_tokyo_covid19_patients_early_columns.csv');
1;
EOT
	faultless 'columns of real lists of cases are known' <<'EOT'
require './lists.pl';
our @lists;
# What has no field is kept in source_row: codes and names of the prefecture,
# days of the week, press papers, and two values in one column.
my $none = qr/^(全国地方公共団体コード|都道府県名?|市区町村名|曜日|w|date|
    short_date|発表資料|患者情報|最終更新日時|2021\/1\/16\ 19:00|)\z/x;
for my $path (@lists) {
	my ($head) = read_list($path);
	print "$path: no header found\n" and next if !$head;
	my (%twice, $n);
	for (@$head) {
		print "$path: '$_'\n" if !means($_) && $_ !~ $none;
		my $f = means($_) or next;
		$n++;
		print "$path: $f is '$_' and '$twice{$f}'\n" if $twice{$f};
		$twice{$f} = $_;
	}
	print "$path: only $n columns\n" if $n < 4;
}
EOT
	faultless 'values of real lists of cases are known' <<'EOT'
require './lists.pl';
our @lists;
my %code;
for my $c (rows('choice')) {
	$code{$c->{list}}{fold($_)} = $c->{code}
	    for $c->{code}, $c->{label_ja}, split /\|/, $c->{spellings};
}
my (%all, %bad);
for my $path (@lists) {
	my ($head, @rows) = read_list($path);
	for my $row (grep { @$_ == @$head } @rows) {
		for my $i (0 .. $#$head) {
			my $name = means($head->[$i]) or next;
			my $f = field(split /\./, $name, 2);
			next if $f->{type} !~ /^(choice|multi)\z/;
			my $v = $row->[$i] =~ s/\A\s+|\s+\z//gr;
			next if $v eq '' || $v =~ /^#/;
			my $list = $code{$f->{of}};
			my @v = $f->{type} eq 'choice' ||
			    $list->{fold($v)} ? $v : split /[;；、,，､\n]/, $v;
			for (grep { fold($_) ne '' } @v) {
				$all{$name}++;
				next if $list->{fold($_)} ||
				    $code{absence_reason}{fold($_)};
				$bad{$name}{$_}++;
			}
		}
	}
}
print "only " . keys(%all) . " fields\n" if keys %all < 4;
for my $name (sort keys %all) {
	my ($n, $odd) = ($all{$name}, $bad{$name} || {});
	my $sum = 0;
	$sum += $_ for values %$odd;
	next if $sum * 100 <= $n;	# one in a hundred
	my @worst = (sort { $odd->{$b} <=> $odd->{$a} || $a cmp $b }
	    keys %$odd)[0 .. 9];
	print "$name: $sum of $n unknown, as ",
	    join(' ', grep { defined } @worst), "\n";
}
EOT
else
	skip 'columns of real lists' 'no ../shared/data/real'
	skip 'values of real lists' 'no ../shared/data/real'
fi

done_testing
