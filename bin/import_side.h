/* The files beside hc-import's lists: plans and rejects. */
#ifndef HC_IMPORT_SIDE_H
#define HC_IMPORT_SIDE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"

#include "program.h"
#include "side.h"

struct import_plan {
	const char *name;	/* NULL: not wanted; "-": standard output,
				   and input of one that is applied */
	FILE *file;		/* NULL likewise */
	bool made;
};

/* import_plan_make(plan), import_plan_take(plan): begin to write it, or open
   it to be read; exits if that cannot be. */
void import_plan_make(const struct program *p, struct import_plan *plan);
void import_plan_take(const struct program *p, struct import_plan *plan);

/* import_plan_end(plan, failed): close it; half a plan is none, and goes where
   the import failed. */
void import_plan_end(struct import_plan *plan, bool failed);

struct import_rejects {
	struct side side;
	struct hc_buf place;
};

/* import_rejects_folder(name): is it a folder, for several files? */
bool import_rejects_folder(const char *name);

/* import_rejects_open(rejects, name, list): the rejects of the list ${list} go
   to the file ${name}, or into that folder; NULL: nowhere.  Exits if it cannot
   be made. */
void import_rejects_open(struct import_rejects *rejects, const char *name,
    const char *list);

/* import_rejects_close(rejects, save): write them if they are whole. */
void import_rejects_close(struct import_rejects *rejects, bool save);

#endif
