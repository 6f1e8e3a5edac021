/*
 * One person's whole record: the person, what belongs to them, and what
 * happened in the order of time.
 */
#ifndef HC_TASK_SHOW_H
#define HC_TASK_SHOW_H

#include "base/expr.h"
#include "base/table.h"
#include "store/row.h"
#include "store/store.h"

/* One record, ready to be shown after the database is closed. */
struct hc_show_record {
	struct hc_row *row;
	char **texts;		/* by field->index: as staff read it; NULL */
	char at[21];		/* when it happened: a day or an instant, as
				   stored; "" where it has no time */
	bool event;		/* stands in the timeline */
};

/* Something that has to be done next. */
struct hc_show_due {
	int64_t episode;	/* 0 where it is of none */
	char *name, *label;	/* a work list, or a time of the situation */
	char *value;		/* the conditions that hold; the time */
	char *text;		/* the same as staff read it */
};

struct hc_show {
	int64_t person;
	int offset;		/* times are so many minutes east of UTC */
	struct hc_show_record *items;	/* the person first, then by entity
					   and time */
	size_t len, room;
	struct hc_show_due *due;
	size_t ndue;
};

/*
 * hc_show_load(store, person, offset, show):
 * Gather the person ${person}, the others of the household and those merged
 * into it, and every record whose owner is the person or an episode of
 * theirs, with list keys, reasons for absence and left-over cells.
 * References are shown by number and title, instants in the office's time
 * (${offset} minutes east of UTC).
 *
 * HC_OK; HC_NOTFOUND if there is no such person; a failure.  The caller
 * empties ${show} with hc_show_clear() in any case; it needs the store's
 * catalogue as long as it is used.
 */
enum hc_status hc_show_load(struct hc_store *store, int64_t person,
    int offset, struct hc_show *show);
void hc_show_clear(struct hc_show *show);

/*
 * hc_show_due(store, clock, show):
 * Add what is due next for the person of ${show}: times that were agreed,
 * the last day of observation, and each work list on which an episode, test
 * ... of theirs stands.  HC_OK; HC_CONFIG where a list makes no sense; a
 * failure.  hc_show_clear() calls hc_show_due_clear().
 */
enum hc_status hc_show_due(struct hc_store *store,
    const struct hc_expr_clock *clock, struct hc_show *show);
void hc_show_due_clear(struct hc_show *show);

/*
 * hc_show_page(show, out):
 * Append the page for people to ${out}.  hc_show_curve(): of it, the highest
 * temperature of each day as a curve, if there are two days.
 */
void hc_show_page(const struct hc_show *show, struct hc_buf *out);
void hc_show_curve(const struct hc_show *show, struct hc_buf *out);

/*
 * hc_show_rows(show, table):
 * Append each value as a row of ${table}: person, entity, record, at, field,
 * value (canonical); what is due as the entity "due" of the episode.
 * hc_show_table() makes such a table.
 */
enum hc_status hc_show_table(struct hc_table **table);
enum hc_status hc_show_rows(const struct hc_show *show,
    struct hc_table *table);

/*
 * hc_show_json(show, out):
 * Append one object: {"person": 112038000000012, "records": {"person":
 * [{"id": ..., "revision": ..., "name": "..."}], "phone": [...] ...},
 * "due": [{"episode": ..., "name": ..., "value": ...}]}.
 */
void hc_show_json(const struct hc_show *show, struct hc_buf *out);

#endif
