/*
 * Files that a program writes beside its output, as rows that it refused.
 */
#ifndef HC_SIDE_H
#define HC_SIDE_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Such a file is filled in memory and written in the end: its name may be
 * that of the input, and a program that fails leaves it as it was.
 */
struct side {
	const char *name;	/* NULL: not wanted; "-": standard output */
	FILE *file;		/* to write to; NULL likewise */
	char *text;		/* the rest is side.c's */
	size_t len;
};

/* side_is_stdout(name): is it "-"?  ${name} may be NULL. */
bool side_is_stdout(const char *name);

/* side_open(side): see that ${side->name} can be written and begin; exits
   if not. */
void side_open(struct side *side);

/* side_save(side): write it and close; exits where that fails. */
void side_save(struct side *side);

#endif
