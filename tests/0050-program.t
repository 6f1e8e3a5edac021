#!/bin/sh
# What all programs share (bin/program.h), by a program that does only that:
# settings and their precedence, the office's day, output, messages.
. "${0%/*}/lib.sh"

# get NAME OPTION...: one line of the settings that hc-try prints.
get()
{
	name=$1
	shift
	hc-try -q "$@" | sed -n "s/^$name	//p"
}

# ---- precedence: option, environment, ./hc.conf, own, (/etc) ----
is 'no setting: hc.db here' "$(get db)" hc.db
mkdir -p .config/hc own/hc here
echo 'db = home.db' >.config/hc/hc.conf
is '.config/hc/hc.conf at home' "$(get db)" "$PWD/.config/hc/home.db"
echo 'db = own.db' >own/hc/hc.conf
XDG_CONFIG_HOME=$PWD/own
export XDG_CONFIG_HOME
is 'XDG_CONFIG_HOME instead' "$(get db)" "$PWD/own/hc/own.db"
printf 'db = here.db\n[mail]\nfrom = a@example.jp\n' >hc.conf
is './hc.conf before it' "$(get db)" here.db
HC_DB=env.db
export HC_DB
is 'HC_DB before that' "$(get db)" env.db
is 'an option before all' "$(get db -d option.db)" option.db
is 'what only a file has comes from there' "$(get mail.from)" a@example.jp
unset HC_DB XDG_CONFIG_HOME

echo 'formt = csv' >hc.conf
exits 78 hc-try
says "hc-try: ./hc.conf:1: unknown setting 'formt': did you mean 'format'?"
exits 0 hc-try --help
exits 0 hc
rm -rf hc.conf .config own
HOME=/nonexistent exits 0 hc-try -q
(unset HOME; hc-try -q >/dev/null 2>err) || :
quiet 'no home is fine'

# ---- language ----
unset HC_LANG
is 'C is English' "$(LC_ALL=C get lang)" en
is 'ja_JP is Japanese' "$(LC_ALL='' LANG=ja_JP.UTF-8 get lang)" ja
is 'LC_ALL before LANG' "$(LC_ALL=en_GB.UTF-8 LANG=ja get lang)" en
echo 'lang = ja' >hc.conf
is 'hc.conf before LANG' "$(LC_ALL='' LANG=en_GB.UTF-8 get lang)" ja
is 'HC_LANG before hc.conf' "$(HC_LANG=en get lang)" en
LC_ALL=C exits 64 hc-try --todey x
says 'オプション「--todey」はありません。「--today」ではありませんか'
rm hc.conf
HC_LANG=en
export HC_LANG

# ---- the day ----
for tz in UTC Asia/Tokyo America/New_York XYZ3:30 :nonsense ''; do
	now=$(TZ=$tz hc-try -q --today 2020-12-25T08:30 | grep -E \
	    '^(today|time|now|offset)' | tr '\t\n' '= ')
	is "08:30 is Japan's, with TZ '$tz'" "$now" \
	    'today=2020-12-25 time=08:30 now=2020-12-24T23:30:00Z offset=540 '
done
is 'an instant says its zone itself' \
    "$(get today --today 2020-12-25T23:30:00Z)" 2020-12-26
is 'and so does an offset' \
    "$(get now --today 2020-12-25T08:30+09:00)" 2020-12-24T23:30:00Z
is 'HC_TODAY' "$(HC_TODAY=2020-12-25T10:00 get today)" 2020-12-25
is 'and --today before it' \
    "$(HC_TODAY=2020-12-25 get today --today 2020-12-26)" 2020-12-26
is 'a past day is over' "$(get time --today 2020-12-25)" 23:59
is 'a coming day has just begun' "$(get time --today 2999-12-25)" 00:00
is 'full-width digits' "$(get today --today '２０２０-１２-２５')" 2020-12-25
is 'the clock goes on' "$(get clock --today 2020-12-25 | cut -c1-2)" 20
for bad in 2021-02-29 2020-13-01 2020-12-32 2020-12-00 20-12-25 2020/12/25 \
    2020-12-25T24:00 2020-12-25T08:60 2020-12-25x '' 2020-12-25T; do
	exits 64 hc-try --today "$bad"
done
says 'not a day as 2020-12-25'
is 'leap day' "$(get today --today 2020-02-29)" 2020-02-29
is 'as of an instant' \
    "$(get as_of --as-of 2020-12-25T00:30:00Z)" 2020-12-25T00:30:00Z
is 'as of a time in the office' \
    "$(get as_of --as-of 2020-12-25T09:30)" 2020-12-25T00:30:00Z
is 'as of a day: its end' \
    "$(get as_of --as-of 2020-12-31)" 2020-12-31T15:00:00Z
exits 64 hc-try --as-of yesterday
exits 64 hc-try --as-of 2020-12-25Z
if command -v faketime >/dev/null && [ -z "$HC_TOOL" ]; then
	is 'half past eight in Japan is already today' \
	    "$(faketime '2020-12-24 23:30:00' hc-try -q |
	    sed -n 's/^today	//p')" \
	    "$(TZ=Asia/Tokyo date -d "$(date -d '2020-12-24 23:30:00' \
	    +@%s)" +%Y-%m-%d)"
else
	skip 'half past eight in Japan' 'no faketime here'
fi

