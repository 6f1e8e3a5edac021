#!/bin/sh
# Workbooks: real ones and those of other projects beside an independent
# reader, and those that are meant to do harm.
. "${0%/*}/lib.sh"
need strace prlimit
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null ||
    skip_all 'python3-openpyxl is not there'

# bounded SECONDS KB FILE: read within so much time of the processor, which
# does not depend on who else uses it, and memory.
bounded()
{
	within 120 prlimit --cpu="$1" book-cat -n "$3" >count 2>err
	status=$?
	kb=$(cut -f 3 count)
	if [ $status -ge 99 ]; then
		fail "${3##*/} in time" "status $status"
	elif [ -z "$HC_TOOL" ] && [ "$kb" -gt "$2" ]; then
		fail "${3##*/} in memory" "$kb kB"
	else
		pass "${3##*/} is read or refused in time and memory"
	fi
}

mkdir bombs theirs
/usr/bin/python3 "$HC_ROOT/tests/book-bomb.py" bombs
seconds=2
[ -z "$HC_TOOL" ] || seconds=60
while read -r name words; do
	bounded $seconds 131072 "bombs/$name.xlsx"
	says "$words"
done <<'LIST'
bomb a part of the file would grow to more than 200 times its size
nested the file is a zip archive, not a list: unpack it first
laughs the file defines entities ('xl/t.xml')
xxe the file defines entities ('xl/s.xml')
dtd the file defines entities ('xl/s.xml')
columns cell XFE1: more columns than Excel has
depth the file is nested too deep ('xl/s.xml')
attributes the file holds a tag that is too long ('xl/s.xml')
names the file holds more different names than any Office program
merged the sheet has more than 50000000 merged cells
parts the file holds more than 10000 parts
LIST
for name in strings slip; do
	bounded $seconds 131072 "bombs/$name.xlsx"
	quiet
	is "$name: what it holds" "$(cut -f 1,2 count)" "1	1"
done
strace -f -e trace=%file,%network -o trace book-cat bombs/xxe.xlsx 2>err
strace -f -e trace=%file,%network -o trace2 book-cat bombs/slip.xlsx >/dev/null
is 'no file is opened that an archive names, and nobody is called' \
    "$(cat trace trace2 | grep -E 'passwd|hc-slip|socket|connect')" ''

data=$HC_ROOT/../shared/data
if [ ! -d "$data" ]; then
	skip 'the same cells as openpyxl' 'no ../shared/data'
	done_testing
fi
find "$data" -name '*.xls[xm]' | LC_ALL=C sort >list
tr '\n' '\0' <list |
    xargs -0 /usr/bin/python3 "$HC_ROOT/tests/book-openpyxl.py" theirs

# Where openpyxl is wrong: day 0 of 1904 is a day; an escaped escape stays; 0
# in a format of days is no time.
cat >theirs/wrong <<'LIST'
1904.xlsx	B4
shared_string_with_escape.xlsx	A1
formula_stress_test.xlsx	H36
LIST

# What only book-cat has: cells that repeat merged ones, and formulas without
# their results.
n=0
while IFS= read -r file; do
	n=$((n + 1))
	name=${file##*/}
	bounded $((seconds * 5)) 300000 "$file"
	[ -f theirs/$n ] || continue
	[ -s theirs/$n ] || continue
	wrong=$(awk -F '\t' -v name="$name" '$1 == name { print $2 }' \
	    theirs/wrong)
	book-cat "$file" 2>err | awk -F '\t' -v OFS='\t' -v wrong="$wrong" '
	    $2 != wrong && $6 !~ /m/ && !($3 == "error" && $4 ~ /^=/) {
		print $1, $2, $3, $4
	    }' >ours
	awk -F '\t' -v wrong="$wrong" '$2 != wrong' theirs/$n >theirs/right
	same "$name: the same cells" theirs/right ours
done <list
note 'openpyxl cannot read:'
for file in theirs/*.cannot; do
	note "$(sed -n "$(basename "$file" .cannot)p" list) $(cat "$file")"
done
done_testing
