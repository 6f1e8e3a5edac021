# forms-make.py: forms of one person each for 0259-forms.t.
import sys

import docx
import openpyxl
import xlwt

PEOPLE = [
    ('見本 太郎', 'ミホン タロウ', 'S60.4.1', '☑男 □女', '2021/8/10',
     '090-0000-0000', ('☑発熱', '□咳', '☑頭痛'), 'C-1'),
    ('見本 花子', 'ミホン ハナコ', '1990/5/6', '□男 ☑女', '8月11日',
     '090-0000-0001', ('□発熱', '☑咳', '□頭痛'), 'C-2'),
]


def xlsx(name, who):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet['B1'] = '積極的疫学調査票'
    for area in 'A3:B3', 'C3:E3', 'A4:B4', 'A6:B6', 'A7:B7':
        sheet.merge_cells(area)
    for place, text in (
            ('H1', who[7]), ('A3', '氏名'), ('C3', who[0]),
            ('F3', 'フリガナ'), ('G3', who[1]), ('A4', '生年月日'),
            ('C4', who[2]), ('F4', '性別'), ('G4', who[3]),
            ('A6', '発症日'), ('C6', who[4]), ('F6', '電話番号：'),
            ('G6', who[5]), ('A7', '症状'), ('C7', who[6][0]),
            ('D7', who[6][1]), ('E7', who[6][2])):
        sheet[place] = text
    book.save(name)


def xls(name, people):
    book = xlwt.Workbook()
    book.add_sheet('説明').write(0, 0, '書き方')
    for number, who in enumerate(people):
        sheet = book.add_sheet('%d人目' % (number + 1))
        for row, (label, text) in enumerate((
                ('氏名', who[0]), ('生年月日', who[2]), ('性別', who[3]))):
            sheet.write(row, 0, label)
            sheet.write(row, 1, text)
    book.save(name)


def word(name, day):
    document = docx.Document()
    document.add_paragraph('相談票')
    table = document.add_table(2, 4)
    for i, text in enumerate(('氏名', '見本 次郎', '性別', '男')):
        table.cell(0, i).text = text
    for i, text in enumerate(('生年月日', day, '電話', '048-000-0001')):
        table.cell(1, i).text = text
    document.add_paragraph('症状')
    table = document.add_table(2, 2)
    table.cell(0, 0).text = '発症日'
    table.cell(0, 1).text = '症状'
    table.cell(1, 0).text = '2021/8/9'
    table.cell(1, 1).text = '☑発熱\n□咳'
    document.save(name)


def main():
    for number in range(int(sys.argv[1])):
        like = PEOPLE[number % 2]
        # Born on days of their own: who was not would be near somebody.
        xlsx('many/%03d.xlsx' % number,
             ('見本 第%d' % number, like[1],
              '%d/%d/%d' % (1930 + number % 80, 1 + number % 12,
                            1 + number // 80 % 28), like[3], like[4],
              '090-%04d-%04d' % (number, number * 37 % 10000), like[6],
              'M-%d' % number))
    xlsx('a.xlsx', PEOPLE[0])
    xlsx('b.xlsx', PEOPLE[1])
    xls('c.xls', PEOPLE)
    word('d.docx', '1971-02-30')
    word('e.docx', '1971-02-28')
    book = openpyxl.Workbook()
    book.active['A1'] = '目次'
    book.save('none.xlsx')


main()
