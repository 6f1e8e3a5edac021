/*
 * An office's database, open: the connection, the catalogue, who works, and
 * the run in progress.  What everything above lib/store is given.
 */
#ifndef HC_STORE_STORE_H
#define HC_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "store/catalogue.h"
#include "store/db.h"

struct hc_run;
struct hc_row_cache;
struct hc_index;
struct hc_namekey;

/* Who works with it, for the run and the access log. */
struct hc_who {
	const char *login;	/* as staff.login */
	const char *program;	/* "hc-import" */
	const char *version;
	const char *options;	/* names of options, never values; NULL */
};

struct hc_store {
	struct hc_db *db;
	struct hc_catalogue *catalogue;
	int64_t office;		/* its code, as 112038 */
	int offset;		/* its minutes east of UTC: 540 */
	struct hc_who who;	/* texts are the caller's and stay */
	char process[17];	/* the same for all runs of this process */
	struct hc_run *run;	/* NULL outside of a run (store/run.h) */
	struct hc_row_cache *rows;	/* store/row.c's statements */
	struct hc_index *index;	/* store/index.c's */
	struct hc_namekey *names;	/* store/namekey.c's */
};

/*
 * hc_store_open(store, path, mode, who):
 * Open an office's database for reading or writing (HC_DB_READ, HC_DB_WRITE)
 * and load its catalogue.
 *
 * ${store} is set even on failure, for hc_store_error(), unless memory ran
 * out; the caller closes it with hc_store_close() in any case.
 *
 * Returns what hc_db_open() does, and HC_CONFIG if the setting
 * utc_offset_minutes makes no sense, if the database is older
 * (words name "hc-init --upgrade") or newer than this program, or no
 * database of hc.
 */
enum hc_status hc_store_open(struct hc_store **store, const char *path,
    enum hc_db_mode mode, const struct hc_who *who);

/*
 * hc_store_open_older(store, path, who):
 * Open a database for its upgrade: its schema is this program's or an older
 * one, and the catalogue is the built-in one.  ${store} and the result as
 * with hc_store_open().
 */
enum hc_status hc_store_open_older(struct hc_store **store, const char *path,
    const struct hc_who *who);

/*
 * hc_store_create(store, path, office, who):
 * Make a new database for the office ${office} with the built-in catalogue
 * loaded and its tables made, but no rows; a run is left open, in which
 * the caller inserts the definitions and which it commits.
 */
enum hc_status hc_store_create(struct hc_store **store, const char *path,
    int64_t office, const struct hc_who *who);

void hc_store_close(struct hc_store *store);

/* hc_store_error(store): the words of the last failure. */
const char *hc_store_error(const struct hc_store *store);

/*
 * hc_store_reload(store):
 * Read the catalogue again, after fields or choices were changed.  All
 * pointers into the old one are dead.
 */
enum hc_status hc_store_reload(struct hc_store *store);

/*
 * hc_store_setting(store, name, value):
 * The value of a row of the definition "setting", or NULL in ${value} where
 * it is absent.  The caller frees it with free().  HC_OK or a failure.
 */
enum hc_status hc_store_setting(struct hc_store *store, const char *name,
    char **value);

/*
 * hc_store_setting_number(store, name, otherwise, value):
 * The same for a whole number; ${otherwise} where it is absent.  HC_CONFIG
 * if it is no number.
 */
enum hc_status hc_store_setting_number(struct hc_store *store,
    const char *name, int otherwise, int *value);

/* Ids: office * 10^9 + number; see DESIGN.md, section 4. */
#define HC_ID_SPAN INT64_C(1000000000)

/* hc_store_id(store, number): the id of one's own record ${number}; larger
   numbers are whole ids already. */
int64_t hc_store_id(const struct hc_store *store, int64_t number);

#endif
