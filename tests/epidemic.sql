-- The model of tests/0550-epidemic.t: which episode must stand on which list.
-- Written from the manuals, apart from lib/task: it shares no rule, table or
-- word of the program.  ".param set" gives :d (the day), :at (now, UTC).

CREATE TABLE ep (e INTEGER PRIMARY KEY, added, start, kind, onset, met,
	email INT, ok INT, tested, stay INT, asked INT);
CREATE TABLE ob (e INT, d, at, temp, spo2, feeling, dysp INT, chest INT,
	cough INT, wants INT);
CREATE TABLE change (e INT, d, onset);
CREATE TABLE improved (e INT, d);
CREATE TABLE cl (e INT, d, at, reached INT, next_at);
CREATE TABLE ml (e INT, d, late INT, failed INT);
CREATE TABLE closed (e INTEGER PRIMARY KEY, d);
CREATE TABLE now (d, at);

.mode tabs
.import model/ep.tsv ep
.import model/ob.tsv ob
.import model/change.tsv change
.import model/improved.tsv improved
.import model/cl.tsv cl
UPDATE ep SET onset = nullif(onset, ''), met = nullif(met, ''),
	tested = nullif(tested, '');
UPDATE ob SET temp = CAST(nullif(temp, '') AS REAL),
	spo2 = CAST(nullif(spo2, '') AS INT),
	feeling = instr('good fair poor bad  awful', feeling) / 5 + 1;
UPDATE cl SET next_at = nullif(next_at, '');
CREATE INDEX ob_e ON ob (e, d);
CREATE INDEX cl_e ON cl (e, at);
CREATE INDEX ml_e ON ml (e, d);

-- Who is open today, as what, and until when.
CREATE VIEW person AS
SELECT ep.e, added, start, email, ok, tested, stay, asked, met,
	CASE WHEN c.e IS NULL THEN kind ELSE 'case' END AS kind,
	coalesce(c.onset, ep.onset) AS onset,
	(SELECT max(i.d) FROM improved i WHERE i.e = ep.e
	    AND i.d <= (SELECT d FROM now)) AS better
FROM ep LEFT JOIN change c ON c.e = ep.e AND c.d <= (SELECT d FROM now)
WHERE added <= (SELECT d FROM now) AND ep.e NOT IN (SELECT e FROM closed);

CREATE VIEW period AS
SELECT *, CASE kind WHEN 'case' THEN max(date(onset, '+10 days'),
	date(coalesce(better, onset), '+3 days'))
	ELSE date(met, '+14 days') END AS till
FROM person;

-- The last round that was answered, the worst of it, and of the one before.
CREATE VIEW seen AS SELECT rowid AS n, * FROM ob
	WHERE at <= (SELECT at FROM now);
CREATE VIEW rounds AS
SELECT e, d, max(temp) AS temp, min(spo2) AS spo2, max(feeling) AS feeling,
	max(dysp) AS dysp, max(chest) AS chest,
	max(dysp) + max(chest) + max(cough) AS items,
	max(n) AS last, row_number() OVER (PARTITION BY e ORDER BY d DESC)
	AS back
FROM seen GROUP BY e, d;

CREATE VIEW state AS
SELECT p.*, t.d AS today, t.at AS now,
	r.d AS last_day, l.at AS last_at, l.wants,
	r.temp, r.spo2, r.feeling, r.dysp, r.chest, r.items,
	b.temp AS temp0, b.spo2 AS spo20, b.feeling AS feeling0,
	coalesce(b.dysp, 0) AS dysp0, b.items AS items0,
	start <= t.d AND till >= t.d AS observed,
	coalesce(r.d = t.d, 0) AS answered,
	EXISTS (SELECT 1 FROM cl WHERE cl.e = p.e AND cl.d = t.d
	    AND cl.at <= t.at AND reached) AS reached,
	(SELECT max(cl.at) FROM cl WHERE cl.e = p.e AND cl.at <= t.at
	    AND reached) AS reached_at,
	(SELECT next_at FROM cl WHERE cl.e = p.e AND cl.at <= t.at
	    ORDER BY cl.at DESC LIMIT 1) AS again,
	coalesce((SELECT late FROM ml WHERE ml.e = p.e AND ml.d = t.d), 0)
	    <= 60 AS cut,
	coalesce((SELECT failed AND coalesce(r.d < ml.d, 1) FROM ml
	    WHERE ml.e = p.e AND ml.d >= date(t.d, '-7 days')
	    ORDER BY ml.d DESC LIMIT 1), 0) AS unmailed
FROM period p, now t
LEFT JOIN rounds r ON r.e = p.e AND r.back = 1
LEFT JOIN rounds b ON b.e = p.e AND b.back = 2
LEFT JOIN ob l ON l.rowid = r.last;

CREATE TABLE today AS SELECT *, 0 AS overdue, 0 AS bad, 0 AS flag, 0 AS fresh
	FROM state WHERE 0;
CREATE TABLE stands (list, e INT);
