/* The lists that hc-import is given, one after the other or as forms. */
#ifndef HC_IMPORT_TAKE_H
#define HC_IMPORT_TAKE_H

#include "base/table.h"
#include "task/import.h"

#include "program.h"

struct import_take {
	const struct program *p;
	struct hc_store *store;
	struct hc_import_options options;	/* what holds for all lists */
	const char *rejects;	/* a file, or a folder of them; NULL */
	struct hc_table *summary;
};

/* import_take_begin(take): make the summary; exits if that cannot be. */
void import_take_begin(struct import_take *take);

/*
 * import_take_files(take, names, n):
 * Import each of the ${n} files until one cannot be.  HC_OK; HC_CONFLICT if
 * rows were refused; else why it ended, which was told.
 */
enum hc_status import_take_files(struct import_take *take,
    const char *const *names, size_t n);

/* import_take_forms(take, names, n): the same, where every file is a form, or
   several, and all together are one list. */
enum hc_status import_take_forms(struct import_take *take,
    const char *const *names, size_t n);

/* import_take_failed(rc): did a list stay out as a whole? */
bool import_take_failed(enum hc_status rc);

/* import_take_open(name, fd): open what is to be read, "-" too.  HC_OK; else
   why not, which was told.  import_take_close() closes it. */
enum hc_status import_take_open(const char *name, int *fd);
void import_take_close(int fd);

/* import_take_name(path): what messages call the file. */
const char *import_take_name(const char *path);

#endif
