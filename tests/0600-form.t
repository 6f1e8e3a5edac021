#!/bin/sh
# hc-form: the form is shown, answers are sealed and kept, nothing leaks.
. "${0%/*}/lib.sh"
need curl perl
. "$HC_ROOT/tests/form.sh"

# ---- open ----

{ form_def; form_link 1; form_link 2; form_link 3 ',"state":"closed"'
  form_link 4 | sed 's/2999/2022/'; form_link 5 | sed 's/2021-01-15/2998-01-01/'
  form_link 6 ',"rows":[{"row":"A","label":"A（30代・女性）"},{"row":"B","label":{"ja":"B（10歳未満・男性）","en":"B (under 10, male)"}}]'
} >open.jsonl
{ printf 'link\tstate\n'
  for i in 1 2 5 6; do printf '%s\topen\n' "$(form_hash $i)"; done; } >expected
cp expected first
exits 0 hc-form open <open.jsonl
same 'open prints the links that may be mailed, not closed or expired ones'
cksum <form.db >sum
exits 0 hc-form open <open.jsonl
same 'the same bundle once more says the same' first actual
cksum <form.db >sum2
same 'and changes nothing' sum sum2

{ form_def; form_link 7; echo '{"link":"xyz"}'; } >bad.jsonl
exits 65 hc-form open <bad.jsonl
says 'line 3: neither a bundle nor a link'
form_link 7 | exits 65 hc-form open
says 'line 1: a link before its bundle'
form_def | sed 's/"temperature >= 40.0"/"temprature >= 40"/' |
    exits 65 hc-form open
says 'temprature'
form_def | sed 's/"submit":"Send",//' | exits 65 hc-form open
says "'submit' is missing or wrong in 'en'"
form_def | sed "s|$form_public|AAAA|" | exits 65 hc-form open
says 'public_key'

# ---- the form ----

serve hc-form serve -v --listen 127.0.0.1:@PORT@ || exit 1
url=$(form_url 1)
cksum <form.db >sum
for i in 1 2 3 4 5 6 7 8 9 10; do curl -s "$url" >page; curl -sI "$url" >headers; done
cksum <form.db >sum2
same 'looking at the form changes nothing' sum sum2
ok 'the form asks in Japanese' grep -q '<html lang="ja">' page
ok 'HEAD answers too' grep -q '^HTTP/1.1 200' headers
curl -s "$url?lang=en" >page
ok 'and in English' grep -q '<legend>How do you feel, all in all?</legend>' page
for lang in ja en zh ko vi tl ne pt; do
	curl -s "$url?lang=$lang" >page
	form_sound "the form in '$lang' is sound HTML"
done
curl -s "$url?lang=en" >page
is 'nothing is preset' "$(grep -c 'checked\|selected' page)" 0
is 'and there is no script' "$(grep -c '<script' page)" 0
is 'the token is not in the page' "$(grep -c "$(form_token 1)" page)" 0
curl -s "$(form_url 6)" >page
ok 'a family has a row each' grep -q 'name="B.temperature"' page
form_sound 'so is that of a family'
ok 'told apart by letter, age and sex' grep -q '>B（10歳未満・男性）<' page

# ---- answers ----

post()
{
	post_i=$1
	shift
	form_post "$post_i" "submission=${number:-$(form_number)}" "$@"
}
number=
post 1
is 'an empty answer is refused' "$code" 422
form_sound 'one with a fault is sound too'
ok 'with the fault beside the item' grep -q 'id="temperature-fault"' page
# shellcheck disable=SC2086
post 1 temperature=99 note='<i>"&' $form_well
is 'an impossible temperature is refused' "$code" 422
form_sound 'one with what was typed'
ok 'the range is named' grep -q '34.0から42.5℃の間' page
ok 'what was typed stands there again' grep -q 'value="99"' page
ok 'escaped' grep -q '&lt;i&gt;&quot;&amp;' page
ok 'ticks too' grep -q 'name="symptoms" value="1" checked' page
ok 'the field is marked' grep -q 'aria-invalid="true"' page
# shellcheck disable=SC2086
post 1 temperature=36.5 cough=1 $form_well
is '"none" and a symptom are refused' "$code" 422
hc-form take >actual
printf 'answer\tlink\tat\tsealed\n' >expected
same 'nothing was kept so far'

