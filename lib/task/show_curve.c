/* The temperatures of a person as a small curve (task/show.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/show.h"

#define DAYS 21		/* the last ones of which there is any */
#define ROWS 9

/* The highest temperature of one day, in tenths. */
struct day {
	char day[11];
	int worst;
};

static int
tenths(const char *value)
{
	const char *dot = strchr(value, '.');

	return (int)strtol(value, NULL, 10) * 10 +
	    (dot != NULL ? dot[1] - '0' : 0);
}

/* The records stand in the order of time. */
static size_t
read_days(const struct hc_show *show, struct day days[DAYS])
{
	const struct hc_show_record *r;
	const char *value;
	size_t i, len = 0;

	for (i = 0; i < show->len; i++) {
		r = &show->items[i];
		if (strcmp(r->row->entity->name, "observation") != 0 ||
		    (value = hc_row_value(r->row, "temperature")) == NULL)
			continue;
		if (len == 0 || strncmp(days[len - 1].day,
		    hc_row_value(r->row, "day"), 10) != 0) {
			if (len == DAYS)
				memmove(days, days + 1,
				    --len * sizeof(*days));
			snprintf(days[len].day, sizeof(days[len].day), "%s",
			    hc_row_value(r->row, "day"));
			days[len++].worst = 0;
		}
		if (tenths(value) > days[len - 1].worst)
			days[len - 1].worst = tenths(value);
	}
	return len;
}

static void
put_row(const struct day *days, size_t len, int low, int step,
    struct hc_buf *out)
{
	size_t i;

	hc_buf_printf(out, "  %2d.%d |", low / 10, low % 10);
	for (i = 0; i < len; i++)
		hc_buf_puts(out, days[i].worst >= low &&
		    days[i].worst < low + step ? "  *" : "   ");
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		hc_buf_cut(out, out->len - 1);
	hc_buf_putc(out, '\n');
}

void
hc_show_curve(const struct hc_show *show, struct hc_buf *out)
{
	struct day days[DAYS];
	size_t len = read_days(show, days), i;
	int least = 999, most = 0, step = 5, row;

	if (len < 2)
		return;
	for (i = 0; i < len; i++) {
		least = days[i].worst < least ? days[i].worst : least;
		most = days[i].worst > most ? days[i].worst : most;
	}
	if (most / 5 - least / 5 >= ROWS)
		step = 10;
	hc_buf_printf(out, "\n%s, %s - %s\n", _("temperature"), days[0].day,
	    days[len - 1].day);
	for (row = most / step; row >= least / step; row--)
		put_row(days, len, row * step, step, out);
	hc_buf_puts(out, "        ");
	for (i = 0; i < len; i++)
		hc_buf_printf(out, " %s", days[i].day + 8);
	hc_buf_putc(out, '\n');
}
