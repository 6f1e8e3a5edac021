/* The form machine's clock. */
#include <time.h>

#include "task/form_clock.h"

void
hc_form_clock(int64_t ahead, char now[HC_INSTANT_SIZE])
{
	hc_instant_format((int64_t)time(NULL) + ahead, now);
}

int64_t
hc_form_clock_ahead(const char *instant)
{
	int64_t shown;

	if (hc_instant_parse(instant, &shown) != HC_OK)
		return 0;
	return shown - (int64_t)time(NULL);
}
