#!/bin/sh
# xls workbooks: each cell as python3-xlrd reads it, and nothing that is
# wrong with a file crashes the reader, or takes long, or much memory.
. "${0%/*}/lib.sh"

python=/usr/bin/python3
"$python" -c 'import xlrd, xlwt' 2>/dev/null ||
    skip_all 'python3-xlrd and python3-xlwt are not here'
"$python" "$HC_ROOT/tests/xls-make.py" || fail 'samples are made'


# agrees FILE: xlrd reads the same
agrees()
{
	book-cat "$1" 2>err | cut -f 1-4,6 >actual
	"$python" "$HC_ROOT/tests/xls.py" "$1" >expected 2>/dev/null
}

agrees sample.xls
same 'formats, values, hidden and merged cells are as xlrd reads them'
is 'Japanese formats are dates' \
    "$(book-cat sample.xls | grep -c '	2021-08-17')" 26

agrees cp932.xls
same 'strings of Excel 5 in code page 932, cells out of order and twice'
book-cat western.xls | cut -f 2-4 >actual
printf 'A1\ttext\tCafé €\n' >expected
same 'strings of Excel 5 in code page 1252'
book-cat kana.xls | cut -f 2-5 >actual
{
	printf 'A1\ttext\t山　太郎\tヤマ　タロウ\n'
	printf 'B1\ttext\tab\t\n'
} >expected
same 'furigana stand beside the text, also over CONTINUE records'
is 'a long string' "$(book-cat long.xls | cut -f 4 | wc -c)" 5001

refuses()
{
	exits 65 book-cat "$1"
	says "$2"
}
refuses cyrillic.xls 'code page 1251'
refuses locked.xls 'locked with a password'
refuses excel4.xls 'Excel 4 or older'
refuses raw4.xls 'an old Office file of some kind'
refuses nostring.xls 'damaged'
refuses noend.xls 'damaged'
refuses toolong.xls 'a cell of row 7 is longer than 131072 bytes'
refuses loop.xls 'damaged'
refuses listloop.xls 'damaged'
printf '\320\317\021\340\241\261\032\341Workbook' >short.xls
refuses short.xls 'an old Office file of some kind'

# Cut short or with a byte changed, a file is read or refused (or is no
# workbook any more), in no time.
"$python" - <<'END'
import os
import random
import resource
import subprocess


def limit():
    if not os.environ['HC_TOOL']:
        resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))


data = open('sample.xls', 'rb').read()
draw = random.Random(20210817)
bad = 0
for i in range(200):
    some = bytearray(data)
    if i % 2:
        del some[draw.randrange(len(some)):]
    for _ in range(draw.choice((0, 1, 8))):
        if some:
            some[draw.randrange(len(some))] = draw.randrange(256)
    open('hurt.xls', 'wb').write(some)
    done = subprocess.run(['book-cat', 'hurt.xls'], capture_output=True,
                          timeout=20, preexec_fn=limit)
    if done.returncode not in (0, 1, 65):
        bad += 1
        print(i, done.returncode, done.stderr)
        open('hurt-%d.xls' % i, 'wb').write(some)
open('bad', 'w').write(str(bad))
END
is 'damaged files are read or refused' "$(cat bad)" 0

# Where xlrd fails or hc refuses: files, and why.
differs='too_small.xls no OLE file
issue_385.xls locked
password_2002_40_basecrypto.xls locked
password_2002_40_xor.xls locked
samples__biff4_no_format_no_window2.xls Excel 4
samples__invalid_formula.xls xlrd fails
biff5__phonetic_text.xls Mac Roman, xlrd fails
phpexcel_bad_cfb_dir.xls xlrd fails'
shared=$HC_ROOT/../shared/data
if [ -d "$shared" ]; then
	find "$shared/" -name '*.xls' | LC_ALL=C sort >files
	count=0
	while read -r file; do
		case "
$differs" in
		*"
${file##*/} "*)	continue ;;
		esac
		agrees "$file"
		cmp -s expected actual && count=$((count + 1)) ||
		    echo "# $file"
	done <files
	is 'all workbooks of the suites are as xlrd reads them' "$count" \
	    "$(($(wc -l <files) - $(echo "$differs" | wc -l)))"
else
	skip 'the suites of workbooks' '../shared is not here'
fi
done_testing
