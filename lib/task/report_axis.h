/*
 * One side of a cross table: a field and how its values become keys.
 *
 * Days, weeks and months are filled without a hole from the first to the
 * last; a field with choices has all of them, in the list's order, retired
 * ones and codes that the list no longer has only where they are used; of a
 * field with several choices each code counts for itself.
 */
#ifndef HC_TASK_REPORT_AXIS_H
#define HC_TASK_REPORT_AXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "task/query.h"

enum hc_report_unit {
	HC_REPORT_VALUE,	/* each value for itself */
	HC_REPORT_DAY,
	HC_REPORT_WEEK,		/* ISO weeks: 2020-W52 */
	HC_REPORT_MONTH		/* 2020-12 */
};

struct hc_report_key {
	const char *text;	/* canonical, as "40s" or "2020-W52" */
	const char *label;	/* for people; may be the same */
	int64_t order;
};

struct hc_report_axis {
	struct hc_query *query;
	const struct hc_field *field;	/* NULL: a common column */
	const char *path;		/* as asked: "person.sex" */
	const char *name;		/* of the column: the field's name */
	const char *label;
	enum hc_report_unit unit;
	bool always;		/* the field can not be absent */
	struct hc_buf sql;	/* of the value */
	struct hc_report_key *keys;	/* in their order after _sort() */
	size_t len, room;
	size_t *slots;		/* open addressing: 1 + place in keys */
	size_t nslots;
	size_t *place;		/* by the number that _add() gave */
	struct hc_arena arena;
};

/*
 * hc_report_axis_init(axis, query, name, offset):
 * ${name} is a field, "FIELD:week" or "week:FIELD" (day, week, month).  A
 * date without a unit counts by day.  ${offset} are the office's minutes
 * east of UTC, by which instants become days.  NULL is no axis at all: one
 * key for everything.
 *
 * HC_OK; HC_INVALID if the field is unknown or the unit does not fit it;
 * HC_NOMEM.  The caller empties it with hc_report_axis_clear() in any case.
 */
enum hc_status hc_report_axis_init(struct hc_report_axis *axis,
    struct hc_query *query, const char *name, int offset);
void hc_report_axis_clear(struct hc_report_axis *axis);

/*
 * hc_report_axis_add(axis, value, offset, out, room, len):
 * The numbers of the keys for a canonical ${value} of the database, at most
 * ${room} of them in ${out}; none if it is absent.  HC_OK or HC_NOMEM.
 */
enum hc_status hc_report_axis_add(struct hc_report_axis *axis,
    const char *value, int offset, size_t *out, size_t room, size_t *len);

/*
 * hc_report_axis_sort(axis, from, to):
 * After all values: fill the days between ${from} and ${to} (NULL: the first
 * and the last there are), put the keys in order, find their labels;
 * ${axis}->place[number] is then where a key stands.  HC_INVALID if that
 * would be more than some 40,000 keys.
 */
enum hc_status hc_report_axis_sort(struct hc_report_axis *axis,
    const char *from, const char *to);

/* hc_report_axis_absent(axis): is "absent" shown even without a count? */
bool hc_report_axis_absent(const struct hc_report_axis *axis);

#endif
