/*
 * The office's database as programs open it.
 */
#ifndef HC_OFFICE_H
#define HC_OFFICE_H

#include "base/expr.h"
#include "store/store.h"

#include "program.h"

/*
 * office_who(p, who): who works, for runs and the access log; texts are
 * ${p}'s.
 */
void office_who(const struct program *p, struct hc_who *who);

/*
 * office_open(p, mode):
 * Open ${p}->db; on failure say why and exit.  From then on ${p}'s day and
 * time are those of the office's zone.  Who has to wait for others
 * for over a second is told for whom.  The caller closes it with
 * hc_store_close(), before anything is printed.
 */
struct hc_store *office_open(const struct program *p, enum hc_db_mode mode);

/* office_fail(store, status): say the store's words and exit. */
void office_fail(struct hc_store *store, enum hc_status status)
    __attribute__((noreturn));

/* office_clock(p, clock): the day and time for expressions, those of the
   office: call it after office_open(). */
void office_clock(const struct program *p, struct hc_expr_clock *clock);

#endif