# ---- formats ----
is 'a pipe gets TSV' "$(get format)" tsv
is 'unless asked otherwise' "$(get format -f csv)" csv
echo 'format = json' >hc.conf
is 'hc.conf cannot break a pipe' "$(get format)" tsv
hc-try -q -o out.txt
is 'but speaks for a file' "$(sed -n 's/^format	//p' out.txt)" json
hc-try -q -o out.csv
is 'whose name speaks first' "$(sed -n 's/^format	//p' out.csv)" csv
echo 'format = jsn' >hc.conf
exits 78 hc-try -o out.txt
says "./hc.conf:1: unknown format 'jsn'"
rm hc.conf out.txt out.csv

# ---- a terminal ----
# on_terminal COMMAND: its output, as it goes to a terminal.
on_terminal()
{
	TERM=xterm script -qec "$1" /dev/null </dev/null | tr -d '\r'
}
on_terminal 'hc-try -q' >actual
is 'a terminal gets a table' "$(sed -n 's/^format	//p' actual)" table
is 'and colour' "$(sed -n 's/^color	//p' actual)" 1
is 'but not with NO_COLOR' \
    "$(on_terminal 'NO_COLOR=1 hc-try -q' | sed -n 's/^color	//p')" 0
is 'nor --no-color' \
    "$(on_terminal 'hc-try -q --no-color' | sed -n 's/^color	//p')" 0
is 'nor on a dumb one' \
    "$(on_terminal 'TERM=dumb hc-try -q' | sed -n 's/^color	//p')" 0
on_terminal 'hc-try -f xlsx; echo $?' >actual
ok 'no workbook on a terminal' grep -q '^64$' actual
on_terminal 'hc-try --lines 1 --steps 9' >actual
ok 'long work shows progress' \
    grep -qE 'hc-try: [0-9]+ of 9 rows, [0-9]+/s, [0-9]+ s left' actual
on_terminal 'hc-try --lines 1 --steps 9 >/dev/null' >actual
ok 'also while data go elsewhere' grep -q 'of 9 rows' actual
ok 'and wipes it away' grep -q "$(printf '\r\033')\\|$(printf '\033')\\[K" \
    actual
on_terminal 'hc-try --lines 1 --steps 3' >actual
fails 'short work shows none' grep -q ' rows' actual
on_terminal 'hc-try -q --lines 1 --steps 9' >actual
fails 'nor with --quiet' grep -q ' rows' actual
hc-try --lines 1 --steps 9 >/dev/null 2>err
fails 'nor into a file' grep -q ' rows' err

# ---- messages ----
exits 0 hc-try --lines 1
says 'hc-try: a note'
fails 'a detail only when asked for' grep -q 'a detail' err
exits 0 hc-try --lines 1 -v
says 'hc-try: a detail'
exits 0 hc-try --lines 1 -q
quiet
exits 69 hc-try --fail "$(printf 'a\033]0;x\007b\nc\302\233d\342\200\256e高橋')"
says 'hc-try: a\x1b]0;x\x07b\nc\x9bd\u202ee高橋'

# ---- output ----
echo old >file
exits 0 hc-try -q --lines 3 -o file
printf 'line 1\nline 2\nline 3\n' >expected
same 'a file is written' expected file
is 'for the group, not for others' \
    "$(hc-try -q --lines 1 -o new; stat -c %a new)" 660
echo old >file
chmod 640 file
exits 69 hc-try -q --lines 3 --fail words --fail-after 2 -o file
echo old >expected
same 'a failure leaves the old one' expected file
echo old >file
chmod 640 file
ln -s file link
hc-try -q --lines 1 -o link
ok 'a link stays a link' test -L link
is 'the file behind it is written' "$(cat file)" 'line 1'
is 'and keeps its mode' "$(stat -c %a file)" 640
hc-try -q --lines 1 -o - >actual
echo 'line 1' >expected
same '- is stdout'
hc-try -q --lines 2 -o /dev/stdout | cat >actual
printf 'line 1\nline 2\n' >expected
same '/dev/stdout is what it is'
exits 73 hc-try -q --lines 1 -o nowhere/file
says "cannot create 'nowhere/file': No such file or directory"
exits 74 hc-try -q --lines 1 -o /dev/full
says "cannot write '/dev/full': No space left on device"
hc-try -q --lines 100000 >/dev/full 2>err
is 'a full disk is an error' $? 74
says 'hc-try: cannot write:'
hc-try -q --lines 1 -o file >&- 2>err
is 'stdout is not needed for a file' $? 0
hc-try -q --lines 100000 2>err | head -n 1 >actual
echo 'line 1' >expected
same 'head gets its line'
quiet 'and nothing is said'
rm -f file
for signal in HUP=129 INT=130 TERM=143; do
	wanted=${signal#*=}
	signal=${signal%=*}
	# A shell without job control lets its background ignore INT, nohup
	# all that it runs HUP.
	env --default-signal=HUP,INT,TERM \
	    hc-try -q --lines 1 -o file --steps 100 &
	pid=$!
	wait_for 20 sh -c 'ls .file.*'
	is "$signal: it was at work" $? 0
	kill -s "$signal" "$pid"
	status=0
	wait "$pid" 2>/dev/null || status=$?
	is "$signal: ended by it" "$status" "$wanted"
	is "$signal: nothing is left" \
	    "$(find . -name '*file*' | wc -l)" 0
done
mkfifo fifo
timeout 20 cat fifo >/dev/null &
reader=$!
hc-try -q --lines 3 -o fifo
is 'a pipe with a name' $? 0
wait "$reader"
if [ "$HC_TOOL" = valgrind ]; then
	skip 'closed descriptors' 'valgrind has opinions about them'
else
	ok 'closed descriptors' \
	    sh -c 'hc-try -q --lines 1 -o file <&- >&- 2>&-'
	hc-try -q --fail words >&- 2>&-
	is 'also when failing' $? 69
fi
done_testing
