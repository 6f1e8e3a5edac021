/*
 * What the files that make up bin/program.h share among themselves.
 */
#ifndef HC_PARTS_H
#define HC_PARTS_H

#include <stdarg.h>
#include <stdbool.h>

#include "program.h"

/* The one program that runs (program.c). */
extern struct program program;

/* program_exit(exit_status, words): say ${words} if not NULL, exit. */
void program_exit(int exit_status, const char *words)
    __attribute__((noreturn));

/* program_output_drop(): forget an unfinished output file (output.c). */
void program_output_drop(void);

/*
 * program_clock_set(today, today_from, as_of):
 * Fill in program's day and time, in Japan for the present (clock.c).
 * ${today} is the day wanted and ${today_from} who wants so, ${as_of} the
 * instant; NULL if none.  The texts stay the caller's.  Exits 64.
 */
void program_clock_set(const char *today, const char *today_from,
    const char *as_of);

#endif
