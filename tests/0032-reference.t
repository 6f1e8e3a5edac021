#!/bin/sh
# The manuals of section 5 are complete, and name nothing that there is not:
# the columns of the situation, the words of expressions, the files of the
# catalogue and their columns.
. "${0%/*}/lib.sh"
need perl
man=$HC_ROOT/man
catalogue=$HC_ROOT/lib/catalogue

# Columns of the situation, each with the note of its field.
awk -F'\t' '$1 == "situation" { print $2; print $(NF - 1) }' \
    "$catalogue/field.tsv" >expected
awk '/^\.Sh EXAMPLES/ { exit } inside && /^\.It Cm / { print $3; next }
    /^\.Ss Columns/ { inside = 1 } inside && !/^\./ { print }' \
    "$man/hc-situation.5" >actual
ok 'the situation has columns' [ -s expected ]
same 'hc-situation(5): every column, and what its field says'
hc-init -q --office 112038 --name 見本市保健所 || exit 1
hc-followup situation | tr '\t' '\n' >actual
awk -F'\t' '$1 == "situation" { print $2 }' "$catalogue/field.tsv" >expected
same 'hc-followup situation prints these columns'

# Words of expressions; the functions with their arguments.
sed -n 's/^\t{ "\([a-z]*\)", HC_EXPR_OP_.*/\1/p' \
    "$HC_ROOT/lib/base/expr_function.c" | sort >expected
sed -n '/^\.Ss Functions/,/^\.Ss What/p' "$man/hc-expr.5" | perl -ne '
	next unless /^\.It Fn/;
	print "$_\n" for map { (split)[0] } split / , Fn /, substr $_, 7' |
    sort >actual
ok 'there are functions' [ -s expected ]
same 'hc-expr(5): every function'
perl -0ne 'print map { "$_\n" } $1 =~ /"([a-z]+)"/g
    if /is_reserved\(.*?words\[\] = \{(.*?)\}/s' \
    "$HC_ROOT/lib/base/expr_parse.c" | sort -u >expected
sed -n '/^\.Ss Conditions/,/^\.Ss Reckoning/p' "$man/hc-expr.5" | perl -ne '
	next unless /^\.It/;
	my $operator = 0;
	for (split) {
		$operator = 1, next if $_ eq "Cm";
		$operator = 0, next if /^(Ar|Pq|Li|No)$/;
		print "$_\n" if $operator && /^[a-z]+$/;
	}' | sort -u >actual
ok 'there are operators' [ -s expected ]
same 'hc-expr(5): every operator'

# Files of the catalogue and their columns.
(cd "$catalogue" && printf '%s\n' *.tsv) | sort >expected
perl -ne 'print map { "$_\n" } /(\w+\.tsv)/g if /^\.Ss/' \
    "$man/hc-catalogue.5" | sort >actual
same 'hc-catalogue(5): every file has its section'
for file in entity field; do
	head -n 1 "$catalogue/$file.tsv" | tr '\t' '\n' | sort >expected
	sed -n "/^\.Ss $file.tsv/,/^\.El/p" "$man/hc-catalogue.5" | perl -ne '
		next unless /^\.It Cm (.*)/;
		print "$_\n" for split / , /, $1' | sort >actual
	same "hc-catalogue(5): $file.tsv, every column and no other"
done
for path in "$catalogue"/*.tsv; do
	file=${path##*/}
	awk -v file="$file" '/^\.S[sh] / { inside = 0 }
	    /^\.Ss / && index(" " $0, " " file) { inside = 1 }
	    inside' "$man/hc-catalogue.5" |
	    grep '^\.\(It\|Cm\|Pq\)' | tr -s ' ,' '\n' | sort -u >words
	printf '%s\n' name label_ja label_en note position >>words
	head -n 1 "$path" | tr '\t' '\n' | grep -vxF -f words >missing
	: >expected
	same "hc-catalogue(5): the columns of $file" expected missing
done
done_testing
