/*
 * The round in figures, counted by the same rules that make the work lists,
 * so that no dashboard says other than the lists do.
 */
#ifndef HC_TASK_REPORT_ROUND_H
#define HC_TASK_REPORT_ROUND_H

#include "base/expr.h"
#include "store/store.h"

struct hc_report_figure {
	const char *name, *label;	/* of a list: its own */
	bool list;			/* a work list, not the round */
	int64_t count;
};

/*
 * hc_report_round(store, clock, figure, arg):
 * Tell ${figure}(${arg}, f) in turn: how many open episodes are under
 * observation today, were asked in the round that runs, have answered, and
 * how many stand on each work list (0 too).  HC_OK; whatever ${figure}
 * returns other than that; HC_CONFIG if a rule makes no sense; a failure.
 */
enum hc_status hc_report_round(struct hc_store *store,
    const struct hc_expr_clock *clock,
    enum hc_status (*figure)(void *arg, const struct hc_report_figure *f),
    void *arg);

#endif
