/* What a person's record says, ready to be compared (task/alike.h). */
#ifndef HC_TASK_ALIKE_ROW_H
#define HC_TASK_ALIKE_ROW_H

#include "store/row.h"
#include "store/store.h"
#include "task/alike.h"

/* A statement that is kept; all zero at first. */
struct hc_alike_reader {
	struct hc_stmt *phones;
};

/* hc_alike_row_read(reader, store, row, person): hc_alike_read() of the
   record, with its telephone numbers.  HC_OK or a failure of the store. */
enum hc_status hc_alike_row_read(struct hc_alike_reader *reader,
    struct hc_store *store, const struct hc_row *row,
    struct hc_alike_person *person);
void hc_alike_row_clear(struct hc_alike_reader *reader);

#endif
