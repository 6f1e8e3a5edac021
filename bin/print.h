/*
 * Printing a table as the options ask for it.
 */
#ifndef HC_PRINT_H
#define HC_PRINT_H

#include "base/table.h"

#include "program.h"

/*
 * print_table(p, table):
 * Write all rows to program_output() in ${p}->format and free ${table}.
 * Exits when that fails; a reader that has gone is no failure.
 */
void print_table(const struct program *p, struct hc_table *table);

#endif
