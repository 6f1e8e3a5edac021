#!/bin/sh
# Tables of Word documents are read as python3-docx reads them.
. "${0%/*}/lib.sh"

/usr/bin/python3 -c 'import docx' 2>/dev/null ||
    skip_all 'python3-docx is not here'
/usr/bin/python3 "$HC_ROOT/tests/docx-make.py" || fail 'samples are made'

exits 0 book-cat random.docx
same 'a hundred tables with merged cells' random.tsv
exits 0 book-cat - <symptoms.docx
{
	printf '健康観察票\tA1\ttext\t月日\t\t\n'
	printf '健康観察票\tB1\ttext\t症状\t\t\n'
	printf '健康観察票\tA2\ttext\t8/17\t\t\n'
	printf '健康観察票\tB2\ttext\t発熱\t\t\n'
} >expected
same 'a table has the name of the heading before it'
exits 65 book-cat none.docx
says 'the Word document has no table'
done_testing
