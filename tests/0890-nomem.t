#!/bin/sh
# The memory runs out, once or for good, at one request after the other:
# no program crashes or hangs, what it wrote is there whole or not at all, and
# what it printed with exit status 0 is right.
. "${0%/*}/lib.sh"
[ -z "$HC_TOOL" ] || skip_all "memory is not ours under $HC_TOOL"
need sqlite3 timeout
preload=$HC_BUILD/tests/preload/nomem.so

# content DB: all that is recorded, without times, hashes, the log and the
# search index, which may be fed later.
content()
{
	[ -s "$1" ] || return 0
	sqlite3 "$1" .dump | grep -Ev '^INSERT INTO .?(run|change|search_[a-z_]*).? ' |
	    sed "s/'[0-9-]*T[0-9:.]*Z'/AT/g" | sha256sum
}

sound()
{
	[ ! -s "$1" ] || {
		[ "$(sqlite3 "$1" 'PRAGMA integrity_check')" = ok ] &&
		    hc-log -q -d "$1" verify >/dev/null
	}
}

# complain N MODE WORDS: what went wrong at a point.
complain()
{
	printf '%s %s: %s\n' "$1" "$2" "$3" >>complaints
	head -n 2 err >>complaints
}

# look N MODE STATUS: one point's outcome.
look()
{
	case $3 in
	0)
		cmp -s out out.whole || complain "$1" "$2" 'other output'
		[ "$(content db)" = "$after" ] ||
		    complain "$1" "$2" 'exit 0, but not all is there'
		return ;;
	7[0-8]) ;;
	*) complain "$1" "$2" "exit status $3" ;;
	esac
	[ -s err ] || complain "$1" "$2" 'not a word'
	now=$(content db)
	[ "$now" = "$before" ] || [ "$now" = "$after" ] ||
	    complain "$1" "$2" 'neither all nor nothing'
	sound db || complain "$1" "$2" 'not sound'
}

begin()
{
	rm -f db db.*  db-journal
	[ ! -e "$1" ] || { cp "$1" db && cp "$1.key" db.key; }
}

# walk POINTS START COMMAND...: run COMMAND, which works on "db", a copy of
# START, at so many points from the first to the end.
walk()
{
	most=$1 start=$2
	shift 2
	begin "$start"
	before=$(content db)
	rm -f count complaints
	status=0
	NOMEM_COUNT=count LD_PRELOAD=$preload "$@" >out.whole 2>err ||
	    status=$?
	after=$(content db)
	if [ $status -ne 0 ]; then
		fail "without a fault: $*" "exit status $status"
		note_file err
		return
	fi
	total=$(cat count)
	for n in $(points "$most" "$total"); do
		for mode in once ever; do
			begin "$start"
			ever=
			[ $mode = once ] || ever=NOMEM_EVER=1
			status=0
			# shellcheck disable=SC2086
			env $ever NOMEM_AT=$n LD_PRELOAD="$preload" \
			    timeout -k 1 20 "$@" >out 2>err </dev/null ||
			    status=$?
			look $n $mode $status
		done
	done
	if [ -e complaints ]; then
		fail "$most points of $total: $* (seed $HC_SEED)"
		note_file complaints
	else
		pass "$most points of $total: $*"
	fi
}

# The preload works: the first request of all fails.
ever=0
NOMEM_AT=1 NOMEM_EVER=1 LD_PRELOAD=$preload hc-init -d no.db \
    --office 112038 >/dev/null 2>err || ever=$?
is 'without memory nothing is made' "$ever" 71
says 'out of memory'

cat >list.csv <<'END'
No,氏名,フリガナ,生年月日,性別,電話番号,発症日,職業,備考
1,春山 花子,ハルヤマ ハナコ,S60.1.2,女,048-000-0001,2020/12/20,会社員,ア
2,夏川 太郎,ナツカワ タロウ,H2.3.4,男,090-0000-0002,2020/12/21,学生,イ
3,秋田 次郎,アキタ ジロウ,1950/5/6,男,０４８－０００－０００３,,無職,
END
hc-init -q -d start --office 112038
cp start filled && cp start.key filled.key
hc-import -q -d filled --today 2020-12-25 cases list.csv >/dev/null
few=$(soak 3 3000)
some=$(soak 6 6000)
walk "$some" none hc-init -q -d db --office 112038 --name 緑
walk "$some" start hc-import -q -d db --today 2020-12-25 cases list.csv
walk "$few" start hc-import -n -d db --today 2020-12-25 cases list.csv
walk "$few" filled hc-define -q -d db setting set fever_threshold 37.0
walk "$few" filled hc-log -d db --limit 3
walk "$few" filled hc-log -d db verify
walk "$few" filled hc-report -d db --today 2020-12-25 dashboard
walk "$few" filled hc-report -d db --today 2020-12-25 pivot episode \
    --rows age_band --cols sex
walk "$few" filled hc-search -d db 春山
walk "$few" filled hc-show -d db --today 2020-12-25 1
walk "$few" filled hc-edit -q -d db --today 2020-12-25 person 1 note=x
walk "$few" filled hc-export -d db --today 2020-12-25 episode -f csv
walk "$few" filled hc-followup -d db --today 2020-12-25 due
walk "$few" filled hc-followup -d db --today 2020-12-25 lists
walk "$few" filled hc-notify -d db --today 2020-12-25 status
walk "$few" filled hc-check -d db

done_testing
