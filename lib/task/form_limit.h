/*
 * How often unknown links may be asked for: 20 times a minute by one
 * address, 600 times by all together.  Known links are never limited:
 * carriers put a whole town behind one address.
 */
#ifndef HC_TASK_FORM_LIMIT_H
#define HC_TASK_FORM_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define HC_FORM_LIMIT_SLOTS 4096

/* Begins as { 0 }; one thread uses it. */
struct hc_form_limit {
	struct {
		unsigned int address;	/* a hash of it */
		unsigned int count;
	} slots[HC_FORM_LIMIT_SLOTS];
	unsigned int total;
	time_t minute;
};

/* hc_form_limit_count(limit, address, now): count one more unknown link;
   is it one too many?  ${now} is in seconds of any clock. */
bool hc_form_limit_count(struct hc_form_limit *limit, const char *address,
    time_t now);

#endif
