/*
 * Which person a row of a list means: by name and birth date or telephone
 * number, never by name alone; and who else it may be.
 */
#ifndef HC_TASK_IMPORT_PERSON_H
#define HC_TASK_IMPORT_PERSON_H

#include <stdint.h>

#include "store/store.h"
#include "task/alike.h"

struct hc_import_person;

/* hc_import_person_new(finder, store): the caller frees it with
   hc_import_person_free(), before the store. */
enum hc_status hc_import_person_new(struct hc_import_person **finder,
    struct hc_store *store);
void hc_import_person_free(struct hc_import_person *finder);

/* What a row says of a person; any may be NULL. */
struct hc_import_who {
	struct hc_alike_said said;
	const char *phones;		/* joined by newlines */
};

/*
 * hc_import_person_find(finder, who, id):
 * The person of the same name, or other name, and birth date, or of the same
 * name and one of the telephone numbers where no birth date speaks against
 * it.  One that was merged leads to the one that was kept.  HC_OK,
 * HC_NOTFOUND.
 */
enum hc_status hc_import_person_find(struct hc_import_person *finder,
    const struct hc_import_who *who, int64_t *id);

/* Who it may be. */
struct hc_import_doubt {
	int64_t person;
	struct hc_alike alike;
};

/*
 * hc_import_person_doubt(finder, doubt):
 * After the same row was not found: the person most like it, if somebody
 * should look at the two (hc_alike_doubtful()).  HC_OK, HC_NOTFOUND.
 */
enum hc_status hc_import_person_doubt(struct hc_import_person *finder,
    const struct hc_import_who *who, struct hc_import_doubt *doubt);

#endif
