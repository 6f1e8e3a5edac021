/* A page at a time, for what is longer than a terminal. */
#ifndef HC_PAGER_H
#define HC_PAGER_H

#include "program.h"

/*
 * pager_start(p, lines):
 * If ${p} prints to a terminal that has not so many lines, what is printed
 * from now on goes through $PAGER, or less.  An empty PAGER is none.
 */
void pager_start(const struct program *p, size_t lines);

/* pager_end(): after program_finish(): wait until the user has read it. */
void pager_end(void);

#endif
