/* Rounds, from the office's settings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/round.h"

#define DAY_MINUTES 1440

/* "08:00,16:00" into ${minutes}; how many, or -1. */
static int
read_times(const char *text, int *minutes)
{
	char word[16];
	size_t len;
	int n = 0;

	while (*text != '\0') {
		len = strcspn(text, ",");
		if (n == HC_ROUND_SLOTS || len >= sizeof(word))
			return -1;
		snprintf(word, sizeof(word), "%.*s", (int)len, text);
		if (hc_time_read(word, &minutes[n++], NULL) != HC_OK)
			return -1;
		text += len + (text[len] == ',');
	}
	return n;
}

static enum hc_status
load_times(struct hc_store *store, const char *name, int slots, int *minutes)
{
	enum hc_status rc;
	char *text = NULL;
	int n;

	if ((rc = hc_store_setting(store, name, &text)) != HC_OK)
		return rc;
	n = text != NULL ? read_times(text, minutes) : 0;
	if (n < slots)
		rc = hc_db_fail(store->db, HC_CONFIG, _("setting '%s': '%s' "
		    "is not one time for each of %d rounds, as 08:00,16:00"),
		    name, text != NULL ? text : "", slots);
	free(text);
	return rc;
}

/* Times grow from slot to slot; a cut-off before its ask time is meant for
   the next day. */
static enum hc_status
check_times(struct hc_store *store, struct hc_round_plan *plan)
{
	int i;

	for (i = 0; i < plan->slots; i++) {
		if (plan->remind[i] <= plan->ask[i])
			plan->remind[i] += DAY_MINUTES;
		if (plan->cutoff[i] <= plan->ask[i])
			plan->cutoff[i] += DAY_MINUTES;
		if (i > 0 && plan->ask[i] <= plan->ask[i - 1])
			return hc_db_fail(store->db, HC_CONFIG, _("setting "
			    "'ask_time': the rounds are not in the order of "
			    "the day"));
	}
	return HC_OK;
}

enum hc_status
hc_round_plan_load(struct hc_store *store, int zone,
    struct hc_round_plan *plan)
{
	enum hc_status rc;

	memset(plan, 0, sizeof(*plan));
	plan->zone = zone;
	if ((rc = hc_store_setting_number(store, "slots", 1, &plan->slots)) !=
	    HC_OK || (rc = hc_store_setting_number(store, "grace_hours", 24,
	    &plan->grace_hours)) != HC_OK)
		return rc;
	if (plan->slots < 1 || plan->slots > HC_ROUND_SLOTS)
		return hc_db_fail(store->db, HC_CONFIG, _("setting 'slots': "
		    "%d is not 1 to %d"), plan->slots, HC_ROUND_SLOTS);
	if ((rc = load_times(store, "ask_time", plan->slots, plan->ask)) !=
	    HC_OK || (rc = load_times(store, "remind_time", plan->slots,
	    plan->remind)) != HC_OK || (rc = load_times(store, "cutoff_time",
	    plan->slots, plan->cutoff)) != HC_OK)
		return rc;
	return check_times(store, plan);
}

void
hc_round_of(const struct hc_round_plan *plan, int32_t day, int slot,
    struct hc_round *round)
{
	int i = slot - 1;

	round->day = day;
	round->slot = slot;
	round->ask_at = hc_instant_make(day, plan->ask[i], plan->zone);
	round->remind_at = hc_instant_make(day, plan->remind[i], plan->zone);
	round->cutoff_at = hc_instant_make(day, plan->cutoff[i], plan->zone);
	round->until = round->cutoff_at + plan->grace_hours * INT64_C(3600);
}

void
hc_round_at(const struct hc_round_plan *plan, int64_t now,
    struct hc_round *round)
{
	int32_t day;
	int minute, slot;

	hc_instant_split(now, plan->zone, &day, &minute);
	for (slot = plan->slots; slot > 0; slot--)
		if (plan->ask[slot - 1] <= minute)
			break;
	if (slot == 0) {
		day--;
		slot = plan->slots;
	}
	hc_round_of(plan, day, slot, round);
}
