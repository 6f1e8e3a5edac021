/* What was sniffed of a list, as a mapping of the definitions. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/run.h"
#include "task/define.h"

#include "task/import_learn.h"

/* The first words of why it was refused. */
static void
refuse(void *arg, const char *what, const char *field, const char *words)
{
	struct hc_store *store = arg;

	hc_db_fail(store->db, HC_INVALID, "%s: %s: %s", what, field, words);
}

/* A mapping like the one that fits. */
static enum hc_status
put_mapping(const struct hc_import_sniff *s, struct hc_define *define,
    const char *name)
{
	static const char *const fields[] = { "entity", "also", "constants",
	    "key", "label_ja", "label_en" };
	struct hc_store *store = hc_define_store(define);
	struct hc_define_value values[6];
	struct hc_define_change change = { .mode = HC_DEFINE_EITHER,
	    .key = &name, .nkey = 1, .values = values };
	const char *key = s->mapping, *text;
	struct hc_row *like = NULL;
	enum hc_status rc;
	size_t i;

	change.entity = hc_catalogue_entity(store->catalogue, "mapping");
	rc = hc_define_find(store, change.entity, &key, 1, &like);
	for (i = 0; rc == HC_OK && i < 6; i++) {
		text = hc_row_value(like, fields[i]);
		if (text == NULL)
			continue;
		values[change.nvalues].name = fields[i];
		values[change.nvalues++].text = i < 4 ? text : name;
	}
	if (rc == HC_OK)
		rc = hc_define_put(define, &change, NULL);
	hc_row_free(like);
	return rc;
}

static enum hc_status
put_heading(const struct hc_import_sniff_column *c, struct hc_define *define,
    const char *name)
{
	struct hc_store *store = hc_define_store(define);
	struct hc_buf note = HC_BUF_INIT, heading = HC_BUF_INIT;
	struct hc_define_value values[2] = {
	    { "field", c->field != NULL ? c->field : "-" } };
	const char *key[] = { name, NULL };
	struct hc_define_change change = { .mode = HC_DEFINE_EITHER,
	    .key = key, .nkey = 2, .values = values, .nvalues = 1 };
	enum hc_status rc;
	size_t i;

	change.entity = hc_catalogue_entity(store->catalogue, "heading");
	/* Headings are compared without spaces, but have one line here. */
	for (i = 0; c->heading[i] != '\0'; i++)
		hc_buf_putc(&heading, c->heading[i] == '\n' ? ' ' :
		    c->heading[i]);
	key[1] = hc_buf_text(&heading);
	for (i = 0; i < HC_IMPORT_SNIFF_GUESSES &&
	    c->guesses[i].field != NULL; i++)
		hc_buf_printf(&note, "%s%s.%s", i > 0 ? ", " : "perhaps ",
		    c->guesses[i].field->entity->name,
		    c->guesses[i].field->name);
	if (note.len > 0)
		values[change.nvalues++] = (struct hc_define_value){ "note",
		    hc_buf_text(&note) };
	rc = hc_buf_failed(&note) || hc_buf_failed(&heading) ?
	    hc_db_nomem(store->db) : hc_define_put(define, &change, NULL);
	hc_buf_free(&note);
	hc_buf_free(&heading);
	return rc;
}

enum hc_status
hc_import_learn_mapping(const struct hc_import_sniff *s,
    struct hc_store *store, const char *name, const struct hc_value_rule *rule,
    const struct hc_expr_clock *clock)
{
	const struct hc_import_sniff_column *c;
	struct hc_define *define = NULL;
	enum hc_status rc;
	int64_t run;

	if ((rc = hc_define_new(&define, store, rule, clock)) != HC_OK)
		return rc;
	if ((rc = hc_run_begin(store, N_("mapping of a list"))) != HC_OK)
		goto out;
	rc = put_mapping(s, define, name);
	for (c = s->columns; rc == HC_OK && c < s->columns + s->ncolumns; c++)
		if (c->heading[0] != '\0' && c->why != HC_IMPORT_TAKEN)
			rc = put_heading(c, define, name);
	if (rc == HC_OK)
		rc = hc_define_settle(define, refuse, store);
	if (rc == HC_OK)
		rc = hc_run_commit(store, &run);
	else
		hc_run_rollback(store);
out:
	hc_define_free(define);
	return rc;
}
