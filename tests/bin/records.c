/*
 * Puts records into a database for tests that cannot wait for hc-edit:
 *
 *	records DB <LINES	each line "entity", then "name=value" by tabs
 *				(canonical texts); prints the ids
 *	records DB many N DAY REPORTS
 *				N cases at home with a telephone, an address
 *				and reports of the days before DAY
 *	records DB set ENTITY KEYFIELD KEY FIELD VALUE
 *				changes a record, as a setting
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "record/record.h"

static struct hc_store *store;

static void
must(enum hc_status rc)
{
	if (rc != HC_OK)
		errx(70, "%s", hc_store_error(store));
}

static void
set(struct hc_row *row, const char *name, const char *value)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);

	if (f == NULL)
		errx(64, "no field '%s' of '%s'", name, row->entity->name);
	must(hc_row_set(row, f, value));
}

static struct hc_row *
new_row(const char *entity)
{
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    entity);
	struct hc_row *row;

	if (e == NULL)
		errx(64, "no entity '%s'", entity);
	must(hc_row_new(&row, e));
	return row;
}

static void
put_line(char *line)
{
	struct hc_row *row;
	char *word, *value;

	line[strcspn(line, "\n")] = '\0';
	if (line[0] == '\0')
		return;
	row = new_row(strsep(&line, "\t"));
	while ((word = strsep(&line, "\t")) != NULL) {
		if ((value = strchr(word, '=')) == NULL)
			errx(64, "no '=' in '%s'", word);
		*value++ = '\0';
		set(row, word, value);
	}
	must(hc_record_insert(store, row));
	printf("%" PRId64 "\n", row->id);
	hc_row_free(row);
}

static void
set_id(struct hc_row *row, const char *name, int64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, id);
	set(row, name, text);
}

static void
put_report(int64_t episode, int i, int32_t day)
{
	struct hc_row *row = new_row("observation");
	char text[HC_DATE_SIZE], temperature[16], at[24];

	set_id(row, "episode", episode);
	hc_date_format(day, text);
	set(row, "day", text);
	snprintf(at, sizeof(at), "%sT00:10:00Z", text);
	set(row, "at", at);
	set(row, "via", "web");
	snprintf(temperature, sizeof(temperature), "3%d.%d", 6 + i % 3,
	    (i * 7 + day) % 10);
	set(row, "temperature", temperature);
	set(row, "spo2", i % 17 == 0 ? "94" : "97");
	set(row, "cough", i % 4 == 0 ? "1" : "0");
	set(row, "fatigue", i % 5 == 0 ? "1" : "0");
	set(row, "feeling", i % 9 == 0 ? "bad" : "fair");
	must(hc_record_insert(store, row));
	hc_row_free(row);
}

static void
put_one(int i, int32_t day, int reports)
{
	struct hc_row *row = new_row("person");
	char text[64];
	int64_t id;
	int d;

	snprintf(text, sizeof(text), "見本 %d", i);
	set(row, "name", text);
	snprintf(text, sizeof(text), "p%d@example.jp", i);
	set(row, "email", i % 10 == 0 ? NULL : text);
	must(hc_record_insert(store, row));
	id = row->id;
	hc_row_free(row);
	row = new_row("phone");
	set_id(row, "person", id);
	snprintf(text, sizeof(text), "090-0000-%04d", i % 10000);
	set(row, "number", text);
	must(hc_record_insert(store, row));
	hc_row_free(row);
	row = new_row("episode");
	set_id(row, "person", id);
	set(row, "kind", i % 2 ? "case" : "contact");
	hc_date_format(day - 5, text);
	set(row, i % 2 ? "onset_date" : "last_exposure_date", text);
	set(row, "observe_from", text);
	must(hc_record_insert(store, row));
	id = row->id;
	hc_row_free(row);
	for (d = reports; d > 0; d--)
		put_report(id, i, day - d + (i % 3 != 0));
}

static void
change(char **argv)
{
	const char *names[] = { argv[1], NULL }, *values[] = { argv[2] };
	struct hc_row *row;

	must(hc_record_find(store, hc_catalogue_entity(store->catalogue,
	    argv[0]), names, values, &row));
	set(row, argv[3], argv[4]);
	must(hc_record_update(store, row));
	hc_row_free(row);
}

int
main(int argc, char **argv)
{
	const struct hc_who who = { "test", "records", "0", NULL };
	char *line = NULL;
	size_t room = 0;
	int32_t day;
	int i;

	if (argc < 2)
		errx(64, "usage: records DB [many N DAY REPORTS | set ...]");
	must(hc_store_open(&store, argv[1], HC_DB_WRITE, &who));
	must(hc_run_begin(store, "records for a test"));
	if (argc == 6 && strcmp(argv[2], "many") == 0) {
		if (hc_date_parse_iso(argv[4], &day) != HC_OK)
			errx(64, "no day");
		for (i = 0; i < strtol(argv[3], NULL, 10); i++)
			put_one(i, day, (int)strtol(argv[5], NULL, 10));
	} else if (argc == 8 && strcmp(argv[2], "set") == 0) {
		change(argv + 3);
	} else {
		while (getline(&line, &room, stdin) != -1)
			put_line(line);
		free(line);
	}
	must(hc_run_commit(store, NULL));
	hc_store_close(store);
	return 0;
}
