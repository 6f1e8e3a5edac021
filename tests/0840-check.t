#!/bin/sh
# hc-check on a sound database, its backups while others write, the ballast.
. "${0%/*}/lib.sh"

hc-init -q --office 112038
add facility name=試験 capacity=0 >/dev/null
exits 0 hc-check
quiet
exits 0 hc-check --backup b.db
says "'b.db' is a sound copy"
hc-check -d b.db --content-hash >expected
hc-check --content-hash >actual
same 'the copy says the same'
sha256sum b.db >expected
exits 78 hc-check --backup b.db
says 'exists already'
sha256sum b.db >actual
same 'a file that is there is not written over'
exits 66 hc-check -d none.db
exits 74 hc-check --backup none/b.db

hc-record count 4 facility 1 capacity >counted 2>count.err &
for i in 1 2 3 4 5; do
	ok "backup $i while others write" hc-check -q --backup "w$i.db"
done
wait
is 'who wrote meanwhile was not disturbed' "$(cat count.err)" ''
exits 0 hc-check

exits 0 hc-check --ballast 64K
is 'the ballast is there' "$(wc -c <hc.db.ballast)" 65536
exits 78 hc-check --ballast 64K
exits 64 hc-check --ballast many
exits 0 hc-check --release-ballast
ok 'and gone' test ! -e hc.db.ballast
exits 1 hc-check --release-ballast
# The search index: what is gone is not in it, and what is wrong is found.
# grams WORD...: how many rows of the index hold each.
grams()
{
	for word; do
		printf "SELECT count(DISTINCT doc) FROM temp.v WHERE term = '%s';\n" \
		    "$word"
	done | sqlite3 -cmd "CREATE VIRTUAL TABLE temp.v USING \
fts5vocab('main', 'search_gram', 'instance')" hc.db | xargs
}

hc-edit -q person name=乙川 phone=048-000-7777 >made
id=$(sed -n '2s/\t.*//p' made)
hc-edit -q person name=乙川丙 >/dev/null
is 'both are in the index' "$(grams 乙川 川丙 777)" '2 1 1'
hc-edit -q person "$id" name=丁川 >/dev/null
is 'a name that was changed is not' "$(grams 乙川 丁川)" '1 1'
hc-edit -q --delete person "$id" >/dev/null
is 'nor one that was deleted, with its number' "$(grams 乙川 丁川 777)" '1 0 0'
exits 0 hc-check
exits 0 hc-search 乙川
sqlite3 hc.db "DELETE FROM search_key WHERE keys LIKE '%乙川丙%'"
exits 65 hc-check
says "1 records are not found as they should be: 'hc-check --rebuild-index'"
exits 1 hc-search 乙川
exits 0 hc-check --rebuild-index
says 'the search index is made anew'
exits 0 hc-check
exits 0 hc-search 乙川
sqlite3 hc.db "INSERT INTO search_key SELECT id + 1000, office, entity,
    record + 1000, person, keys FROM search_key LIMIT 1"
exits 65 hc-check
exits 0 hc-check -q --rebuild-index
exits 0 hc-check

# The keys of names, by which lists find people.
keys()
{
	sqlite3 hc.db 'SELECT count(*) FROM name_key'
}
is 'a name has a key' "$(keys)" 2
hc-edit -q person name=戊田 kana=ぼた other_name='Bota Bo' >made
id=$(sed -n '2s/\t.*//p' made)
is 'so have a reading, another name and how it sounds' "$(keys)" 6
hc-edit -q person "$id" other_name= >/dev/null
is 'what is taken away leaves none' "$(keys)" 4
hc-edit -q --delete person "$id" >/dev/null
is 'nor does who is deleted' "$(keys)" 2
exits 0 hc-check
sqlite3 hc.db 'UPDATE name_key SET day = 1'
exits 65 hc-check
sqlite3 hc.db 'DELETE FROM name_key'
exits 65 hc-check
exits 0 hc-check -q --rebuild-index
is 'all are made anew' "$(keys)" 2
sqlite3 hc.db 'INSERT INTO name_key VALUES (112038, 7, 7, NULL)'
exits 65 hc-check
exits 0 hc-check -q --rebuild-index
exits 0 hc-check

# Households are offered, not made.
rm -f hc.db*
hc-init -q --office 112038
live()
{
	add person "name=$1" "phone=$2" "address=$3" >/dev/null
}
live '甲山 父' 048-000-1111 '本町1-2-3'
live '甲山 母' 048-000-1111 '本町１－２－３'
live '甲山 子' 048-000-1111 '別町9-9'
live '乙山 一' 048-000-2222 '本町1-2-3'
hc-edit -q person 1 phone=090-0000-1111 >/dev/null
hc-edit -q person 2 phone=090-0000-1111 >/dev/null
exits 0 hc-check households
is 'one address and number is one household, once' \
    "$(tail -n +2 actual | cut -f 1,3)" '112038000000001	112038000000001
