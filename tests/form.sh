# shellcheck shell=sh
# What the tests of the form share: an office's key, a bundle, links.
#
#	form_def			print the daily form, with our key
#	form_link I [MORE]		print the bundle's line of link I
#	form_token I			the token of link I
#	form_post I DATA...		send an answer to link I with curl:
#					sets $code, the page goes to page
#	form_number			a fresh submission number
#	form_sound NAME			the file page is sound HTML

form-office key >keys || exit 1
form_public=$(cut -f1 keys)
form_secret=$(cut -f2 keys)

# form_sound NAME: the page is HTML without a fault.  Two attributes of the
# standard are younger than Debian 12's tidy.
form_sound()
{
	if ! command -v tidy >/dev/null; then
		skip "$1" 'tidy is not there'
		return
	fi
	tidy -e -q page 2>&1 | grep -v -e '<input> .* "inputmode"$' \
	    -e '<textarea> .* "autocomplete"$' >faults
	if [ ! -s faults ]; then
		pass "$1"
	else
		fail "$1"
		note_file faults
	fi
}

form_token()
{
	form-office link testkey "$1" | cut -f1
}

form_hash()
{
	form-office link testkey "$1" | cut -f2
}

# form_link I [MORE]: one line of a bundle.
form_link()
{
	printf '{"link":"%s","lang":"ja","round":"2021-01-16",' \
	    "$(form_hash "$1")"
	printf '"opens":"2021-01-15T23:00:00Z",'
	printf '"expires":"2999-01-01T00:00:00Z"%s}\n' "${2-}"
}

form_def()
{
	sed "s|PUBLIC_KEY|$form_public|" "$HC_ROOT/tests/data/daily-form.jsonl"
}

form_number()
{
	perl -e 'print map({ ("a".."z", 2..7)[rand 32] } 1..25), "a\n"'
}

form_url()
{
	echo "http://127.0.0.1:$port/a/$(form_token "$1")"
}

form_post()
{
	form_i=$1
	shift
	for arg; do
		set -- "$@" --data-urlencode "$arg"
		shift
	done
	code=$(curl -s -o page -w '%{http_code}' "$@" "$(form_url "$form_i")")
}

# What a healthy person ticks.
form_well='feeling=fair symptoms=1 emergency=1 lang=ja'
