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
 * program_clock_set(zone, zone_from, today, today_from):
 * Fill in program's day and time (clock.c).  ${zone} is a time zone, ${today}
 * the day wanted, or NULL; the others say who wants so.  Exits 64 or 78.
 */
void program_clock_set(const char *zone, const char *zone_from,
    const char *today, const char *today_from);

/* program_clock_as_of(text): fill in program.as_of; exits 64. */
void program_clock_as_of(const char *text);

#endif
