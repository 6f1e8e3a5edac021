#!/bin/sh
# Files that are no database, damaged databases, closed descriptors and names
# with terminal escapes: every program says what is wrong, or does its work,
# and never crashes, hangs or destroys what it was pointed at.
. "${0%/*}/lib.sh"
need sqlite3 timeout perl script

cat >list.csv <<'END'
No,氏名,フリガナ,生年月日,性別,電話番号,発症日,備考
1,春山 花子,ハルヤマ ハナコ,S60.1.2,女,048-000-0001,2020/12/20,ア
2,夏川 太郎,ナツカワ タロウ,H2.3.4,男,090-0000-0002,2020/12/21,イ
3,秋田 次郎,アキタ ジロウ,1950/5/6,男,03-0000-0003,2020/12/22,
END
hc-init -q -d good.db --office 112038
hc-import -q -d good.db --today 2020-12-25 cases list.csv >/dev/null

# commands DB: every program that opens a database, a line each.
commands()
{
	cat <<-END
	hc-import -q -d $1 --today 2020-12-25 cases list.csv
	hc-report -d $1 --today 2020-12-25 dashboard
	hc-report -d $1 pivot episode --rows age_band
	hc-report -d $1 --as-of 2020-01-01 pivot episode --rows age_band
	hc-log -d $1
	hc-log -d $1 person 1
	hc-log -d $1 verify
	hc-log -q -d $1 undo 2
	hc-define -d $1 list
	hc-define -q -d $1 set setting fever_threshold value=37.1
	hc-check -d $1
	hc-search -d $1 はるやま
	hc-show -d $1 1
	hc-export -d $1 episode -f csv
	hc-edit -q -d $1 person 1 note=x
	hc-followup -d $1 --today 2020-12-25 due
	hc-followup -d $1 --today 2020-12-25 lists
	hc-notify -d $1 status
	END
}

# Only what is there yet.
commands DB | while read -r program words; do
	! command -v "$program" >/dev/null || echo "$program $words"
done >commands

# all DB: run them; complaints go to the file of that name.
all()
{
	sed "s|DB|$1|" commands >now
	while read -r command; do
		status=0
		# shellcheck disable=SC2086
		timeout -k 1 20 $command >out 2>err </dev/null || status=$?
		case $status in
		0 | 1 | 6[5-9] | 7[0-8]) ;;
		*) echo "$status: $command"
			head -n 2 err ;;
		esac
		[ -z "${2-}" ] || case $status in
		"$2") [ -s err ] || echo "not a word: $command" ;;
		*) echo "$status instead of $2: $command"
			head -n 2 err ;;
		esac
	done <now >>complaints
}

# judge NAME: no complaints.
judge()
{
	if [ -s complaints ]; then
		fail "$1"
		note_file complaints
	else
		pass "$1"
	fi
	: >complaints
}
: >complaints

# ---- What is no database ----
all nowhere.db 66
judge 'no such file'
is 'which is not made' "$(find . -name 'nowhere*')" ''
mkdir folder
all folder 65
judge 'a folder'
mkfifo pipe
all pipe 65
judge 'a named pipe'
all /dev/null 65
judge '/dev/null'
echo 'No,氏名' >text.csv
cp text.csv kept.csv
all text.csv 65
judge 'a list instead of a database'
ok 'which stays as it was' cmp kept.csv text.csv
: >empty.db
all empty.db 78
judge 'an empty file'
is 'which stays empty' "$(wc -c <empty.db)" 0
sqlite3 other.db 'CREATE TABLE person (id INTEGER, name TEXT);
    INSERT INTO person VALUES (1, 2)'
all other.db 78
judge 'a database of another program'
sqlite3 other.db 'PRAGMA user_version = 1'
cp other.db kept.db
all other.db
judge 'a database of another program with a version'
ok 'which stays as it was' cmp kept.db other.db
for size in 1 100 512 4096 5000 40960; do
	head -c $size good.db >cut.db
	all cut.db
	judge "a database cut off after $size bytes"
