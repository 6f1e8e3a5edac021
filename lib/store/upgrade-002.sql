-- Runs are looked up by their time: histories of a day, records as of then.
CREATE INDEX run_at ON run (office, at);

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

-- Their columns have another order now.
DROP INDEX IF EXISTS index_invitation_episode_purpose_day_slot;
DROP INDEX IF EXISTS index_message_episode_purpose_day_slot;

-- Also looked up by the number alone.
DROP INDEX IF EXISTS index_source_key_source_key_entity;

-- Indexes that others hold now.
DROP INDEX IF EXISTS index_episode_status_kind;
DROP INDEX IF EXISTS index_person_birth_date;
DROP INDEX IF EXISTS index_phone_digits;
DROP INDEX IF EXISTS index_observation_episode;
DROP INDEX IF EXISTS index_call_episode;

-- Its CHECK was written with IN (...), for which SQLite made a table a row.
CREATE TABLE change_2 (
	id	INTEGER PRIMARY KEY,
	office	INTEGER NOT NULL,
	run	INTEGER NOT NULL,
	entity	TEXT NOT NULL,
	record	INTEGER NOT NULL,
	operation	TEXT NOT NULL
		CHECK (operation = 'insert' OR operation = 'update'
		OR operation = 'delete'),
	revision	INTEGER NOT NULL,	-- of the record afterwards
	fields	TEXT,			-- JSON: {"name": [old, new], ...}
	salt	BLOB,
	digest	BLOB NOT NULL		-- keyed by the salt, of all above
) STRICT;
INSERT INTO change_2 SELECT id, office, run, entity, record, operation,
    revision, fields, salt, digest FROM change;
DROP TABLE change;
ALTER TABLE change_2 RENAME TO change;
CREATE INDEX change_record ON change (entity, record);
CREATE INDEX change_run ON change (run);