112038000000002	112038000000001'
hc-check households | hc-edit -q --tsv person >/dev/null 2>&1
is 'hc-edit takes the rows' "$(hc-report sql -f tsv 'SELECT id, name, household
    FROM person WHERE household IS NOT NULL' | tail -n +2 | cut -f 2)" \
    '甲山 父
甲山 母'
is 'then there is nothing to offer' "$(hc-check households | wc -l)" 1
live '甲山 祖母' 048-000-1111 '本町1-2-3'
is 'one more joins the household that is there' \
    "$(hc-check households | tail -n +2 | cut -f 3 | sort -u)" \
    112038000000001
hc-edit -q person 5 household=別 >/dev/null
is 'who has another one is left alone' "$(hc-check households | wc -l)" 1
exits 64 hc-check households --rebuild-index
# Sealed backups: nobody reads them without the secret, and they go back.
hc-check --new-key secret >key 2>err
says "keep 'secret' far from the backups"
exits 78 hc-check --new-key secret
exits 64 hc-check --seal "$(cat key)"
exits 64 hc-check --backup s.db --seal 12
hc-edit -q person name='封印 花子' >made
exits 0 hc-check --backup sealed --seal "$(cat key)"
says "'sealed' is a sound copy"
fails 'no name stands in it' grep -q '封印' sealed
fails 'nor is it a database' grep -q 'SQLite format' sealed
ok 'and no copy is left' sh -c '! ls hc.db.copy.* 2>/dev/null'
exits 78 hc-check --backup sealed --seal "$(cat key)"
exits 64 hc-check --unseal sealed --key secret
hc-check --new-key other >made 2>err
exits 65 hc-check --unseal sealed --key other -o open.db
says 'sealed for another key'
ok 'what could not be opened leaves nothing' test ! -e open.db
# A bit, the end, or more: nothing is taken that is not as it was sealed.
size=$(wc -c <sealed)
head -c $((size - 1)) sealed >cut
exits 65 hc-check --unseal cut --key secret -o open.db
head -c 12 sealed >cut
exits 65 hc-check --unseal cut --key secret -o open.db
{ cat sealed; tail -c 100 sealed; } >cut
exits 65 hc-check --unseal cut --key secret -o open.db
for at in 3 14 40 100000 $((size - 40)); do
	perl -e 'open my $h, "+<", $ARGV[0] or die; seek $h, $ARGV[1], 0;
	    read $h, my $b, 1; seek $h, $ARGV[1], 0;
	    print $h chr(ord($b) ^ 4)' "$(cp sealed cut && echo cut)" $at
	exits 65 hc-check --unseal cut --key secret -o open.db
done
exits 66 hc-check --unseal none --key secret -o open.db

# As hc(7) says how to go back.
hc-check --content-hash >expected
hc-edit -q person name='後の 人' >made
exits 0 hc-check --unseal sealed --key secret -o open.db
mkdir broken && mv hc.db hc.db-* broken/ && cp -p open.db hc.db
exits 0 hc-check
hc-check --content-hash >actual
same 'it is as it was at the backup'
ok 'and people go on working' hc-edit -q person name='次の 人'
exits 0 hc-search 封印

# What is doubtful is no fault, and is listed with what mends it.
hc-edit -q person name='疑わしい' birth_date=1899-01-01 >made 2>err
id=$(sed -n '2s/\t.*//p' made)
hc-edit -q episode person="$id" kind=case onset_date=2020-12-10 \
    reported_date=2020-12-01 status=closed >made 2>err
exits 0 hc-check
says "what is doubtful is no fault; 'hc-check doubtful' lists it"
ok 'and counted' grep -qx 'doubtful	2' actual
hc-check doubtful --today 2021-01-01 >doubts
cut -f 2,3,5 doubts >actual
printf '%s\t%s\t%s\n' entity rule mend \
    episode onset_after_report 'hc-edit episode 1 onset_date=' \
    person birth_too_early "hc-edit person $((id % 1000000000)) birth_date=" \
    >expected
same 'each with the command that mends it'
sed -n '2,$s/.*\t//p' doubts | while read -r command; do
	$command >out 2>err || echo "$command failed"
done >actual
: >expected
same 'and these do'
is 'nothing is left' "$(hc-check doubtful --today 2021-01-01 | wc -l)" 1
hc-define add filter x_mine entity=person "expr=name = '疑わしい'" \
    label_ja=例 label_en=example "mend=hc-edit --delete person {id}" >made
is 'a rule of our own' "$(hc-check doubtful | sed 1d | cut -f 3,4)" \
    'x_mine	example'
exits 64 hc-check doubtful --content-hash
done_testing