done
ln -s good.db link.db
cp good.db.key link.db.key
exits 0 hc-report -d link.db --today 2020-12-25 dashboard
ln -s nothing.db dangling.db
exits 66 hc-report -d dangling.db dashboard
if [ "$(id -u)" -ne 0 ]; then
	exits 77 hc-report -d /etc/shadow dashboard
else
	exits 65 hc-report -d /etc/shadow dashboard
fi
says '/etc/shadow'
is 'and not a line of it' "$(grep -c 'root:' err)" 0
for bad in folder pipe /dev/null text.csv good.db; do
	status=0
	hc-init -d $bad --office 112038 >out 2>err || status=$?
	[ $status -ge 65 ] && [ $status -le 78 ] && [ -s err ] ||
	    echo "$status: hc-init -d $bad" >>complaints
done
judge 'hc-init makes none of them a database'
ok 'a list stays as it was' cmp kept.csv text.csv

# ---- A byte changed anywhere ----
copies=$(soak 60 1000)
[ -z "$HC_TOOL" ] || copies=6
i=0
while [ $i -lt "$copies" ]; do
	# Half of them in the pages that are read most.
	perl -e 'my ($from, $to, $n) = @ARGV;
		srand $n;
		open my $in, "<:raw", $from or die;
		local $/;
		my $bytes = <$in>;
		my $end = $n % 2 ? length $bytes : 40960;
		substr $bytes, int rand $end, 1, chr int rand 256;
		open my $out, ">:raw", $to or die;
		print $out $bytes' good.db flip.db $i
	rm -f flip.db-journal
	cp good.db.key flip.db.key
	all flip.db
	i=$((i + 1))
done
judge "$copies databases with a byte changed"

# ---- Closed descriptors ----
cp good.db fd.db && cp good.db.key fd.db.key
sed 's|DB|fd.db|' commands >now
while read -r command; do
	for fds in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
		status=0
		eval "timeout -k 1 20 $command >out 2>err $fds" || status=$?
		case $status in
		0 | 1 | 6[4-9] | 7[0-8]) ;;
		*) echo "$status: $command $fds" ;;
		esac
	done
done <now >>complaints
judge 'closed descriptors'
is 'the database is whole' "$(sqlite3 fd.db 'PRAGMA integrity_check')" ok
ok 'and so is its log' hc-log -q -d fd.db verify

# ---- Names with terminal escapes ----
printf 'No,氏名,性別,備考\n9,"%b",女,"%b"\n' \
    'hana\0033]0;owned\0007\0033[8m' 'a\0302\0233b\0342\0200\0256c' >esc.csv
hc-import -d good.db cases esc.csv >out 2>err || :
# Reading a list takes them away; somebody put them in by force.
sqlite3 good.db 'DROP TRIGGER guard_person_update;
    UPDATE person SET name = name || char(27) || "]0;owned" || char(7) ||
    char(155) || "8m" || char(8238)' 2>err || note_file err
ok 'a name holds an escape' sh -c "hc-report -d good.db sql \
    'SELECT id, name FROM person' | LC_ALL=C grep -q \"\$(printf '\\033')\""
: >shown
for command in 'hc-search -d good.db hana' 'hc-show -d good.db 4' \
    'hc-log -d good.db person 4' 'hc-import -n -d good.db cases esc.csv' \
    'hc-log -d good.db' "hc-report -d good.db sql \
	'SELECT id, name FROM person'" 'hc-export -d good.db person -f tsv' \
    "hc-search -d good.db '$(printf 'x\033[8m')'" \
    "hc-show -d good.db '$(printf 'x\033]0;y\007')'"; do
	command -v "${command%% *}" >/dev/null || continue
	TERM=dumb NO_COLOR=1 timeout -k 1 20 script -qec "$command" \
	    typescript >/dev/null 2>&1 </dev/null || :
	perl -CSD -0777 -ne '
		s/\r\n|\n|\t|^Script [^\n]*//mg;
		exit(/[\x00-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]/)
	    ' typescript || {
		echo "$command"
		cat -v typescript
	}
	cat typescript >>shown
done >>complaints
judge 'no control character reaches a terminal'
ok 'but what can be shown is' grep -q owned shown

done_testing
