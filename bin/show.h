/* A table as this program prints it. */
#ifndef HC_SHOW_H
#define HC_SHOW_H

#include "base/table.h"

#include "program.h"

/*
 * show_table(p, table):
 * Print ${table} to program_output() in ${p}'s format; after a failure say
 * why and exit.
 */
void show_table(const struct program *p, struct hc_table *table);

#endif
