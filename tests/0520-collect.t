#!/bin/sh
# Answers of the form come in: once, checked again, forged ones kept apart.
. "${0%/*}/lib.sh"
need curl perl sqlite3
. "$HC_ROOT/tests/collect.sh"

id()
{
	printf '%032x' "$1"
}

# ---- through the real form ----

invite 1
invite 2 slot=2
{ form_def; form_link 1; form_link 2; } | hc-form open >/dev/null
serve hc-form serve --listen 127.0.0.1:@PORT@ || exit 1
# shellcheck disable=SC2086
form_post 1 submission="$(form_number)" temperature=38.2 $form_well \
    note='せきがつらい'
is 'the form thanks' "$code" 200
hc-form take >taken
exits 0 hc-followup collect -q <taken
quiet
cut -f 2 actual | tail -n 1 >state
echo stored >expected
same 'the answer is stored' expected state
cp actual first
is 'with its values' "$(observations "SELECT temperature, note, via, day,
    slot, feeling FROM observation")" \
    '382|せきがつらい|web|2021-01-16|1|fair'
is 'its invitation is answered' "$(observations \
    "SELECT state FROM invitation WHERE slot = 1")" answered
exits 0 hc-followup collect -q <taken
tail -n 1 actual | cut -f 2 >state
echo stored-before >expected
same 'the same once more is not another' expected state
is 'there is one report' "$(reports)" 1
ok 'drop takes what collect prints' hc-form drop -q <first
hc-form take >taken
is 'nothing is left on the form machine' "$(wc -l <taken)" 1
exits 0 hc-followup collect -q <taken
is 'nothing to collect is fine' "$(cat actual)" 'answer	state'
# shellcheck disable=SC2086
form_post 1 submission="$(form_number)" temperature=36.2 $form_well
hc-form take | hc-followup collect -q | hc-form drop -q
is 'a second answer amends the first, both are kept' \
    "$(observations 'SELECT count(*), count(amends) FROM observation')" '2|1'
hc-followup situation 1 --today 2021-01-16T10:00 -f tsv | awk -F'\t' '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR == 2 { print $at["worst_temperature"], $at["last_temperature"] }' \
    >actual
echo '38.2 36.2' >expected
same 'the worse decides'
end "$server"

# ---- forged ----

well='{"temperature":"36.5","feeling":"fair"}'
{
	answer "$(id 1)" 2 "$well"
	answer "$(id 2)" 9 "$well"
	answer "$(id 3)" 2 '{"temperature":"99.0"}'
	answer "$(id 4)" 2 '{"episode":"112038000000002"}'
	answer "$(id 5)" 2 '{"temperature":36.5}'
	answer "$(id 6)" 2 '{"feeling":"splendid"}'
	answer "$(id 7)" 2 '{}'
	answer "$(id 8)" 2 "$well" 2998-01-01T00:00:00Z
	answer "$(id 9)" 2 "$well" yesterday
	printf '%s\t%s\tno JSON\n' "$(id 10)" "$(form_hash 2)"
	answer "$(id 11)" 2 "$well" | sed "s/^$(id 11)/$(id 12)/"
	answer "$(id 13)" 2 "$well" | sed 's/"form":"daily"/"form":"other"/'
} >lines
before=$(reports)
seal-answer "$form_public" <lines >forged
exits 0 hc-followup collect <forged
sed 1d actual | cut -f 2 >states
printf '%s\n' stored unknown bad bad bad bad bad bad bad bad bad bad >expected
same 'only the good one counts' expected states
is 'one more report' "$(reports)" $((before + 1))
says "answer '$(id 3)':"
says "kept apart in 'hc.db.refused': 0 late, 1 of unknown links, 10 bad"
is 'refused ones are kept' "$(wc -l <hc.db.refused)" 11

# Another key, a damaged box, no box.
other=$(form-office key | cut -f 1)
answer "$(id 20)" 2 "$well" | seal-answer "$other" >forged
answer "$(id 21)" 2 "$well" | seal-answer "$form_public" |
    sed '2s/.....$/AAAA=/' | tail -n 1 >>forged
printf '%s\t%s\t\tx\n' "$(id 22)" "$(form_hash 2)" >>forged
printf '%s\t\t\t\n' "$(id 23)" >>forged
exits 0 hc-followup collect -q <forged
sed 1d actual | cut -f 2 | sort -u >states
echo bad >expected
same 'what is not sealed for us is bad' expected states

# Late; too many on one link.
invite 3 slot=3 expires_at=2021-01-16T01:00:00Z
answer "$(id 30)" 3 "$well" 2021-01-16T01:00:01Z |
    seal-answer "$form_public" | hc-followup collect -q 2>err | cut -f 2 |
    tail -n 1 >actual
echo late >expected
same 'after its end a link takes nothing'
i=100
while [ $i -lt 140 ]; do
	answer "$(id $i)" 2 "$well"
	i=$((i + 1))
done | seal-answer "$form_public" >many
hc-followup collect -q <many 2>err | sed 1d | cut -f 2 | sort | uniq -c |
    awk '{ print $2, $1 }' >actual
printf 'bad 11\nstored 29\n' >expected
same 'one link cannot flood a record'

# A family: a report for each member.
add episode person=1 kind=contact >/dev/null
invite 4 slot=4 'members=112038000000001;112038000000002'
answer "$(id 50)" 4 X | sed 's/"values":X/"rows":{"A":{"temperature":"36.1"},"B":{"temperature":"37.9"}}/' |
    seal-answer "$form_public" >family
exits 0 hc-followup collect -q <family
is 'a report each' "$(observations "SELECT episode % 1000, temperature
    FROM observation WHERE slot = 4 ORDER BY episode" | tr '\n' ' ')" \
    '1|361 2|379 '
exits 0 hc-followup collect -q <family
tail -n 1 actual | cut -f 2 >state
echo stored-before >expected
same 'and once' expected state

# Damaged input, dry run.
printf 'answer\tlink\n' | exits 65 hc-followup collect
says 'columns answer, link and sealed'
answer "$(id 60)" 4 X | sed 's/"values":X/"rows":{"A":{"temperature":"36.1"}}/' |
    seal-answer "$form_public" >one
before=$(reports)
exits 0 hc-followup collect -n <one
is 'a dry run prints nothing to drop' "$(cat actual)" ''
is 'and stores nothing' "$(reports)" "$before"
mv hc.db.key away
exits 66 hc-followup collect <one
done_testing
