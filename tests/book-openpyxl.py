"""book-openpyxl FOLDER FILE...: what an independent reader finds.

Writes FOLDER/1, FOLDER/2 ... with the cells of each workbook as tests/bin/
book-cat prints them, without furigana and marks, or FOLDER/1.cannot with the
reason why openpyxl cannot read it.  Three things that openpyxl leaves undone
are done here: the Japanese built-in formats are dates (ECMA-376 part 1,
18.8.30), _x000D_ is a character, and seconds are rounded.
"""
import datetime
import decimal
import re
import sys
import warnings

import openpyxl
from openpyxl.styles import numbers
from openpyxl.utils import get_column_letter as letter

warnings.simplefilter("ignore")
for number in list(range(27, 37)) + list(range(50, 59)):
    numbers.BUILTIN_FORMATS[number] = "yyyy/m/d"
for number in 32, 33:
    numbers.BUILTIN_FORMATS[number] = "h:mm:ss"

HALF = datetime.timedelta(microseconds=500000)


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_",
                  lambda found: chr(int(found.group(1), 16)), text)


def cell(text):
    for plain, escaped in ("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), \
            ("\r", "\\r"):
        text = text.replace(plain, escaped)
    return text


def decimal_text(value):
    if value == int(value) and abs(value) < 2 ** 53:
        return str(int(value))
    text = "%.15G" % value
    if 1e-10 <= abs(value) < 1e-4:
        text = format(decimal.Decimal(text), "f")
    return text


def clock(seconds):
    return "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60,
                               seconds % 60)


def kind_and_text(found):
    value = found.value
    if isinstance(value, bool):
        return "bool", str(value).upper()
    if isinstance(value, (int, float)):
        return "number", decimal_text(value)
    if isinstance(value, datetime.datetime):
        text = (value + HALF).strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
        return "date", text.replace("T00:00:00", "")
    if isinstance(value, datetime.date):
        return "date", value.isoformat()
    if isinstance(value, datetime.time):
        return "time", clock(value.hour * 3600 + value.minute * 60 +
                             value.second + (value.microsecond >= 500000))
    if isinstance(value, datetime.timedelta):
        return "time", clock(int((value + HALF).total_seconds()))
    if found.data_type == "e":
        return "error", str(value)
    return "text", cell(unescape(str(value)))


def lines(path):
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for found in row:
                if found.value is None or found.value == "":
                    continue
                kind, text = kind_and_text(found)
                yield "%s\t%s%d\t%s\t%s\n" % (
                    cell(sheet.title), letter(found.column), found.row,
                    kind, text)


for number, path in enumerate(sys.argv[2:], 1):
    name = "%s/%d" % (sys.argv[1], number)
    try:
        text = "".join(lines(path))
    except Exception as reason:         # of any kind: it is theirs
        name += ".cannot"
        text = "%s: %s\n" % (type(reason).__name__, reason)
    with open(name, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
