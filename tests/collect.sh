# shellcheck shell=sh
# What the tests of collecting share: an office that has the key of
# tests/form.sh, an open episode, links to answer on.
#
#	invite I [FIELD=VALUE...]	an invitation for link I of form.sh
#	answer ID I VALUES [AT]		a line for seal-answer
#	reports				how many are stored
. "$HC_ROOT/tests/form.sh"

hc-init -q --office 112038 --name 見本市保健所 || exit 1
{
	grep ^link hc.db.key
	printf 'secret '
	printf %s "$form_secret" | base64 -d | od -An -v -tx1 | tr -d ' \n'
	echo
} >key.new
cat key.new >hc.db.key

add person name='見本 一' >/dev/null
add episode person=1 kind=case onset_date=2021-01-10 >/dev/null

invite()
{
	invite_i=$1
	shift
	add invitation purpose=daily person=1 episode=1 form=daily \
	    day=2021-01-16 slot=1 state=open \
	    expires_at=2999-01-01T00:00:00Z \
	    hash="$(form_hash "$invite_i")" "$@" >/dev/null
}

answer()
{
	printf '%s\t%s\t{"submission":"%s","link":"%s","form":"daily",' \
	    "$1" "$(form_hash "$2")" "$1" "$(form_hash "$2")"
	printf '"at":"%s","values":%s}\n' "${4-2021-01-16T00:30:00Z}" "$3"
}

observations()
{
	sqlite3 -readonly hc.db "$1"
}

reports()
{
	observations 'SELECT count(*) FROM observation'
}
