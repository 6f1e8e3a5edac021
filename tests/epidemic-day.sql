-- One day of the model: table "now" holds the day; fills "stands".
DELETE FROM today;
INSERT INTO today SELECT *,
	observed AND NOT answered AND cut,
	coalesce(chest, 0) OR coalesce(spo2 <= 95, 0) OR
	    coalesce(temp >= 37.5, 0) OR coalesce(dysp, 0) OR
	    coalesce(feeling >= 4, 0),
	coalesce(chest, 0) OR coalesce(spo2 <= 93, 0),
	reached_at IS NULL OR coalesce(reached_at < last_at, 0)
FROM state;
DELETE FROM stands;
INSERT INTO stands SELECT 'silent', e FROM today WHERE overdue AND NOT reached;
INSERT INTO stands SELECT 'silent_sick', e FROM today
	WHERE overdue AND NOT reached AND bad;
INSERT INTO stands SELECT 'unwell', e FROM today
	WHERE observed AND (fresh OR (overdue AND NOT reached)) AND (bad OR
	wants = 1 OR items >= 3 OR (kind = 'contact' AND items >= 1) OR
	items >= items0 + 2 OR spo2 + 2 <= spo20);
INSERT INTO stands SELECT 'red_flag', e FROM today
	WHERE observed AND (fresh OR (overdue AND NOT reached)) AND flag;
INSERT INTO stands SELECT 'worse', e FROM today WHERE observed AND fresh AND
	(flag OR spo2 + 2 <= spo20 OR (dysp AND NOT dysp0) OR
	(feeling >= 4 AND feeling0 < 4) OR (feeling = 5 AND feeling0 = 4) OR
	(round(temp * 10) >= round(temp0 * 10) + 10 AND temp >= 37.5) OR
	(temp >= 37.5 AND temp0 < 37.5) OR items >= items0 + 2);
INSERT INTO stands SELECT 'due_again', e FROM today WHERE again <= now;
INSERT INTO stands SELECT 'mail_failed', e FROM today WHERE observed AND
	(unmailed OR NOT email OR NOT ok) AND NOT answered AND NOT reached;
INSERT INTO stands SELECT 'to_test', e FROM today WHERE kind = 'contact' AND
	((tested IS NULL AND (observed OR items >= 1 OR temp >= 37.5)) OR
	(tested < last_day AND (items >= 1 OR temp >= 37.5)));
INSERT INTO stands SELECT 'first_call', e FROM today WHERE kind = 'case' AND
	observed AND last_day IS NULL AND reached_at IS NULL;
INSERT INTO stands SELECT 'to_investigate', e FROM today
	WHERE kind = 'case' AND observed AND NOT asked;
INSERT INTO stands SELECT 'to_place', e FROM today WHERE kind = 'case' AND
	observed AND (NOT stay OR flag OR spo2 BETWEEN 94 AND 95);
INSERT INTO stands SELECT 'to_move', e FROM today WHERE kind = 'case' AND
	observed AND stay AND (flag OR spo2 BETWEEN 94 AND 95);
INSERT INTO stands SELECT 'release_due', e FROM today WHERE observed AND
	till IN (today, date(today, '+1 day'));
INSERT INTO stands SELECT 'to_close', e FROM today WHERE till < today;
INSERT INTO stands SELECT 'doubtful', e FROM today
	WHERE kind = 'case' AND tested IS NOT NULL;
INSERT INTO stands SELECT CASE WHEN NOT observed THEN 'later'
	WHEN answered THEN 'answered' WHEN reached THEN 'reached'
	WHEN overdue THEN 'none' ELSE 'expected' END, e
	FROM today WHERE e NOT IN (SELECT e FROM stands);
