# xls-make.py: workbooks for 0254-xls.t, by python3-xlwt, and by hand what it
# cannot make.
import struct

import xlwt
from xlwt.CompoundDoc import XlsDoc


def sample():
    book = xlwt.Workbook()
    sheet = book.add_sheet('陽性者一覧')
    names = book._Workbook__styles._num_formats
    formats = ['General', '0', '[Red]#,##0', 'yyyy/m/d', 'm"月"d"日"',
               '[$-411]ge.m.d', 'ggge"年"', 'yyyy/m/d h:mm', 'h:mm',
               '[h]:mm', '0.0E+00']
    for number in (27, 31, 33, 36, 50, 56, 58):
        names['built in %d' % number] = number
        formats.append('built in %d' % number)
    for row, code in enumerate(formats):
        style = xlwt.XFStyle()
        style.num_format_str = code
        sheet.write(row, 0, code)
        sheet.write(row, 1, 44425.5, style)
        sheet.write(row, 2, 44425, style)
    sheet.row(4).hidden = True
    sheet.col(2).hidden = True
    cells = book.add_sheet('cells')
    cells.visibility = 1
    for row, value in enumerate(['001', '①㈱髙𠮷', 'a\nb\tc', True, False, 0,
                                 -0.5, 0.1 + 0.2, 1e15, 1e-5, 12345678901,
                                 '', '＝A1']):
        cells.write(row, 0, value)
    cells.row(20).set_cell_error(0, 0x2a)
    cells.row(20).set_cell_error(1, 0x07)
    cells.write_merge(30, 32, 0, 1, '保健所')
    cells.write(31, 2, 'x')
    cells.write(32, 2, 'y')
    book.save('sample.xls')


def record(kind, body):
    return struct.pack('<HH', kind, len(body)) + body


def stream(version, globals_, cells):
    bof = struct.pack('<HHHH', version, 5, 0, 0)
    name = b'\x82\xa0'
    if version == 0x600:
        name = b'A'
        title = bytes([1, 0]) + name
    else:
        title = bytes([len(name)]) + name
    before = record(0x809, bof) + globals_
    place = len(before) + 4 + 6 + len(title) + 4
    before += record(0x85, struct.pack('<IBB', place, 0, 0) + title)
    before += record(0x0a, b'')
    assert len(before) == place
    bof = struct.pack('<HHHH', version, 0x10, 0, 0)
    return before + record(0x809, bof) + cells + record(0x0a, b'')


def save(name, data):
    XlsDoc().save(name, data)


def label(row, col, text):
    return record(0x204, struct.pack('<HHHH', row, col, 0, len(text)) + text)


def by_hand():
    text = '①㈱髙～ｱ'.encode('cp932')
    cells = label(1, 1, text) + label(0, 0, b'late')
    cells += label(1, 1, text + b'!')   # the later one holds
    save('cp932.xls', stream(0x500, record(0x42, struct.pack('<H', 932)),
                             cells))
    save('western.xls', stream(0x500, record(0x42, struct.pack('<H', 1252)),
                               label(0, 0, b'Caf\xe9 \x80')))
    save('cyrillic.xls', stream(0x500, record(0x42, struct.pack('<H', 1251)),
                                label(0, 0, b'\xcf\xf0')))
    save('locked.xls', stream(0x600, record(0x2f, b'\0' * 6), b''))
    save('excel4.xls', record(0x409, b'\0\0\x10\0\0\0') + b'\0' * 600)
    open('raw4.xls', 'wb').write(record(0x409, b'\0\0\x10\0\0\0'))
    # Furigana: 山 is read ヤマ, 太郎 is タロウ, the space between stays.
    name, kana = '山　太郎', 'ヤマタロウ'
    runs = struct.pack('<6H', 0, 0, 1, 2, 2, 2)
    extra = struct.pack('<HHHHHHH', 1, 10 + len(kana) * 2 + len(runs), 0, 0,
                        2, len(kana), len(kana))
    extra += kana.encode('utf-16le') + runs
    string = struct.pack('<HBI', len(name), 5, len(extra))
    string += name.encode('utf-16le')
    # Cut within the name: the rest in a CONTINUE record of 16 bits each.
    sst = record(0xfc, struct.pack('<II', 2, 2) + string[:11])
    sst += record(0x3c, b'\x01' + string[11:] + extra + b'\x02\x00\x00ab')
    cells = record(0xfd, struct.pack('<HHHI', 0, 0, 0, 0))
    cells += record(0xfd, struct.pack('<HHHI', 0, 1, 0, 1))
    save('kana.xls', stream(0x600, sst, cells))
    save('nostring.xls', stream(
        0x600, sst, record(0xfd, struct.pack('<HHHI', 0, 0, 0, 2))))
    save('noend.xls', stream(0x600, b'', b'')[:-4])
    save('long.xls', stream(0x600, b'', record(
        0x204, struct.pack('<HHHHB', 6, 0, 0, 5000, 0) + b'x' * 5000)))
    text = struct.pack('<HHHHB', 6, 0, 0, 60000, 1)
    text += '山'.encode('utf-16le') * 4000
    cells = record(0x204, text)
    for left in range(56000, 0, -4000):
        cells += record(0x3c, b'\x01' + '山'.encode('utf-16le')
                        * min(left, 4000))
    save('toolong.xls', stream(0x600, b'', cells))


def loop():
    data = bytearray(open('sample.xls', 'rb').read())
    fat = struct.unpack_from('<I', data, 76)[0]
    start = (fat + 1) * 512
    for sector in range(128):
        entry = struct.unpack_from('<I', data, start + sector * 4)[0]
        if entry < 0xfffffff0:
            struct.pack_into('<I', data, start + sector * 4, sector)
    open('loop.xls', 'wb').write(data)
    data = bytearray(open('sample.xls', 'rb').read())
    struct.pack_into('<III', data, 68, 3, 0xffffff, 0)
    struct.pack_into('<I', data, (3 + 1) * 512 + 508, 3)
    open('listloop.xls', 'wb').write(data)


sample()
by_hand()
loop()
