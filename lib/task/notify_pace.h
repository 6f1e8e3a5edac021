/*
 * How fast and when mails may go out: so many a minute in all and to one
 * domain (carriers block who sends in bulk), and at which time of the day.
 */
#ifndef HC_TASK_NOTIFY_PACE_H
#define HC_TASK_NOTIFY_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

struct hc_notify_domain;

struct hc_notify_pace {		/* begins as { 0 } */
	unsigned int rate;	/* a minute in all; 0: no limit */
	unsigned int domain_rate;	/* a minute to one domain; 0: none */
	int from, until;	/* minutes of the day; the same: always */
	int zone;		/* minutes east of UTC */
	struct hc_notify_domain *domains;
	size_t len;
};

/*
 * hc_notify_pace_load(pace, store):
 * Read the setting mail_window ("07:00-21:00").  The caller empties ${pace}
 * with hc_notify_pace_clear().  HC_OK; HC_CONFIG if it makes no sense; a
 * failure.
 */
enum hc_status hc_notify_pace_load(struct hc_notify_pace *pace,
    struct hc_store *store);
void hc_notify_pace_clear(struct hc_notify_pace *pace);

/* hc_notify_pace_open(pace, now): may anything be sent at that instant?  A
   window from evening to morning goes over midnight. */
bool hc_notify_pace_open(const struct hc_notify_pace *pace, int64_t now);

/* hc_notify_pace_allowed(pace, seconds): how many may have gone out so many
   seconds after the start. */
size_t hc_notify_pace_allowed(const struct hc_notify_pace *pace,
    double seconds);

/*
 * hc_notify_pace_take(pace, address, seconds):
 * May one go to that address's domain now?  If so it is counted.  HC_OK;
 * HC_BUSY if that must wait; HC_NOMEM.
 */
enum hc_status hc_notify_pace_take(struct hc_notify_pace *pace,
    const char *address, double seconds);

#endif
