/*
 * Printing a table as the options ask for it.
 */
#ifndef HC_PRINT_H
#define HC_PRINT_H

#include "base/table.h"

#include "office.h"

/*
 * print_table(p, table):
 * Write all rows to program_output() in ${p}->format and free ${table}.
 * Exits when that fails; a reader that has gone is no failure.
 */
void print_table(const struct program *p, struct hc_table *table);

/*
 * print_and_end(p, store, rc, table):
 * What a program ends with that only reads: fail with the words of ${store}
 * unless ${rc} is HC_OK; close it, so that nobody waits for a pager; print.
 * Returns the exit status.
 */
int print_and_end(const struct program *p, struct hc_store *store,
    enum hc_status rc, struct hc_table *table);

#endif
