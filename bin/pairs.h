/* Lines "name=value", from the command line, standard input or an editor. */
#ifndef HC_PAIRS_H
#define HC_PAIRS_H

#include <stdio.h>

#include "base/buf.h"
#include "task/edit.h"

struct pairs {
	struct hc_edit_pair *items;
	size_t len;
	char **owned;
	size_t nowned;
};

/* pairs_add(pairs, word): "phone=048-000-0000"; false if there is no '='.
   Exits when memory runs out. */
bool pairs_add(struct pairs *pairs, const char *word);

/*
 * pairs_read(pairs, file, name):
 * All lines of ${file}; empty ones and those that begin with # are passed
 * over; \n and \\ in a value are a line break and a backslash.  Exits with
 * "NAME:LINE: ..." for a line that is none.
 */
void pairs_read(struct pairs *pairs, FILE *file, const char *name);

/*
 * pairs_edit(pairs, row):
 * Let the user edit the values of ${row} in $VISUAL or $EDITOR, and take
 * what was changed.  Exits if the editor fails.
 */
void pairs_edit(struct pairs *pairs, const struct hc_row *row);

/* pairs_keep(pairs): what was edited could not be saved: keep it in a private
   file and say where. */
void pairs_keep(const struct pairs *pairs);

void pairs_clear(struct pairs *pairs);

#endif
