/*
 * The built-in catalogue files (lib/catalogue/NAME.tsv), row by row.
 */
#ifndef HC_STORE_BUILTIN_H
#define HC_STORE_BUILTIN_H

#include "base/status.h"

struct hc_builtin;

/*
 * hc_builtin_open(file, name, err):
 * Open lib/catalogue/${name}.tsv.  The caller closes it with
 * hc_builtin_close().  HC_NOTFOUND if there is no such file; HC_NOMEM,
 * HC_ERROR.
 */
enum hc_status hc_builtin_open(struct hc_builtin **file, const char *name,
    struct hc_error *err);
void hc_builtin_close(struct hc_builtin *file);

/* hc_builtin_next(file, err): HC_OK, HC_NOTFOUND at the end, else a failure
   with its words in ${err}, which may be NULL. */
enum hc_status hc_builtin_next(struct hc_builtin *file, struct hc_error *err);

/* hc_builtin_get(file, column): text of the present row, the file's own
   until the next; NULL where absent or where there is no such column. */
const char *hc_builtin_get(struct hc_builtin *file, const char *column);

/* For whole files: hc_builtin_column() is the place of a column, -1 if there
   is none, and hc_builtin_cell() the text there, as of hc_builtin_get(). */
int hc_builtin_column(struct hc_builtin *file, const char *column);
const char *hc_builtin_cell(struct hc_builtin *file, int place);

#endif
