# count-rows.py FILE HEADINGS [SHEET]: how many rows below the row HEADINGS
# (as the spreadsheet counts) hold anything at all, read by openpyxl, xlrd or
# csv: what hc-import has to account for.
import csv
import io
import sys

name, headings = sys.argv[1], int(sys.argv[2])
sheet = sys.argv[3] if len(sys.argv) > 3 else None


def rows():
    if name.endswith('.xls'):
        import xlrd
        book = xlrd.open_workbook(name)
        it = book.sheet_by_name(sheet) if sheet else book.sheet_by_index(0)
        for i in range(it.nrows):
            yield it.row_values(i)
    elif name.endswith('.xlsx'):
        import openpyxl
        from openpyxl.worksheet.page import PrintPageSetup
        # It stops at an attribute that it does not know (Aichi's).
        PrintPageSetup.from_tree = classmethod(lambda c, node: c())
        book = openpyxl.load_workbook(name, data_only=True)
        yield from (book[sheet] if sheet else
                    book.worksheets[0]).iter_rows(values_only=True)
    else:
        text = open(name, 'rb').read()
        for charset in 'utf-8-sig', 'cp932':
            try:
                text = text.decode(charset)
                break
            except UnicodeDecodeError:
                continue
        yield from csv.reader(io.StringIO(text, newline=''))


count = 0
for number, row in enumerate(rows(), 1):
    count += number > headings and any(cell not in (None, '') for cell in row)
print(count)
