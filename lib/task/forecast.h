/* How many calls to expect, hour by hour, from the rounds of past days. */
#ifndef HC_TASK_FORECAST_H
#define HC_TASK_FORECAST_H

#include "task/followup.h"

#define HC_FORECAST_DAYS 7	/* that are looked back at */

/*
 * hc_forecast_calls(f):
 * Of whom was under observation on each of the last days: how many answered
 * in which hour, how many of these were unwell (a condition of the list
 * "unwell" held), and how many had not answered by the cut-off.  These
 * shares are taken of whom is under observation today.  Episodes that were
 * closed since count for nothing.
 *
 * ${f->table}: hour ("08:00"), answers, unwell, silent, calls (the last two
 * together), with one decimal; the hours in which anything is expected, and
 * a last row "total".  HC_NOTFOUND if nobody was asked on those days, or
 * nobody is today; HC_CONFIG if the list makes no sense; a failure.
 */
enum hc_status hc_forecast_calls(struct hc_followup *f);

#endif
