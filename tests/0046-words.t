#!/bin/sh
# The Japanese messages: whole, written as the rules of the house say, and
# what a reader of Japanese gets.
. "${0%/*}/lib.sh"
need msgfmt perl

po=$HC_ROOT/lib/po/ja.po

# Faults of the manner of a ja.po, a line each: a subject that English has
# in quotes and Japanese has not, a full stop at the end, full-width letters,
# digits and signs.
manner()
{
	perl -CSD -Mutf8 -00 -ne '
	($en) = /^msgid ((?:".*"\n?)+)/m or next;
	($ja) = /^msgstr(?:\[0\])? ((?:".*"\n?)+)/m or next;
	for ($en, $ja) {
		s/"\n"//g;
		s/^"|"\n*$//g;
	}
	next if $en eq "";
	$quoted = () = $en =~ /\x27%[^\x27]*\x27/g;
	$kept = () = $ja =~ /「%[^」]*」/g;
	print "no quotes: $ja\n" if $kept < $quoted;
	print "full stop: $ja\n" if $ja =~ /[。．]$/;
	print "full-width: $ja\n" if $ja =~ /[！-～]/;
	' "$1"
}

ok 'the file is sound, formats and all' msgfmt --check -o messages.mo "$po"

msgattrib --untranslated --no-obsolete "$po" >left
msgattrib --only-fuzzy --no-obsolete "$po" >>left
: >expected
same 'each message has its Japanese' expected left

manner "$po" >actual
: >expected
same 'each is written in the manner of the house'

# That those checks find something.
printf '%s\n' 'msgid "no '\''%s'\'' here"' 'msgstr "%s がない"' '' \
    'msgid "gone"' 'msgstr "消えました。"' '' \
    'msgid "8 bytes"' 'msgstr "８バイト"' >wrong.po
manner wrong.po >actual
printf '%s\n' 'no quotes: %s がない' 'full stop: 消えました。' \
    'full-width: ８バイト' >expected
same 'faults of that kind are found'

printf '%s\n' '#, c-format' 'msgid "%s of %d"' 'msgstr "%d の %s"' >wrong.po
fails 'so is a change of order without numbers' \
    msgfmt --check-format -o wrong.mo wrong.po

# What a reader of Japanese gets: messages, and labels of the catalogue.
HC_LANG=ja hc nonsense >out 2>err
is 'a message is in Japanese' "$(sed -n 1p err)" \
    'hc: 「nonsense」はありません'
hc-init -q --office 112038
HC_LANG=ja hc-define -f tsv list >actual
is 'a label of the catalogue is in Japanese' \
    "$(awk -F'\t' '$1 == "worklist" { print $2 }' actual)" 作業一覧
HC_LANG=en hc-define -f tsv list >actual
is 'and in English for others' \
    "$(awk -F'\t' '$1 == "worklist" { print $2 }' actual)" 'work list'

done_testing
