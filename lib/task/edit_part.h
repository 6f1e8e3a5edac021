/*
 * What the files that make up task/edit.h share among themselves: edit.c
 * (values, saving), edit_phone.c (telephone numbers of a person) and
 * edit_conflict.c (what others changed meanwhile).
 */
#ifndef HC_TASK_EDIT_PART_H
#define HC_TASK_EDIT_PART_H

#include "base/phone.h"
#include "store/row.h"
#include "task/edit.h"

/* One record while it is edited. */
struct hc_edit_save {
	struct hc_edit *e;
	struct hc_row *before, *row;
	bool *touched;		/* by field->index */
	const char *phone;	/* of a person; NULL */
	enum hc_status worst;
};

/* hc_edit_tell(save, grade, label, words): tell a fault of the record. */
void hc_edit_tell(struct hc_edit_save *s, enum hc_edit_grade grade,
    const char *label, const char *words);

/* hc_edit_same(a, b): the same value, or both absent? */
bool hc_edit_same(const char *a, const char *b);

/* hc_edit_note(edit, row, field, old, new): a row of ${changes}; HC_OK or a
   failure. */
enum hc_status hc_edit_note(struct hc_edit *e, const struct hc_row *row,
    const struct hc_field *f, const char *old, const char *new);

/*
 * hc_edit_phone_read(save, phones, room, count):
 * The telephone numbers that were given, before anything is written: a
 * wrong one is told and so refuses the record.
 * hc_edit_phone_save(save, phone): add one to the saved person, or correct
 * how it is written.  HC_OK or a failure.
 */
enum hc_status hc_edit_phone_read(struct hc_edit_save *s,
    struct hc_phone *phones, size_t room, size_t *count);
enum hc_status hc_edit_phone_save(struct hc_edit_save *s,
    const struct hc_phone *phone);

/*
 * hc_edit_conflicts(save, revision):
 * Tell, of each field that is set, whether others have changed it to
 * something else since ${revision}; 0 asks nothing.  HC_OK or a failure.
 */
enum hc_status hc_edit_conflicts(struct hc_edit_save *s, int64_t revision);

#endif
