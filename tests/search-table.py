"""The table of queries of tests/0357-search-recall.t, and what it shows.

search-table.py make NAMES: from the lists of names in that folder write an
office (facility.tsv, person.tsv, phone.tsv, episode.tsv) and queries.tsv:
kind, text, the numbers of those who must be found, and of those who may.
What fits is reckoned here from the lists, not by hc.

search-table.py ask QUERIES EVERY: print for each EVERYth line its number and
whom hc-search finds.

search-table.py show QUERIES FOUND: from that, print for each kind the
queries, recall and precision; exit 1 where the kinds that are exact
do not find all, or the near ones less than 95 % in the first ten.
"""
import csv
import random
import re
import subprocess
import sys
import unicodedata

NEAR = ('long vowel', 'voiced', 'small kana', 'romaji spelling', 'l and r')
TEN = 10
random.seed(4)


def katakana(text):
    return ''.join(chr(ord(c) + 96) if 'ぁ' <= c <= 'ゖ' else c
                   for c in text)


def half_width(text):
    table = {}
    for code in range(0xff66, 0xff9e):
        table[unicodedata.normalize('NFKC', chr(code))] = chr(code)
        for mark in 'ﾞﾟ':
            one = unicodedata.normalize('NFKC', chr(code) + mark)
            if len(one) == 1:
                table[one] = chr(code) + mark
    return ''.join(table.get(c, c) for c in katakana(text))


VARIANTS = dict(zip('髙﨑嵜邊邉齋斉齊澤濱廣國櫻眞', '高崎崎辺辺斎斎斎沢浜広国桜真'))


def fold(text):
    """What people take for the same, written plainly."""
    text = unicodedata.normalize('NFKD', text).lower()
    text = ''.join(c for c in text if not '\u0300' <= c <= '\u036f')
    text = unicodedata.normalize('NFC', text).replace('đ', 'd')
    return ''.join(VARIANTS.get(c, c) for c in katakana(text)
                   if not c.isspace() and c not in '・-－,')


def latin(text):
    """Romaji of any spelling, long vowels or not."""
    text = fold(text)
    for a, b in (('shi', 'si'), ('chi', 'ti'), ('tsu', 'tu'), ('fu', 'hu'),
                 ('ji', 'zi'), ('sh', 'sy'), ('ch', 'ty'), ('j', 'zy'),
                 ('ou', 'o'), ('oo', 'o'), ('oh', 'o'), ('uu', 'u')):
        text = text.replace(a, b)
    return text


