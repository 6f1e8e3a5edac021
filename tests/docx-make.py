# docx-make.py: documents for 0256-docx.t, by python3-docx, and what it reads
# in them: random.docx and random.tsv, symptoms.docx.
import random

import docx

draw = random.Random(20210817)


def escape(text):
    return text.replace('\n', '\\n').replace('\t', '\\t')


def column(n):
    return chr(ord('A') + n)


def table(document, out, number):
    rows, cols = draw.randrange(1, 8), draw.randrange(1, 8)
    t = document.add_table(rows, cols)
    taken = set()
    for _ in range(draw.randrange(4)):
        top, left = draw.randrange(rows), draw.randrange(cols)
        bottom = draw.randrange(top, min(rows, top + 3))
        right = draw.randrange(left, min(cols, left + 3))
        area = {(r, c) for r in range(top, bottom + 1)
                for c in range(left, right + 1)}
        if area & taken or len(area) == 1:
            continue
        taken |= area
        t.cell(top, left).merge(t.cell(bottom, right))
    seen = {}
    for r in range(rows):
        for c in range(cols):
            cell = t.cell(r, c)
            if cell._tc not in seen:
                seen[cell._tc] = r, c
                cell.text = draw.choice(['', '氏名', 'a\nb', 'x\ty', '☑発熱',
                                         '2021/8/17', '山田　太郎'])
    for r in range(rows):
        cells = [t.cell(r, c) for c in range(cols)]
        own = [seen[cell._tc] == (r, c) for c, cell in enumerate(cells)]
        if not any(mine and cell.text.strip('\n')
                   for mine, cell in zip(own, cells)):
            continue
        for c, cell in enumerate(cells):
            if cell.text.strip('\n'):
                out.write('%s\t%s%d\ttext\t%s\t\t%s\n' % (
                    'table %d' % number, column(c), r + 1,
                    escape(cell.text.strip('\n')), '' if own[c] else 'm'))


def main():
    document = docx.Document()
    with open('random.tsv', 'w', encoding='utf-8') as out:
        for number in range(1, 101):
            table(document, out, number)
    document.save('random.docx')
    document = docx.Document()
    document.add_heading('健康観察票', 1)
    document.add_paragraph('')
    t = document.add_table(2, 2)
    t.cell(0, 0).text = '月日'
    t.cell(0, 1).text = '症状'
    t.cell(1, 0).text = '8/17'
    t.cell(1, 1).text = '発熱'
    document.add_paragraph('以上')
    document.save('symptoms.docx')
    document = docx.Document()
    document.add_paragraph('x')
    document.save('none.docx')


main()
