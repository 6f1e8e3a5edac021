/* Answers of hc-form take on standard input, stored batch by batch. */
#include <unistd.h>

#include "base/i18n.h"
#include "base/tsv.h"
#include "task/collect.h"

#include "answers.h"
#include "office.h"
#include "print.h"

/* One batch into the table; counts by state. */
static void
add_items(struct hc_table *table, const struct hc_collect_item *items,
    size_t len, long *counts)
{
	const char *cells[2];
	size_t i;

	for (i = 0; i < len; i++) {
		cells[0] = items[i].answer;
		cells[1] = hc_collect_state_name(items[i].state);
		counts[items[i].state]++;
		if (items[i].state == HC_COLLECT_BAD)
			program_warn(_("answer '%s': %s"), items[i].answer,
			    items[i].why);
		if (hc_table_row(table, cells) != HC_OK)
			program_fail(HC_NOMEM, "%s", _("out of memory"));
	}
}

/* Runs until all is read; what was committed is printed in any case. */
static enum hc_status
collect_all(const struct program *p, struct hc_store *store,
    struct hc_table *table, long *counts)
{
	static struct hc_collect_item items[HC_COLLECT_BATCH];
	struct hc_collect *collect = NULL;
	struct hc_tsv_reader *rows = NULL;
	struct hc_expr_clock clock;
	enum hc_status rc;
	size_t len;

	office_clock(p, &clock);
	clock.now = p->clock;	/* links end by the clock on the wall */
	if ((rc = hc_tsv_open(&rows, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", rows != NULL ? hc_tsv_error(rows) :
		    _("out of memory"));
	if ((rc = hc_collect_new(&collect, store, &clock)) == HC_OK)
		while ((rc = hc_collect_batch(collect, rows,
		    p->options.dry_run, items, &len)) == HC_OK)
			add_items(table, items, len, counts);
	hc_collect_free(collect);
	hc_tsv_close(rows);
	if (rc == HC_NOTFOUND)
		return HC_OK;
	program_warn("%s", hc_store_error(store));
	return rc;
}

int
answers(const struct program *p)
{
	const struct hc_table_column columns[] = {
		{ "answer", _("answer"), HC_TYPE_TEXT },
		{ "state", _("state"), HC_TYPE_TEXT,
		    hc_table_show_words, hc_collect_states },
	};
	struct hc_store *store = office_open(p, HC_DB_WRITE);
	long counts[HC_COLLECT_STATES] = { 0 };
	struct hc_table *table;
	enum hc_status rc;

	if (hc_table_new(&table, columns, 2) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	rc = collect_all(p, store, table, counts);
	hc_store_close(store);
	program_note(_("%ld answers stored, %ld stored before"),
	    counts[HC_COLLECT_STORED], counts[HC_COLLECT_BEFORE]);
	if (counts[HC_COLLECT_LATE] + counts[HC_COLLECT_UNKNOWN] +
	    counts[HC_COLLECT_BAD] > 0)
		program_warn(_("kept apart in '%s.refused': %ld late, %ld of "
		    "unknown links, %ld bad"), p->db,
		    counts[HC_COLLECT_LATE], counts[HC_COLLECT_UNKNOWN],
		    counts[HC_COLLECT_BAD]);
	/* Of a trial nothing is safe: hc-form drop must not read it. */
	if (p->options.dry_run)
		hc_table_free(table);
	else
		print_table(p, table);
	return program_finish(rc);
}
