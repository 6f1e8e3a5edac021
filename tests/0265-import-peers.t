#!/bin/sh
# Lists of other systems through mappings (tests/data): Go.Data's related
# tables with their numbers, the import tests of SORMAS.
. "${0%/*}/lib.sh"
need sqlite3
peers=$HC_ROOT/../shared/data/peers
[ -d "$peers" ] || skip_all 'no folder ../shared/data/peers'

query()
{
	sqlite3 -tabs -readonly hc.db "$1"
}

office()
{
	rm -f hc.db hc.db-journal hc.db.lock hc.db.key
	hc-init -q --office 112038 --name みどり市保健所
	hc-define -q apply "$HC_ROOT/tests/data/$1.tsv" >/dev/null
}

# takes STATUS 'ROWS NEW CHANGED UNCHANGED REFUSED' MAPPING FILE
takes()
{
	exits "$1" hc-import -q --no-key --today 2021-12-31 \
	    --errors errors.tsv "$3" "$4"
	is "${4##*/}: $2" "$(tail -n +2 actual | cut -f 4-8 |
	    tr '\t' ' ')" "$2"
}

# ---- Go.Data ----
office godata
data=$peers/godata
for again in no yes; do
	while read -r mapping file rows; do
		counts="$rows $rows 0 0 0"
		[ $again = no ] || counts="$rows 0 0 $rows 0"
		takes 0 "$counts" "$mapping" "$data/${file}_clean.csv"
	done <<-'EOT'
	godata_cases cases 56
	godata_contacts contacts 66
	godata_events events 7
	godata_labs lab_results 40
	godata_followups followups 437
	godata_relations relationships 100
	EOT
done
query "SELECT kind, count(*) FROM episode GROUP BY 1 ORDER BY 1" >actual
printf '%s\t%s\n' case 31 contact 66 other 8 suspected 24 >expected
same '31 confirmed cases of 56, 66 contacts, 7 events and no case'
query "SELECT 'call', count(*) FROM call UNION ALL SELECT 'test', count(*)
    FROM test UNION ALL SELECT 'contact', count(*) FROM contact" >actual
printf '%s\t%s\n' call 437 test 40 contact 100 >expected
same '437 follow-ups, 40 laboratory results, 100 relationships'
query "SELECT coalesce(result, ''), count(*) FROM test GROUP BY 1
    ORDER BY 1" >actual
printf '%s\t%s\n' '' 10 indeterminate 1 negative 2 positive 27 >expected
same 'the results'
query "SELECT note, count(*) FROM call GROUP BY 1 ORDER BY 1" >actual
printf '%s\t%s\n' MISSED 10 NOT_ATTEMPTED 5 NOT_PERFORMED 326 SEEN_NOT_OK 6 \
    SEEN_OK 90 >expected
same 'how the follow-ups ended'
query "SELECT count(*) FROM test t JOIN episode e ON e.id = t.episode
    WHERE e.kind = 'contact'" >actual
echo 0 >expected
same 'the results are of cases, though some of them are contacts too'

# ---- SORMAS ----
data=$peers/sormas/ui-test-resources
office sormas
takes 0 '5 5 0 0 0' sormas_cases "$data/sormas_import_test_success.csv"
is 'names, sexes, ages and days' "$(query "SELECT p.name, p.sex, e.age,
    e.reported_date FROM episode e JOIN person p ON p.id = e.person
    ORDER BY e.id LIMIT 1")" 'One Import Test	male	18	2018-11-20'
office sormas
takes 0 '3 3 0 0 0' sormas_cases \
    "$data/sormas_case_import_test_pathogen_tests.csv"
query "SELECT e.number, t.method, t.result, t.specimen FROM test t
    JOIN episode e ON e.id = t.episode ORDER BY t.id" >actual
printf '%s\t%s\t%s\t%s\n' ABC-DEF-GHI-19-1 antibody positive '' \
    ABC-DEF-GHI-19-2 antibody positive blood \
    ABC-DEF-GHI-19-3 antibody positive blood \
    ABC-DEF-GHI-19-3 antigen_qual '' stool \
    ABC-DEF-GHI-19-3 antigen_qual negative '' >expected
same 'tests that stand side by side in a row'
takes 1 '5 4 0 0 1' sormas_cases "$data/sormas_import_test_failure.csv"
is 'what is wrong is said' "$(sed -n 2p errors.tsv | cut -f 2-5)" \
    '6	G	outcome	WRONG_ENUM_VALUE'
exits 1 hc-import -n -v --no-key --today 2021-12-31 sormas_cases \
    "$data/sormas_import_test_failure.csv"
says "no field takes 'wrongColumn'"
takes 0 '1 1 0 0 0' sormas_entries \
    "$data/sormas_travelentry_import_test_tab.csv"
is 'the day stands first' "$(query "SELECT birth_date FROM person
    WHERE name = 'Lastname Firstname'")" 1980-04-01
takes 0 '1000 1000 0 0 0' sormas_facilities \
    "$data/sormas_region_import_test_large_file_utf8_with_bom.csv"
takes 0 '1000 0 0 1000 0' sormas_facilities \
    "$data/sormas_region_import_test_large_file_utf8.csv"
is 'the last of them has accents' "$(query "SELECT name FROM facility
    ORDER BY id DESC LIMIT 1")" 'Sömé rêâlly ßtràngë cøüntry'
# Its first 1,000 lines are ASCII.
office sormas
takes 0 '1000 1000 0 0 0' sormas_facilities \
    "$data/sormas_region_import_test_large_file_iso8859_1.csv"
is 'and from ISO-8859-1, too' "$(query "SELECT name FROM facility
    ORDER BY id DESC LIMIT 1")" 'Sömé rêâlly ßtràngë cøüntry'
exits 0 hc-import --source small sormas_facilities \
    "$data/sormas_region_import_test_windows_1252.csv"
says 'it is neither UTF-8 nor Japanese, and is read as ISO-8859-1'
is 'small ones, too' "$(query "SELECT name FROM facility
    WHERE name LIKE 'Region %' ORDER BY id" | tr '\n' '|')" \
    'Region with ä|Region with ß|'
# Lines of remarks are no rows.
office sormas
takes 0 '5 5 0 0 0' sormas_cases \
    "$data/sormas_import_test_comment_success.csv"
takes 0 '5 5 0 0 0' sormas_contacts \
    "$data/sormas_case_contact_import_test_comment_success.csv"

# ---- Epi Info: the same table in both kinds of workbooks ----
office epiinfo
data=$peers/epiinfo
takes 0 '309 309 0 0 0' epiinfo_salmonellosis "$data/Salmonellosis.xls"
takes 0 '309 0 0 309 0' epiinfo_salmonellosis "$data/Salmonellosis.xlsx"
query "SELECT kind, count(*) FROM episode GROUP BY 1 ORDER BY 1" >actual
printf '%s\t%s\n' case 83 other 209 suspected 17 >expected
same '83 confirmed, 11 probable, 6 suspected'
query "SELECT p.sex, count(*) FROM person p GROUP BY 1 ORDER BY 1" >actual
printf '%s\t%s\n' female 136 male 173 >expected
same 'the sexes as openpyxl counts them'
takes 0 '16 16 0 0 0' epiinfo_children "$data/Under14_demo.xlsx"
is 'month, day, year and a midnight' "$(query "SELECT p.birth_date,
    e.onset_date FROM episode e JOIN person p ON p.id = e.person
    WHERE p.name = 'Walker'")" '1999-01-26	2011-05-01'
done_testing