take() { hc-form take | form-office open "$form_secret"; }
values() { take | sed -n "$1s/.*\"values\":\({[^}]*}\).*/\1/p"; }
number=$(form_number)
# shellcheck disable=SC2086
post 1 temperature=３７５ $form_well
is 'a good answer is thanked for' "$code" 200
ok 'in Japanese' grep -q '受け取りました' page
form_sound 'the thanks'
# shellcheck disable=SC2086
post 1 temperature=３７５ $form_well
is 'a double click too' "$code" 200
is 'and is one answer' "$(take | wc -l)" 1
ok 'full-width 375 is 37.5' sh -c "echo '$(values 1)' |
    grep -q '\"temperature\":\"37.5\",\"feeling\":\"fair\",\"cough\":\"0\"'"
# shellcheck disable=SC2086
post 1 temperature=38,5 $form_well
is 'going back and correcting is another answer' "$(take | wc -l)" 2
ok 'a comma is a point' sh -c "echo '$(values 2)' | grep -q '\"38.5\"'"
is 'no red flag so far' "$(grep -c urgent page)" 0
post 2 no_thermometer=1 feeling=bad blue_lips=1 \
    symptoms=1 lang=en
is 'a red flag is thanked for as well' "$code" 200
form_sound 'the red flag'
ok 'and says whom to ring' grep -q '<a class="call" href="tel:0480000000">' page
ok 'in English' grep -q 'Please call us now' page
number=
for t in '37 ℃' 37度2分 37．2 '36.25'; do
	# shellcheck disable=SC2086
	post 2 "temperature=$t" $form_well
done
for line in 4 5 6 7; do values $line | cut -d'"' -f4; done >actual
printf '37.0\n37.2\n37.2\n36.3\n' >expected
same 'temperatures are understood as people write them'
for t in 37.a -37 3,7,5 '37 38' 1e2 ''; do
	# shellcheck disable=SC2086
	post 2 "temperature=$t" $form_well
	is "but '$t' is not" "$code" 422
done
post 6 A.temperature=36.5 A.feeling=good A.symptoms=1 A.emergency=1
is 'a family answers for all' "$code" 422
post 6 A.temperature=36.5 A.feeling=good A.symptoms=1 A.emergency=1 \
    B.no_thermometer=1 B.feeling=fair B.cough=1 B.emergency=1
is 'in one answer' "$code" 200
ok 'with a row each' sh -c "hc-form take | form-office open '$form_secret' |
    grep -q '\"rows\":{\"A\":{\"temperature\":\"36.5\".*\"B\":{\"no_therm'"

# ---- what is no answer ----

status() { curl -s -o page -D headers -w '%{http_code}' "$@"; }
has_headers()
{
	for h in "content-security-policy: default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" \
	    'referrer-policy: no-referrer' 'cache-control: no-store' \
	    'x-content-type-options: nosniff' \
	    'cross-origin-opener-policy: same-origin'; do
		tr 'A-Z\r' 'a-z ' <headers | grep -q "^$h" || return 1
	done
	! grep -qi '^set-cookie' headers
}
check() # NAME STATUS CURL-ARGUMENTS...
{
	name=$1 wanted=$2
	shift 2
	is "$name: $wanted" "$(status "$@")" "$wanted"
	ok "$name: all headers" has_headers
}
base=http://127.0.0.1:$port
good="temperature=36.5&feeling=fair&symptoms=1&emergency=1"
check form 200 "$url"
check style 200 "$base/style.css"
check fault 422 -d submission="$(form_number)" "$url"
check 'no number' 400 -d "$good" "$url"
check 'broken escape' 400 -d "a=%zz" "$url"
check 'foreign page' 403 -H 'Origin: http://example.jp' \
    -d "$good&submission=$(form_number)" "$url"
