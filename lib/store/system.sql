-- What the catalogue does not describe: counters, runs, the change log.

-- Whose records these are.  A file of SQLite holds one office.
CREATE TABLE office (
	code	INTEGER PRIMARY KEY,	-- 全国地方公共団体コード, as 112038
	created_at	TEXT NOT NULL
) STRICT;

-- The next number of an entity's ids: id = office * 10^9 + number.
CREATE TABLE counter (
	office	INTEGER NOT NULL,
	entity	TEXT NOT NULL,		-- or 'run', 'change'
	next	INTEGER NOT NULL,
	PRIMARY KEY (office, entity)
) STRICT, WITHOUT ROWID;

-- One committed unit of writing: who did what when.  The hash covers this
-- row, the digests of its change rows and the hash of the run before, so
-- that an office's runs are one chain in the order of their ids.
CREATE TABLE run (
	id	INTEGER PRIMARY KEY,
	office	INTEGER NOT NULL,
	at	TEXT NOT NULL,		-- instant of the commit, in ms
	login	TEXT NOT NULL,		-- who
	program	TEXT NOT NULL,
	version	TEXT NOT NULL,
	options	TEXT,			-- names of options, never values
	note	TEXT,			-- what it was, in words
	process	TEXT NOT NULL,		-- same for all runs of one process
	undoes	INTEGER,		-- the run that this one takes back
	changes	INTEGER NOT NULL,	-- number of change rows
	hash	BLOB NOT NULL
) STRICT;
CREATE INDEX run_at ON run (office, at);

-- What a run did to one record.  Retention may empty "fields" and "salt";
-- the digest stays and keeps the chain whole.
CREATE TABLE change (
	id	INTEGER PRIMARY KEY,
	office	INTEGER NOT NULL,
	run	INTEGER NOT NULL,
	entity	TEXT NOT NULL,
	record	INTEGER NOT NULL,
	operation	TEXT NOT NULL	-- IN (...) would make a table a row
		CHECK (operation = 'insert' OR operation = 'update'
		OR operation = 'delete'),
	revision	INTEGER NOT NULL,	-- of the record afterwards
	fields	TEXT,			-- JSON: {"name": [old, new], ...}
	salt	BLOB,
	digest	BLOB NOT NULL		-- keyed by the salt, of all above
) STRICT;
CREATE INDEX change_record ON change (entity, record);
CREATE INDEX change_run ON change (run);

-- What each record can be found by (store/index.h).  The ids grow with each
-- change of a record's keys and are never used again.
CREATE TABLE search_key (
	id	INTEGER PRIMARY KEY,
	office	INTEGER NOT NULL,
	entity	TEXT NOT NULL,
	record	INTEGER NOT NULL,
	person	INTEGER,		-- whom it leads to
	keys	TEXT NOT NULL		-- lines: a letter, the folded text
) STRICT;
CREATE INDEX search_key_record ON search_key (entity, record);

-- How far search_gram has been fed, and the last id given out.
CREATE TABLE search_mark (
	office	INTEGER PRIMARY KEY,
	fed	INTEGER NOT NULL,
	last	INTEGER NOT NULL
) STRICT;

-- The pieces of the keys, a column for each class, of the rows up to the mark.
CREATE VIRTUAL TABLE search_gram USING fts5 (
	name, kana, phone, facility, number, address, note, romaji, sound,
	content = '', columnsize = 0, tokenize = 'ascii'
);

-- By which hashes records are found by their names (store/namekey.h).
CREATE TABLE name_key (
	office	INTEGER NOT NULL,
	hash	INTEGER NOT NULL,	-- of a name's letters or its sound
	record	INTEGER NOT NULL,
	day	INTEGER,		-- a person's birth, as base/date.h counts
	PRIMARY KEY (office, hash, record)
) STRICT, WITHOUT ROWID;
