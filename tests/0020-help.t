#!/bin/sh
# Every program: --help, --version, mistyped options, the manual's SYNOPSIS.
. "${0%/*}/lib.sh"

# The usage lines of --help, from stdin, without indent.
usage_lines()
{
	sed -n '/^Usage:$/,/^$/p' | sed '1d; /^$/d; s/^ *//'
}

# The SYNOPSIS of a page as usage lines: one for each .Nm, spaces single.
synopsis_lines()
{
	mandoc -Tutf8 -O width=999 "$1" | col -bx |
	    sed -n '/^SYNOPSIS$/,/^[A-Z]/p' | sed '1d; /^[A-Z]/d; /^$/d' |
	    tr -s ' ' | sed 's/^ //; s/ $//'
}

# The long options of a page: what .It lines introduce, as ".It Fl a , -all".
page_options()
{
	sed -n 's/^\.It Fl //p' "$1" | tr ' ' '\n' |
	    sed -n 's/^-\([a-z][a-z-]*\)$/--\1/p' | sort -u
}

for source in "$HC_ROOT"/bin/hc.c "$HC_ROOT"/bin/hc-*.c; do
	[ -f "$source" ] || continue
	program=${source##*/}
	program=${program%.c}
	page=$HC_ROOT/man/$program.1

	exits 0 "$program" -h
	quiet
	cp actual help
	ok "$program: -h begins with its name" \
	    grep -q "^$program: [a-z]" help
	ok "$program: -h shows examples" grep -q '^    \$ ' help
	exits 0 "$program" --help
	same "$program: --help is -h" help actual
	"$program" -h >help

	usage_lines <help >expected
	synopsis_lines "$page" >actual
	same "$program: usage is the manual's SYNOPSIS"
	# --help and --version may go without saying.
	sed -n 's/^ .* \(--[a-z][a-z-]*\).*/\1/p' help |
	    grep -vx -e --help -e --version | sort -u >expected
	page_options "$page" |
	    grep -vx -e --help -e --version >actual
	same "$program: the manual has all options and no others"
	sed -n "s/^$program: //p" help | head -n 1 >expected
	sed -n 's/^\.Nd //p' "$page" >actual
	same "$program: it describes itself as the manual does"
	HC_LANG=ja "$program" -h >help.ja
	ok "$program: -h is there in Japanese" grep -q '使い方:' help.ja
	LC_ALL=C HC_LANG=ja "$program" -h >actual
	same "$program: and the same in the C locale" help.ja actual

	exits 0 "$program" --version
	ok "$program: the version" \
	    grep -qxE "$program [0-9]+\.[0-9]+\.[0-9]+" actual

	exits 64 "$program" --verison
	says "unknown option '--verison': did you mean '--version'?"
	says "see '$program --help'"
	ok "$program: and nothing on stdout" test ! -s actual

	# Nobody is asked anything: no terminal, no input, nothing hangs.
	within 20 "$program" </dev/null >out 2>err
	status=$?
	ok "$program: comes back without arguments" \
	    test "$status" -ne 124 -a "$status" -lt 99

	# A reader that leaves early, and one that is not there at all.
	"$program" -h 2>err | head -n 1 >/dev/null
	quiet "$program: head may leave early"
	{ "$program" -h 2>err; echo $? >status; } | :
	is "$program: a reader that is gone is no failure" \
	    "$(cat status)" 0
	quiet
	"$program" -h 2>err >/dev/full
	is "$program: a full disk is" $? 74
	says 'cannot write'
	"$program" -h 2>err >&-
	is "$program: and a closed stdout" $? 74
done

# hc describes the others as they do themselves.
hc >list
for source in "$HC_ROOT"/bin/hc-*.c; do
	[ -f "$source" ] || continue
	program=${source##*/}
	program=${program%.c}
	"$program" -h | sed -n "s/^$program: //p" | head -n 1 >expected
	sed -n "s/^hc ${program#hc-}  *//p" list >actual
	same "hc: describes $program"
done
done_testing