class Office:
    def __init__(self, names):
        self.names = names
        self.families = self.rows('people/last_name_org.csv')
        self.given = []
        for row in self.rows('people/first_name_woman_org.csv') + \
                self.rows('people/first_name_man_org.csv'):
            self.given += [(kanji, row[0], row[1]) for kanji in row[2:5]]
        random.shuffle(self.given)
        self.people = []
        self.make_facilities()
        self.make_people()

    def rows(self, name):
        with open(f'{self.names}/{name}', encoding='utf-8') as file:
            return [row for row in csv.reader(file)]

    def make_facilities(self):
        rows = self.rows('facilities/hokkaido_hospitals_2015.csv')[1:]
        forms = ('医療法人社団', '医療法人', '独立行政法人', '社会福祉法人')
        seen = {}
        for row in rows:
            name = row[2].replace('\n', '')
            for form in forms:
                name = name.replace(form, '')
            seen.setdefault(name, row[6])
        self.facilities = [
            {'name': f'{forms[i % 4]}　{name}', 'core': name,
             'number': f'011-000-{i:04}', 'address': address}
            for i, (name, address) in enumerate(list(seen.items())[:120])]

    def towns(self):
        with open(f'{self.names}/people/gimei_addresses.yml',
                  encoding='utf-8') as file:
            text = file.read().split('  town:')[1]
        return re.findall(r"- \['([^']+)'", text)

    def add(self, name, kana='', romaji='', **more):
        n = len(self.people)
        town = self.town[n % len(self.town)]
        person = {'id': n + 1, 'name': name, 'kana': kana, 'romaji': romaji,
                  'words': [romaji],
                  'address': f'みどり市{town}{n % 9 + 1}-{n % 17 + 1}',
                  'town': town, 'household': f'H{n // 2}',
                  'phones': [f'0{90 - n % 3 * 10}-{random.randint(0, 9999):04}'
                             f'-{random.randint(0, 9999):04}'],
                  'work': n % 5 * 24 + n // 5 % 24 if n % 3 == 0 else None,
                  'number': str(20000 + n)}
        if n % 4 == 0:
            person['phones'].append(f'048-000-{random.randint(0, 9999):04}')
        person.update(more)
        self.people.append(person)
        return person

    def make_people(self):
        self.town = self.towns()
        for i in range(1600):
            family = self.families[(i * 7) % len(self.families)]
            given = self.given[i]
            self.add(f'{family[0]}　{given[0]}',
                     f'{katakana(family[2])}　{katakana(given[1])}',
                     f'{family[3]} {given[2]}', family=family, given=given,
                     words=[family[3], given[2]])
        for family in ('高髙', '崎﨑嵜', '辺邊邉', '斎齋斉齊', '沢澤', '浜濱',
                       '広廣', '国國', '桜櫻', '真眞'):
            for c in family:
                self.add(f'架{c}空　一', group=family)
        for name in ('Nguyễn Thị Hương', 'Trần Văn Đức', 'Lê Hoàng Phúc',
                     'José García', 'Zoë Müller', 'Łukasz Nowak',
                     'Ram Bahadur Thapa', 'Maria Clara Santos',
                     'Wang Xiaoming', 'Kim Minjun'):
            self.add(name, romaji=name, words=name.split(), foreign=True)
        for name in ('ヴィクトル・イワノフ', 'ガブリエル・シルバ',
                     'ヴァレンティナ', 'ローラ・ライト'):
            self.add(name, katakana(name), foreign=True)
        for pair in self.pairs():
            self.add(f'非{pair[0]}字　一', pair=pair)

    def pairs(self):
        """Characters that look alike and are different."""
        found = []
        with open(f'{self.names}/variants/non-cognates.txt',
                  encoding='utf-8') as file:
            for line in file:
                a, _, b = (line.strip() + ',,').split(',')[:3]
                if len(a) == len(b) == 1 and '一' <= a <= '龥' and \
                        '一' <= b <= '龥':
                    found.append(a + b)
        return random.sample(found, 40)

    # What a person is found by.

    def texts(self, p):
        texts = [p['name'], p['kana'], p['address']]
        if p['work'] is not None:
            texts.append(self.facilities[p['work']]['name'])
            texts.append(self.facilities[p['work']]['address'])
        return [fold(t) for t in texts if t]

    def digits(self, p):
        numbers = list(p['phones'])
        for other in self.people:
            if other['household'] == p['household']:
                numbers += other['phones']
        if p['work'] is not None:
            numbers.append(self.facilities[p['work']]['number'])
        return [re.sub(r'\D', '', n) for n in numbers]

    def ids(self, fits):
        return [p['id'] for p in self.people if fits(p)]

    def with_text(self, text):
        key = fold(text)
        return self.ids(lambda p: any(key in t for t in p['texts']))

    def with_word(self, text, field):
        """Within one word of the field, so that no border is crossed."""
        key = fold(text)
        return self.ids(lambda p: any(
            key in fold(word) for word in p[field].split('　')))

    def with_latin(self, text):
        key = latin(text)
        return self.ids(lambda p: key in latin(p['romaji']) or
                        any(key in latin(t) for t in p['texts']))

    def with_digits(self, text):
        key = re.sub(r'\D', '', unicodedata.normalize('NFKC', text))
        return self.ids(lambda p: any(key in d for d in p['digits']))

    def with_number(self, text):
        return self.ids(lambda p: text in p['number'])


