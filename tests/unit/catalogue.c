/* store/catalogue.h: the built-in catalogue, and definitions gone wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/catalogue.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void
test_builtin(void **state)
{
	struct hc_catalogue *c = NULL;
	const struct hc_entity *e;
	const struct hc_field *f;
	struct hc_error err;
	size_t i, j;

	(void)state;
	assert_int_equal(hc_catalogue_new(&c, &err), HC_OK);
	assert_int_equal(hc_catalogue_load_builtin(c, &err), HC_OK);
	for (i = 0; i < c->nentities; i++) {
		e = &c->entities[i];
		assert_ptr_equal(hc_catalogue_entity(c, e->name), e);
		assert_int_equal((int)e->index, (int)i);
		for (j = 0; j < e->nfields; j++) {
			f = e->fields[j];
			assert_ptr_equal(f->entity, e);
			assert_int_equal((int)f->index, (int)j);
			/* Names are found, and none is there twice. */
			assert_ptr_equal(hc_catalogue_field(e, f->name), f);
			assert_true(hc_catalogue_label(f)[0] != '\0');
			assert_int_equal(f->choices != NULL,
			    f->type == HC_TYPE_CHOICE ||
			    f->type == HC_TYPE_MULTI);
			assert_int_equal(f->target != NULL,
			    f->type == HC_TYPE_REF);
		}
	}
	e = hc_catalogue_entity(c, "observation");
	assert_non_null(e);
	assert_int_equal(hc_catalogue_field(e, "temperature")->decimals, 1);
	assert_null(hc_catalogue_entity(c, "nothing"));
	assert_null(hc_catalogue_field(e, "temperatur"));
	assert_null(hc_catalogue_choices(c, "nothing"));
	assert_string_equal(hc_catalogue_near_field(e, "temperatur"),
	    "temperature");
	assert_string_equal(hc_catalogue_near_entity(c, "persn"), "person");
	assert_null(hc_catalogue_near_entity(c, "xyzzyxyzzy"));
	assert_null(hc_catalogue_choice(hc_catalogue_choices(c, "sex"), "m"));
	hc_catalogue_free(c);
	hc_catalogue_free(NULL);
}

static const struct {
	const char *joined, *word;
	bool has;
} lists[] = {
	{ "a|bc|d", "a", true },
	{ "a|bc|d", "bc", true },
	{ "a|bc|d", "d", true },
	{ "a|bc|d", "b", false },
	{ "a|bc|d", "c|d", false },
	{ "a|bc|d", "", false },
	{ "a||d", "", true },
	{ "", "a", false },
	{ "", "", false },
	{ NULL, "a", false },
};

static void
test_has(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N(lists); i++)
		if (hc_catalogue_has(lists[i].joined, '|', lists[i].word,
		    strlen(lists[i].word)) != lists[i].has)
			fail_msg("'%s' in '%s'", lists[i].word,
			    lists[i].joined);
}