check 'cross-site' 403 -H 'Sec-Fetch-Site: cross-site' \
    -d "$good&submission=$(form_number)" "$url"
check 'own page' 200 -H 'Origin: null' -H 'Sec-Fetch-Site: same-origin' \
    -d "$good&submission=$(form_number)" "$url"
check method 405 -X DELETE "$url"
check 'long body' 413 -d "note=$(perl -e 'print "x" x 9000')" "$url"
check 'longer body' 413 -d "note=$(perl -e 'print "x" x 90000')" "$url"
check 'other type' 415 -H 'Content-Type: text/plain' -d "$good" "$url"
check unknown 404 "$base/a/aaaaaaaaaaaaaaaaaaaaaaaaaa"
cp page unknown
cp page unknown2
cp page unknown3
check closed 404 "$(form_url 3)"
same 'a closed link looks like one that never was' unknown page
check expired 404 "$(form_url 4)"
same 'an expired one too' unknown2 page
check 'not open yet' 404 "$(form_url 5)"
same 'one that is not open yet too' unknown3 page
check 'other path' 404 "$base/"
form_sound 'an unknown link'
ok 'an unknown link says when the next comes' grep -q '毎朝新しいリンク' page
i=0
while [ $i -lt 20 ]; do status "$base/a/x" >/dev/null; i=$((i + 1)); done
check 'too many unknown' 429 "$base/a/x"
check 'a known link still' 200 "$url"

# ---- collecting ----

hc-form take >taken
hc-form take >again
cp taken before
same 'take may be done again' taken again
head -n 3 before | exits 0 hc-form drop
is 'drop removes what it is given' "$(hc-form take | tail -n +2 | wc -l)" \
    "$(($(wc -l <before) - 3))"
head -n 3 before | exits 0 hc-form drop
says '0 answers removed'
printf 'a\tb\n1\t2\n' | exits 65 hc-form drop
says "no column 'answer'"
printf 'answer\tlink\nzz\tx\n' | exits 65 hc-form drop
says "'zz' is no answer"
: | exits 0 hc-form drop

# A bundle that no link needs stays while it is the newest: its texts say
# whom to ring.
# ---- a link taken back, while the server runs ----

form_post 2 "submission=$(form_number)"
is 'the link is open' "$code" 422
{ form_def; form_link 2 ',"state":"closed"'; } | hc-form open >/dev/null
gone() { [ "$(status "$(form_url 2)")" != 200 ]; }
ok 'a link taken back is closed within seconds' wait_for 3 gone

# ---- full disk ----

if [ -z "$HC_TOOL" ] && command -v strace >/dev/null; then
	strace -f -qq -o trace -e trace=pwrite64 \
	    -e inject=pwrite64:error=ENOSPC -p "$server" &
	tracer=$!
	wait_for 5 sh -c "grep -q 'TracerPid:.[1-9]' /proc/$server/status"
	hc-form take | wc -l >expected
	post 1 temperature=36.4 feeling=fair symptoms=1 emergency=1
	is 'with a full disk nobody is thanked' "$code" 503
	ok 'the page says so, and whom to ring' grep -q 'tel:0480000000' page
	end $tracer
	post 1 temperature=36.4 feeling=fair symptoms=1 emergency=1
	is 'with room again they are' "$code" 200
	hc-form take | tail -n +2 | wc -l >actual
	same 'and only that answer is kept'
else
	skip 'with a full disk nobody is thanked' 'needs strace alone'
fi

# ---- end ----

end "$server"
ok 'ends well when told to' grep -q 'listening on' server.out
is 'no token in the log' "$(grep -c "$(form_token 1)" server.out)" 0
ok 'the log masks the path' grep -q 'POST /a/\* 200' server.out
is 'no name of a field in the store' \
    "$(grep -ac 'blue_lips":"1' form.db)" 0
done_testing
