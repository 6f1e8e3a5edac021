/* How fast and when mails may go out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/notify_pace.h"

struct hc_notify_domain {
	char *name;
	size_t taken;
};

/* "07:00-21:00" */
static bool
read_window(struct hc_notify_pace *pace, const char *text)
{
	const char *dash = strchr(text, '-');
	char from[16];

	if (dash == NULL || (size_t)(dash - text) >= sizeof(from))
		return false;
	snprintf(from, sizeof(from), "%.*s", (int)(dash - text), text);
	return hc_time_read(from, &pace->from, NULL) == HC_OK &&
	    hc_time_read(dash + 1, &pace->until, NULL) == HC_OK;
}

enum hc_status
hc_notify_pace_load(struct hc_notify_pace *pace, struct hc_store *store)
{
	enum hc_status rc;
	char *text = NULL;

	pace->zone = store->offset;
	rc = hc_store_setting(store, "mail_window", &text);
	if (rc == HC_OK && text != NULL && !read_window(pace, text))
		rc = hc_db_fail(store->db, HC_CONFIG, _("setting '%s': '%s' "
		    "is no time of day from and until, as 07:00-21:00"),
		    "mail_window", text);
	free(text);
	return rc;
}

void
hc_notify_pace_clear(struct hc_notify_pace *pace)
{
	size_t i;

	for (i = 0; i < pace->len; i++)
		free(pace->domains[i].name);
	free(pace->domains);
	pace->domains = NULL;
	pace->len = 0;
}

bool
hc_notify_pace_open(const struct hc_notify_pace *pace, int64_t now)
{
	int minute;

	hc_instant_split(now, pace->zone, NULL, &minute);
	if (pace->from <= pace->until)
		return pace->from == pace->until ||
		    (minute >= pace->from && minute < pace->until);
	return minute >= pace->from || minute < pace->until;
}

static size_t
allowed(unsigned int rate, double seconds)
{
	return 1 + (size_t)(seconds * rate / 60);
}

size_t
hc_notify_pace_allowed(const struct hc_notify_pace *pace, double seconds)
{
	return pace->rate > 0 ? allowed(pace->rate, seconds) : SIZE_MAX;
}

/* Domains are few: a list will do. */
static struct hc_notify_domain *
find_domain(struct hc_notify_pace *pace, const char *name)
{
	struct hc_notify_domain *grown;
	size_t i;

	for (i = 0; i < pace->len; i++)
		if (strcasecmp(pace->domains[i].name, name) == 0)
			return &pace->domains[i];
	grown = realloc(pace->domains, (pace->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return NULL;
	pace->domains = grown;
	grown[pace->len].taken = 0;
	if ((grown[pace->len].name = strdup(name)) == NULL)
		return NULL;
	return &grown[pace->len++];
}

enum hc_status
hc_notify_pace_take(struct hc_notify_pace *pace, const char *address,
    double seconds)
{
	const char *at = address != NULL ? strrchr(address, '@') : NULL;
	struct hc_notify_domain *domain;

	if (pace->domain_rate == 0 || at == NULL)
		return HC_OK;
	if ((domain = find_domain(pace, at + 1)) == NULL)
		return HC_NOMEM;
	if (domain->taken >= allowed(pace->domain_rate, seconds))
		return HC_BUSY;
	domain->taken++;
	return HC_OK;
}