/* The definitions of a database, of which one makes no sense. */
static const struct {
	const char *values;	/* entity, name, type, of, label_en */
	enum hc_status status;
	const char *words;
} fields[] = {
	{ "'person', 'x_a', 'text', NULL, 'a'", HC_OK, "" },
	{ "'person', 'x_a', 'decimal', '2', 'a'", HC_OK, "" },
	{ "'person', 'x_a', 'decimal', '6', 'a'", HC_OK, "" },
	{ "'person', 'x_a', 'choice', 'yes_or_so', 'a'", HC_OK, "" },
	{ "'person', 'x_a', 'ref', 'facility', 'a'", HC_OK, "" },
	{ "'persons', 'x_a', 'text', NULL, 'a'", HC_CONFIG,
	    "a field of the unknown entity 'persons'" },
	{ "NULL, 'x_a', 'text', NULL, 'a'", HC_CONFIG,
	    "a field of the unknown entity ''" },
	{ "'person', NULL, 'text', NULL, 'a'", HC_CONFIG,
	    "field 'person.' has no name or label" },
	{ "'person', 'x_a', 'text', NULL, NULL", HC_CONFIG,
	    "field 'person.x_a' has no name or label" },
	{ "'person', 'x_a', 'number', NULL, 'a'", HC_CONFIG,
	    "field 'person.x_a' has the unknown type 'number'" },
	{ "'person', 'x_a', NULL, NULL, 'a'", HC_CONFIG,
	    "field 'person.x_a' has the unknown type ''" },
	{ "'person', 'x_a', 'decimal', '7', 'a'", HC_CONFIG,
	    "field 'person.x_a' has '7' decimals; 0 to 6 are possible" },
	{ "'person', 'x_a', 'decimal', '-1', 'a'", HC_CONFIG,
	    "field 'person.x_a' has '-1' decimals; 0 to 6 are possible" },
	{ "'person', 'x_a', 'choice', 'nothing', 'a'", HC_CONFIG,
	    "field 'person.x_a': no choice list or entity 'nothing'" },
	{ "'person', 'x_a', 'ref', 'nothing', 'a'", HC_CONFIG,
	    "field 'person.x_a': no choice list or entity 'nothing'" },
};

static const char tables_sql[] =
	"CREATE TABLE field (id INTEGER PRIMARY KEY, office INTEGER,"
	" entity TEXT, name TEXT, type TEXT, \"of\" TEXT, unit TEXT,"
	" label_ja TEXT, label_en TEXT, required TEXT, low TEXT, high TEXT,"
	" pattern TEXT, \"check\" TEXT, search TEXT, list INTEGER,"
	" headings TEXT, note TEXT, initial TEXT, retired INTEGER);"
	"CREATE TABLE choice (id INTEGER PRIMARY KEY, office INTEGER,"
	" list TEXT, code TEXT, label_ja TEXT, label_en TEXT,"
	" spellings TEXT, position INTEGER, retired INTEGER);"
	"INSERT INTO choice (office, list, code, label_ja, label_en, position)"
	" VALUES (112038, 'yes_or_so', 'b', 'b', 'b', 2),"
	" (112038, 'yes_or_so', 'a', 'a', 'a', 1)";

static void
test_database(void **state)
{
	char path[] = "/tmp/hc-catalogue.XXXXXX", lock[64], sql[512];
	struct hc_catalogue *c = NULL;
	struct hc_db *db = NULL;
	struct hc_error err;
	enum hc_status rc;
	size_t i;
	int fd;

	(void)state;
	assert_true((fd = mkstemp(path)) != -1);
	close(fd);
	assert_int_equal(hc_db_open(&db, path, HC_DB_CREATE), HC_OK);
	hc_db_set_office(db, 112038);
	assert_int_equal(hc_db_exec(db, tables_sql), HC_OK);
	for (i = 0; i < N(fields); i++) {
		snprintf(sql, sizeof(sql), "DELETE FROM field;"
		    "INSERT INTO field (office, entity, name, type, \"of\","
		    " label_en, label_ja) VALUES (112038, %s, 'ja')",
		    fields[i].values);
		assert_int_equal(hc_db_exec(db, sql), HC_OK);
		assert_int_equal(hc_catalogue_new(&c, &err), HC_OK);
		rc = hc_catalogue_load(c, db);
		if (rc != fields[i].status)
			fail_msg("%s: %d %s", fields[i].values, rc,
			    hc_db_error(db));
		if (rc != HC_OK)
			assert_string_equal(hc_db_error(db),
			    fields[i].words);
		else
			assert_string_equal(hc_catalogue_choices(c,
			    "yes_or_so")->items[0].code, "a");
		hc_catalogue_free(c);
	}
	hc_db_close(db);
	unlink(path);
	snprintf(lock, sizeof(lock), "%s.lock", path);
	unlink(lock);
	snprintf(lock, sizeof(lock), "%s-journal", path);
	unlink(lock);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_has),
		cmocka_unit_test(test_database),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
