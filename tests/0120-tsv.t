#!/bin/sh
# hc-tsv(5) goes through other people's tools unharmed, and what is no such
# stream is refused with its line.
. "${0%/*}/lib.sh"
tsvcat=$HC_BUILD/tests/bin/tsvcat
[ -x "$tsvcat" ] || skip_all 'tsvcat was not built (make test-programs)'

# Every hard cell: what the tools themselves could take for their syntax.
# Written for printf, so that a backslash of the stream is two of them.
hard_cells()
{
	printf 'person\tname\tnote\n'
	n=0
	for cell in '\\t' '\\n' '\\r' '\\\\' '\\\\N' '\\\\.' '\\n\\n' \
	    '\\r\\n' 'a\\tb\\nc\\\\d' '\\\\\\\\' '\\\\t' '"' '""' '"a"' \
	    'a"b' "'" "a'b" ' ' ' a ' ',' ';' '|' '#' '#a' '=1+1' '-' '.' \
	    '\\\\x41' '0' '007' '1e5' '0x1F' '1.50' '+81-90-0000-0000' \
	    'NULL' 'null' 'NA' 'nan' 'true' '$1' '%%s' '~' '高橋　一郎' \
	    'ﾀｶﾊｼ ｲﾁﾛｳ' '髙﨑①㈱' 'Nguyễn' '𠮷野家' 'が' '—' \
	    '\342\200\250' '\342\200\256' '\302\205' '\302\240' '\033[8m' ''
	do
		n=$((n + 1))
		printf "$n\t$cell\tx\n$n\tx\t$cell\n"
	done
	# Absent everywhere.
	printf '\t\t\n'
}

hard_cells >hard
cp hard expected
"$tsvcat" <hard >actual
same 'every hard cell through our own reader and writer'

# through NAME COMMAND...: what we write passes the command, and we read it.
through()
{
	cp hard expected
	name=$1
	shift
	"$tsvcat" <hard | "$@" >passed 2>err && "$tsvcat" <passed >actual
	same "every hard cell through $name"
}

through 'awk' awk -F'\t' -v OFS='\t' '{ $1 = $1; print }'
through 'cut and paste' sh -c \
    'cat >in; cut -f1,2 in >a; cut -f3 in >b; paste a b'
through 'sort by line number and back' sh -c \
    'nl -ba -w1 | sort -k1,1nr | sort -k1,1n | cut -f2-'
if command -v datamash >/dev/null; then
	through 'datamash' sh -c 'datamash reverse | datamash reverse'
else
	skip 'every hard cell through datamash' 'datamash is not there'
fi
if command -v mlr >/dev/null; then
	through 'Miller' mlr --tsv cat
	through 'Miller, sorted there and back' sh -c \
	    'mlr --tsv cat -n | mlr --tsv sort -nr n then sort -nf n \
		then cut -x -f n'
else
	skip 'every hard cell through Miller' 'mlr is not there'
fi

# A database server of our own, on a socket in a folder of its own.
as_server()
{
	if [ "$(id -u)" -eq 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

pg_bin=
for dir in /usr/lib/postgresql/*/bin; do
	[ -x "$dir/initdb" ] && pg_bin=$dir
done
pg_dir=
stop_server()
{
	[ -n "$pg_dir" ] || return 0
	as_server "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate stop \
	    >/dev/null 2>&1
	rm -rf "$pg_dir"
	pg_dir=
}

start_server()
{
	[ -n "$pg_bin" ] || return 1
	pg_dir=$(mktemp -d "${TMPDIR:-/tmp}/hc-pg.XXXXXX") || return 1
	[ "$(id -u)" -ne 0 ] || chown postgres "$pg_dir" || return 1
	(
		cd "$pg_dir" &&
		as_server "$pg_bin/initdb" -A trust -U postgres -E UTF8 \
		    --no-locale -N -D "$pg_dir/data" &&
		as_server "$pg_bin/pg_ctl" -w -D "$pg_dir/data" \
		    -l "$pg_dir/log" -o "-c listen_addresses='' \
		    -c unix_socket_directories='$pg_dir' -c fsync=off" start
	) >pg.out 2>&1
}

sql()
{
	psql -X -q -v ON_ERROR_STOP=1 -h "$pg_dir" -U postgres "$@"
}

trap 'stop_server; tests_end' EXIT
if start_server; then
	sql -c 'CREATE TABLE t (person text, name text, note text)'
	"$tsvcat" <hard >in
	ok 'psql takes what we write' sql -c \
	    "\\copy t from 'in' with (format text, header match, null '')"
	is 'an absent value is NULL there' "$(sql -At -c \
	    'SELECT count(*) FROM t WHERE person IS NULL')" 1
	is 'escapes are what they stand for' "$(sql -At -c \
	    "SELECT count(*) FROM t WHERE name = E'a\\tb\\nc\\\\d'")" 1
	is 'a \N of letters is text' "$(sql -At -c \
	    "SELECT count(*) FROM t WHERE name = E'\\\\N'")" 1
	cp hard expected
	sql -c "\\copy t to 'out' with (format text, header, null '')" &&
		"$tsvcat" <out >actual
	same 'we take what psql writes'
	cp hard expected
	sql -c "\\copy t to 'out' with (format text, header)" &&
		"$tsvcat" <out >actual
	same 'and with \N for what is absent'
	stop_server
else
	skip 'psql takes what we write' 'no PostgreSQL server to start'
	[ ! -s pg.out ] || note_file pg.out
fi

# What is taken besides.
printf 'a\tb\n1\t2\n' >expected
printf '\357\273\277a\tb\r\n1\t2\r\n' | "$tsvcat" >actual
same 'a BOM and CRLF are taken'
: >expected
"$tsvcat" </dev/null >actual
same 'no input at all is no rows'

# What is refused.
printf 'a\tb\n1\t2\n3\n' >in
exits 65 "$tsvcat" <in
says '-:3: 1 fields, but the header line has 2'
printf 'a\tb\n1\t\377\n' >in
exits 65 "$tsvcat" <in
says '-:2: is not valid UTF-8'
printf 'a\tb\n1\t\0\n' >in
exits 65 "$tsvcat" <in
says '-:2: holds a NUL byte'
printf 'a\tb\n1\t\\q\n' >in
exits 65 "$tsvcat" <in
says "-:2: field 'b': unknown escape"
exits 74 sh -c '"$0" <"$1" >/dev/full' "$tsvcat" hard
says 'cannot write: No space left on device'

# The reader of the pipe goes first.
{
	cat hard
	yes "$(printf 'a\tb\tc')" | head -n 100000
} >long
exits 69 perl -e '$SIG{PIPE} = "IGNORE"; open my $out, "|-", "exec true" or die;
	open STDOUT, ">&", $out; open STDIN, "<", "long"; sleep 1;
	exec $ARGV[0]' "$tsvcat"
says 'the reader of the output has gone'

# A cell of a gigabyte is refused at once, in little memory.
if [ -z "$HC_TOOL" ]; then
	exits 65 sh -c 'ulimit -v 65536
		{ printf "a\tb\n1\t"; yes xxxxxxxx | tr -d "\n" |
		    head -c 1000000000; } | timeout 10 "$0"' "$tsvcat"
	says '-:2: the line is too long'
fi

# A table for people: nothing that steers the terminal.
"$tsvcat" -f table -w 60 <hard | LC_ALL=C tr -d '\n\040-\176\200-\377' >actual
: >expected
same 'a table holds no control character'
done_testing
