/* How often unknown links may be asked for. */
#include <string.h>

#include "task/form_limit.h"

#define EACH 20
#define ALL 600

/*
 * Two addresses may share a slot; then the later one begins anew, and the
 * limit for all still holds.
 */
bool
hc_form_limit_count(struct hc_form_limit *limit, const char *address,
    time_t now)
{
	unsigned int hash = 2166136261u;	/* FNV-1a */
	size_t i;

	if (now / 60 != limit->minute) {
		memset(limit, 0, sizeof(*limit));
		limit->minute = now / 60;
	}
	for (; *address != '\0'; address++)
		hash = (hash ^ (unsigned char)*address) * 16777619u;
	i = hash % HC_FORM_LIMIT_SLOTS;
	if (limit->slots[i].address != hash) {
		limit->slots[i].address = hash;
		limit->slots[i].count = 0;
	}
	limit->slots[i].count++;
	limit->total++;
	return limit->slots[i].count > EACH || limit->total > ALL;
}
