/*
 * The form machine's clock: the machine's own, or, for trials of another
 * day, ahead of it or behind by so many seconds.
 */
#ifndef HC_TASK_FORM_CLOCK_H
#define HC_TASK_FORM_CLOCK_H

#include <stdint.h>

#include "base/date.h"

/* hc_form_clock(ahead, now): the instant, ${ahead} seconds after the
   machine's. */
void hc_form_clock(int64_t ahead, char now[HC_INSTANT_SIZE]);

/* hc_form_clock_ahead(instant): the seconds by which a clock is ahead that
   shows ${instant} now; 0 if that is no instant. */
int64_t hc_form_clock_ahead(const char *instant);

#endif