class Table:
    def __init__(self, office):
        self.o = office
        self.file = open('queries.tsv', 'w', encoding='utf-8')
        for p in office.people:
            p['texts'] = office.texts(p)
            p['digits'] = office.digits(p)

    def put(self, kind, text, must, may=None):
        may = sorted(set(must) | set(may or []))
        self.file.write(f'{kind}\t{text}\t'
                        f'{" ".join(map(str, must))}\t'
                        f'{" ".join(map(str, may))}\n')

    def japanese(self, n, start):
        people = [p for p in self.o.people if 'family' in p]
        return people[start::len(people) // n][:n]

    def names(self):
        o = self.o
        for p in self.japanese(20, 1):
            full = p['name']
            self.put('kanji, full', full, o.with_word(full.replace('　', ''),
                     'joined'), o.with_text(full))
            self.put('kanji, family', p['family'][0],
                     o.with_word(p['family'][0], 'name'),
                     o.with_text(p['family'][0]))
        for p in self.japanese(20, 3):
            family, given = p['name'].split('　')
            self.put('order', f'{given} {family}', [p['id']],
                     o.with_text(p['name']))
        for p in self.japanese(20, 5):
            kana = ''.join(p['family'][2] + p['given'][1])
            same = o.with_word(kana, 'joined_kana')
            self.put('hiragana', kana, same, o.with_text(kana))
            self.put('katakana', katakana(kana), same, o.with_text(kana))
            self.put('half-width', half_width(kana), same, o.with_text(kana))
            text = p['family'][2]
            self.put('kana, family', text, o.with_word(text, 'kana'),
                     o.with_text(text))
        for p in self.japanese(20, 7):
            # One reading may have several spellings: only one's own is sure.
            family, given = p['words']
            may = o.with_latin(family + given)
            self.put('romaji', f'{family} {given}', [p['id']], may)
            self.put('romaji', f'{given.capitalize()} {family.upper()}',
                     [p['id']], may)
            self.put('field', f'kana:{p["kana"].split("　")[0]}', [p['id']],
                     o.with_text(p['kana'].split('　')[0]))
        for p in self.japanese(20, 9):
            self.put('family and town', f'{p["family"][2]} {p["town"]}',
                     [p['id']], [q for q in o.with_text(p['family'][2])
                                 if q in o.with_text(p['town'])])

    def characters(self):
        o = self.o
        for p in o.people:
            if 'group' in p:
                text = p['name'].split('　')[0]
                self.put('variant', text, o.ids(
                    lambda q: q.get('group') == p['group']))
            if 'pair' in p:
                self.put('another character', f'非{p["pair"][1]}字', [],
                         o.with_text(f'非{p["pair"][1]}字'))
        for p in self.japanese(40, 11):
            c = p['name'][0]
            if '一' <= c <= '龥':
                self.put('one kanji', c, o.with_text(c))

    def foreign(self):
        o = self.o
        for p in o.people:
            if 'foreign' not in p or not p['romaji']:
                continue
            plain = unicodedata.normalize('NFKD', p['name'])
            plain = ''.join(c for c in plain if not '\u0300' <= c <= '\u036f')
            plain = plain.replace('đ', 'd').replace('Đ', 'D')
            plain = plain.replace('Ł', 'L')
            turned = ' '.join(reversed(plain.split()))
            for text in (p['name'], p['name'].upper(), plain.lower(),
                         turned, plain.split()[0]):
                self.put('accents', text, [p['id']], o.with_latin(text))

    def numbers(self):
        o = self.o
        for p in self.japanese(16, 13):
            plain = re.sub(r'\D', '', p['phones'][0])
            wide = p['phones'][0].translate(
                {ord(str(i)): chr(0xff10 + i) for i in range(10)} |
                {ord('-'): '－'})
            for text in (p['phones'][0], plain, wide, plain[-4:],
                         f'phone:{plain[4:7]}', plain[3:9],
                         f'+81-{p["phones"][0][1:]}'):
                key = '0' + re.sub(r'\D', '', text)[2:] \
                    if text.startswith('+81') else text
                self.put('telephone', text, o.with_digits(key),
                         o.with_number(text))
            self.put('list number', p['number'], [p['id']],
                     o.with_digits(p['number']))

    def places(self):
        o = self.o
        for i in range(0, 48, 2):
            core = o.facilities[i]['core']
            for text in (f'facility:{core}', f'facility:医療法人財団{core}',
                         f'facility:{core[:3]}'):
                key = core[:3] if text.endswith(core[:3]) else core
                who = o.ids(lambda p: p['work'] is not None and
                            fold(key) in fold(o.facilities[p['work']]['name']))
                if who:
                    self.put('facility', text, who)
        for p in self.japanese(20, 15):
            self.put('address', f'address:{p["town"]}', o.ids(
                lambda q: fold(p['town']) in fold(q['address'])),
                o.with_text(p['town']))

    def near(self, kind, change, n=20):
        """A full reading as it is misheard: its own person in the first ten.
        """
        made = 0
        for p in self.o.people[17::3]:
            if 'family' not in p or made == n:
                continue
            heard = change(p)
            if heard and heard != p['kana']:
                self.put(kind, heard, [p['id']])
                made += 1

    def misheard(self):
        def swap(pairs, use=0):
            def change(p):
                text = p['family'][2] + ' ' + p['given'][1]
                for a, b in pairs:
                    if a in text:
                        return text.replace(a, b, 1)
                return None
            return change

        self.near('long vowel', swap((('おう', 'お'), ('こう', 'こ'),
                  ('とう', 'と'), ('ゆう', 'ゆ'), ('ょう', 'ょ'),
                  ('おお', 'お'))))
        self.near('voiced', swap((('か', 'が'), ('さ', 'ざ'), ('た', 'だ'),
                  ('だ', 'た'), ('ざ', 'さ'), ('ば', 'は'))))
        self.near('small kana', swap((('じ', 'ぢ'), ('ず', 'づ'),
                  ('ゅ', 'ゆ'), ('ょ', 'よ'))))

        def passport(p):
            text = ' '.join(p['words'])
            return re.sub(r'ou|oo', 'o', text) if re.search('ou|oo', text) \
                else None
        self.near('romaji spelling', passport)

        def lr(p):
            text = ' '.join(p['words'])
            return text.replace('r', 'l', 1) if 'r' in text else None
        self.near('l and r', lr)
        for text, name in (('ビクトル', 'ヴィクトル・イワノフ'),
                           ('バレンティナ', 'ヴァレンティナ'),
                           ('Gaburieru Siruva', 'ガブリエル・シルバ')):
            p = [p for p in self.o.people if p['name'] == name][0]
            self.put('voiced', text, [p['id']])


def write(name, columns, rows):
    with open(name, 'w', encoding='utf-8') as file:
        file.write('\t'.join(columns) + '\n')
        for row in rows:
            file.write('\t'.join(str(v) for v in row) + '\n')


def make(names):
    office = Office(names)
    for p in office.people:
        p['joined'] = p['name'].replace('　', '')
        p['joined_kana'] = p['kana'].replace('　', '')
    write('facility.tsv', ('name', 'kind', 'phone', 'address'),
          [(f['name'], 'hospital', f['number'], f['address'])
           for f in office.facilities])
    write('person.tsv', ('name', 'kana', 'household', 'address', 'workplace'),
          [(p['name'], p['kana'], p['household'], p['address'],
            '' if p['work'] is None else p['work'] + 1)
           for p in office.people])
    write('phone.tsv', ('person', 'number'),
          [(p['id'], n) for p in office.people for n in p['phones']])
    write('episode.tsv', ('person', 'kind', 'number'),
          [(p['id'], 'case', p['number']) for p in office.people])
    table = Table(office)
    table.names()
    table.characters()
    table.foreign()
    table.numbers()
    table.places()
    table.misheard()
    table.file.close()
    # For "each piece of each number", and "each kanji".
    pieces, kanji = {}, {}
    for p in office.people:
        for n in p['phones']:
            d = re.sub(r'\D', '', n)
            for i in range(len(d) - 2):
                pieces.setdefault(d[i:i + 3], set()).add(p['id'])
        for c in p['name']:
            if '一' <= c <= '龥':
                kanji.setdefault(VARIANTS.get(c, c), set()).add(p['id'])
    for name, table in (('pieces.tsv', pieces), ('kanji.tsv', kanji)):
        with open(name, 'w', encoding='utf-8') as file:
            for key in sorted(table):
                file.write(f'one\t{key}\t'
                           f'{" ".join(map(str, sorted(table[key])))}\t\n')


def ask(queries, every):
    """Whom hc-search finds, by the number of the line; near ones with ~."""
    for n, line in enumerate(open(queries, encoding='utf-8')):
        if n % every:
            continue
        out = subprocess.run(('hc-search', '-q', '-l', '0', '--',
                              line.split('\t')[1]), stdout=subprocess.PIPE,
                             stdin=subprocess.DEVNULL, check=False).stdout
        rows = [r.split('\t') for r in out.decode().splitlines()[1:]]
        print(n, ' '.join(('~' if r[-1] == 'near' else '') +
                          str(int(r[0]) % 10**9) for r in rows), sep='\t')


class Score:
    def __init__(self):
        self.queries = self.wanted = self.got = 0
        self.found = self.right = 0


def show(queries, found):
    rows = [line.rstrip('\n').split('\t')
            for line in open(queries, encoding='utf-8')]
    scores, bad = {}, False
    for line in open(found, encoding='utf-8'):
        n, answer = line.rstrip('\n').split('\t')
        kind, text, must, may = rows[int(n)]
        must, may = set(must.split()), set(may.split())
        score = scores.setdefault(kind, Score())
        answer = answer.split()
        if kind in NEAR:
            seen = {a.lstrip('~') for a in answer[:TEN]}
        else:
            seen = {a for a in answer if not a.startswith('~')}
            score.found += len(seen)
            score.right += len(seen & may)
        score.queries += 1
        score.wanted += len(must)
        score.got += len(must & seen)
        missed = must - seen
        wrong = seen - may if kind not in NEAR else set()
        if missed or wrong:
            print(f'# {kind}: {text}: missed {sorted(missed)[:5]}'
                  f' wrong {sorted(wrong)[:5]}', file=sys.stderr)
    print(f'{"kind":20} {"queries":>7} {"recall":>8} {"precision":>9}')
    for kind in scores:
        s = scores[kind]
        recall = s.got / s.wanted if s.wanted else 1
        precision = s.right / s.found if s.found else 1
        print(f'{kind:20} {s.queries:7} {100 * recall:7.1f}% ' +
              ('' if kind in NEAR else f'{100 * precision:8.1f}%'))
        bad = bad or recall < (.95 if kind in NEAR else 1) or \
            precision < .99
    print(f'{"all":20} {sum(s.queries for s in scores.values()):7}')
    return bad


if __name__ == '__main__':
    if sys.argv[1] == 'make':
        make(sys.argv[2])
    elif sys.argv[1] == 'ask':
        ask(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(show(sys.argv[2], sys.argv[3]))
