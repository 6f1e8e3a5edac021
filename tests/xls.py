# xls.py FILE: what python3-xlrd reads in an xls workbook, as book-cat prints
# it but for furigana.
import datetime
import math
import sys

import xlrd

KINDS = {1: 'text', 2: 'number', 3: 'date', 4: 'bool', 5: 'error'}
JAPANESE = set(range(27, 37)) | set(range(50, 59))


def number(value):
    if value == math.floor(value) and abs(value) < 2 ** 53:
        return '%d' % value
    size = abs(value)
    if 1e-10 <= size < 1e-4:
        text = '%.*f' % (14 - math.floor(math.log10(size)), value)
    else:
        text = '%.15G' % value
    return text if 'E' in text else text.rstrip('0').rstrip('.')


def is_date(book, cell):
    if cell.ctype == 3:
        return True
    # xlrd knows neither these nor years of eras.
    key = book.xf_list[cell.xf_index].format_key
    return key in JAPANESE or 'gge' in book.format_map[key].format_str


def date(book, value, code):
    if value < 0 or value >= 2958466 - (1462 if book.datemode else 0):
        return 'number', number(value)
    seconds = math.floor(value * 86400 + 0.5)
    day, second = divmod(seconds, 86400)
    clock = '%02d:%02d:%02d' % (second // 3600, second // 60 % 60,
                                second % 60)
    low = code.lower()
    if low.startswith(('[h', '[m', '[s')):
        return 'time', '%02d' % (seconds // 3600) + clock[2:]
    timed = 'y' not in low and 'd' not in low and 'h' in low
    if day == 0 and (second > 0 or timed):
        return 'time', clock
    if book.datemode:
        day = datetime.date(1904, 1, 1) + datetime.timedelta(day)
    elif day == 0:
        return 'number', number(value)
    elif day == 60:
        day = '1900-02-29'
    else:
        day = datetime.date(1899, 12, 31) + \
            datetime.timedelta(day - (day > 60))
    return 'date', str(day) + ('T' + clock if second else '')


def show(book, cell):
    kind = KINDS.get(cell.ctype)
    value = cell.value
    if kind is None or value == '':
        return None
    if kind == 'bool':
        return kind, 'TRUE' if value else 'FALSE'
    if kind == 'error':
        return kind, xlrd.error_text_from_code[value]
    if kind in ('number', 'date'):
        if is_date(book, cell):
            code = book.format_map[book.xf_list[cell.xf_index].format_key]
            return date(book, value, code.format_str or '')
        return 'number', number(value)
    return kind, value.replace('\0', '\ufffd')


def marks(sheet, row, col, merged):
    rows = sheet.rowinfo_map.get(row)
    cols = sheet.colinfo_map.get(col)
    return ''.join(letter for letter, true in (
        ('s', sheet.visibility), ('h', rows and rows.hidden),
        ('c', cols and cols.hidden), ('m', merged)) if true)


def escape(text):
    for sign, word in (('\\', '\\\\'), ('\n', '\\n'), ('\r', '\\r'),
                       ('\t', '\\t')):
        text = text.replace(sign, word)
    return text


def read(book, sheet):
    cells = {}
    for row in range(sheet.nrows):
        for col in range(sheet.row_len(row)):
            shown = show(book, sheet.cell(row, col))
            if shown:
                cells[row, col] = shown, False
    rows = {row for row, col in cells}
    for top, bottom, left, right in sheet.merged_cells:
        first = cells.get((top, left))
        for row in range(top, bottom):
            for col in range(left, right):
                if (row, col) == (top, left) or row not in rows:
                    continue
                if first:
                    cells[row, col] = first[0], True
                else:
                    cells.pop((row, col), None)
    return cells


def main():
    book = xlrd.open_workbook(sys.argv[1], formatting_info=True,
                              logfile=sys.stderr)
    for sheet in book.sheets():
        for (row, col), (what, merged) in sorted(read(book, sheet).items()):
            print('%s\t%s\t%s\t%s\t%s' % (
                escape(sheet.name), xlrd.cellname(row, col), what[0],
                escape(what[1]), marks(sheet, row, col, merged)))


main()
