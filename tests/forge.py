"""forge.py SOUND FORGED SEED: a copy of the database with its change log
tampered with past the programs, in a way that SEED chooses; prints which.

The forger knows how digests and hashes are made (lib/store/run.c) and can
make them again: for a row, for its run, or for the whole chain after it.
"""
import hashlib
import random
import shutil
import sqlite3
import sys

CHANGE = 'id run entity record operation revision fields'.split()
RUN = 'id at login program version options note process'.split()


def part(value):
    return b'\1\0' if value is None else str(value).encode() + b'\0'


def digest(row):
    made = hashlib.blake2b(digest_size=32, key=row['salt'])
    for name in CHANGE:
        made.update(part(row[name]))
    return made.digest()


def run_hash(db, run, before):
    digests = hashlib.blake2b(digest_size=32)
    for row in db.execute('SELECT digest FROM change WHERE run = ?'
                          ' ORDER BY id', (run['id'],)):
        digests.update(row['digest'] or b'')
    made = hashlib.blake2b(before or b'', digest_size=32)
    for name in RUN:
        made.update(part(run[name]))
    made.update(part(run['undoes'] or 0) + part(run['changes']))
    made.update(digests.digest())
    return made.digest()


def runs(db):
    return list(db.execute('SELECT * FROM run ORDER BY id'))


def check_forger(db):
    """Before anything is forged: does it reckon as hc does?"""
    before = None
    for row in db.execute('SELECT * FROM change ORDER BY id LIMIT 50'):
        assert digest(row) == row['digest'], row['id']
    for run in runs(db):
        assert run_hash(db, run, before) == run['hash'], run['id']
        before = run['hash']


def flip(text):
    at = random.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1:]


def change_row(db):
    """Something that staff did, not the first run's definitions."""
    return random.choice(list(db.execute(
        'SELECT * FROM change WHERE run > (SELECT min(id) FROM run)'
        ' AND fields IS NOT NULL')))


def set_change(db, row, name, value):
    db.execute(f'UPDATE change SET {name} = ? WHERE id = ?',
               (value, row['id']))


def flip_change(db):
    row = change_row(db)
    name = random.choice(('fields', 'entity', 'operation', 'record',
                          'revision', 'salt', 'digest'))
    old = row[name]
    if name in ('salt', 'digest'):
        at = random.randrange(len(old))
        new = old[:at] + bytes([old[at] ^ 1 << random.randrange(8)]) + \
            old[at + 1:]
    elif name == 'operation':
        new = random.choice([o for o in ('insert', 'update', 'delete')
                             if o != old])
    elif isinstance(old, int):
        new = old + random.randrange(1, 9)
    else:
        new = flip(old)
    set_change(db, row, name, new)
    return row, name


def flip_run(db):
    run = random.choice(runs(db))
    name = random.choice(('at', 'login', 'program', 'version', 'note',
                          'options', 'changes', 'hash'))
    old = run[name]
    new = random.randbytes(32) if name == 'hash' else \
        old + 1 if name == 'changes' else flip(old) if old else 'x'
    db.execute(f'UPDATE run SET {name} = ? WHERE id = ?', (new, run['id']))
    return run, name


def swap(db):
    a, b = change_row(db), change_row(db)
    while a['fields'] == b['fields']:
        b = change_row(db)
    names = random.choice((('fields',), ('fields', 'digest', 'salt'),
                           ('record', 'entity'), ('run',)))
    if all(a[n] == b[n] for n in names):
        names = ('fields',)
    for name in names:
        set_change(db, a, name, b[name])
        set_change(db, b, name, a[name])
    return a, '/'.join(names)


def delete(db):
    if random.random() < .3:
        run = random.choice(runs(db)[:-1])
        db.execute('DELETE FROM change WHERE run = ?', (run['id'],))
        db.execute('DELETE FROM run WHERE id = ?', (run['id'],))
        return run, 'run'
    row = change_row(db)
    db.execute('DELETE FROM change WHERE id = ?', (row['id'],))
    return row, 'change'


def again(db, table, row):
    return db.execute(f'SELECT * FROM {table} WHERE id = ?',
                      (row['id'],)).fetchone()


def forge_digest(db):
    """The value is another, and its digest fits it."""
    row = change_row(db)
    set_change(db, row, 'fields', flip(row['fields']))
    set_change(db, row, 'digest', digest(again(db, 'change', row)))
    return row, 'fields'


def forge_hash(db, to_the_end=False):
    """... and the hash of its run fits as well, or all hashes after it."""
    row, name = forge_digest(db)
    chain = runs(db)
    while not to_the_end and row['run'] == chain[-1]['id']:
        row, name = forge_digest(db)
    before = None
    for run in chain:
        if run['id'] >= row['run'] and \
                (to_the_end or run['id'] == row['run']):
            made = run_hash(db, run, before)
            db.execute('UPDATE run SET hash = ? WHERE id = ?',
                       (made, run['id']))
            before = made
        else:
            before = run['hash']
    return row, name


def forge_chain(db):
    return forge_hash(db, to_the_end=True)


def cut_tail(db):
    last = runs(db)[-random.randrange(1, 5)]
    db.execute('DELETE FROM change WHERE run >= ?', (last['id'],))
    db.execute('DELETE FROM run WHERE id >= ?', (last['id'],))
    for name in ('run', 'change'):
        db.execute('UPDATE counter SET next = (SELECT max(id) % 1000000000'
                   f' + 1 FROM {name}) WHERE entity = ?', (name,))
    return last, 'tail'


# The last two need a head that was noted elsewhere.
WAYS = (flip_change, flip_change, flip_run, swap, delete, forge_digest,
        forge_hash, forge_chain, cut_tail)


def main():
    sound, forged, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
    random.seed(seed)
    shutil.copyfile(sound, forged)
    db = sqlite3.connect(forged, isolation_level=None)
    db.execute('PRAGMA foreign_keys = OFF')
    db.execute('PRAGMA synchronous = OFF')
    db.execute('BEGIN')
    db.row_factory = sqlite3.Row
    if seed < len(WAYS):
        check_forger(db)
    triggers = list(db.execute("SELECT name, sql FROM sqlite_master"
                               " WHERE type = 'trigger'"))
    for trigger in triggers:
        db.execute(f'DROP TRIGGER "{trigger["name"]}"')
    way = WAYS[seed % len(WAYS)]
    row, what = way(db)
    for trigger in triggers:
        db.execute(trigger['sql'])
    db.execute('COMMIT')
    print(way.__name__, row['id'] % 10**9, what)


main()
