/* Under which key a row's record is known in its list. */
#ifndef HC_TASK_IMPORT_KEY_H
#define HC_TASK_IMPORT_KEY_H

#include "task/import_target.h"

/*
 * hc_import_key_find(p):
 * The main record by its number in the list, else by the whole of the row
 * (the same row again means the same record); its place stays empty if it is
 * new.  A row that says what it said last time is the same (p->same).
 */
enum hc_status hc_import_key_find(struct hc_import_place *p);

/*
 * hc_import_key_identify(p):
 * A row that differs from the one before, without number: the record is
 * known by whose it is and what it says.
 */
enum hc_status hc_import_key_identify(struct hc_import_place *p);

/*
 * hc_import_key_find_other(p, t) / hc_import_key_note_other(p, t):
 * What else the row makes is noted with the main record's key; what it makes
 * later, of a record that is known, under a key of its own.  To load it
 * (HC_NOTFOUND: it is new), and to note the new one.
 */
enum hc_status hc_import_key_find_other(struct hc_import_place *p,
    struct hc_import_target *t);
enum hc_status hc_import_key_note_other(struct hc_import_place *p,
    const struct hc_import_target *t);

/* hc_import_key_note(p): under which keys the new main record will be found
   again, and what the row said. */
enum hc_status hc_import_key_note(struct hc_import_place *p);

#endif
