/*
 * Any bytes as a date, time, age and instant: a day that comes out exists,
 * and comes in again as the same; columns are decided or refused in words.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/age.h"
#include "base/date.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_by(const char *in, const struct hc_date_rule *rule)
{
	struct hc_date_value value, again;
	struct hc_error err = { "" };
	char text[HC_DATE_SIZE];
	int32_t date;

	switch (hc_date_read(in, rule, &value, &err)) {
	case HC_OK:
		hc_date_format(value.date, text);
		if (hc_date_parse_iso(text, &date) != HC_OK ||
		    date != value.date || value.minute < -1 ||
		    value.minute > 1439)
			abort();
		if (hc_date_read(text, rule, &again, &err) != HC_OK ||
		    again.date != date)
			abort();
		break;
	case HC_INVALID:
		if (err.text[0] == '\0' || strchr(err.text, '\n') != NULL ||
		    !hc_utf8_valid(err.text, strlen(err.text), NULL))
			abort();
		break;
	case HC_NOTFOUND:
		break;
	default:
		abort();
	}
}

/* The lines of ${in} as a column. */
static void
decide(char *in, const struct hc_date_rule *rule)
{
	struct hc_date_column column;
	struct hc_date_rule decided;
	struct hc_error err = { "" };
	char *line;

	hc_date_column_init(&column, rule);
	while ((line = strsep(&in, "\n")) != NULL)
		if (hc_date_column_see(&column, line) != HC_OK)
			abort();
	if (column.unclear > column.dates || column.dates > column.cells)
		abort();
	if (hc_date_column_decide(&column, &decided, &err) != HC_OK &&
	    err.text[0] == '\0')
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_age age;
	char *in, text[HC_INSTANT_SIZE];
	int64_t instant, same;
	int minute;

	if (size < 2 || (in = malloc(size)) == NULL)
		return 0;
	rule.form = (enum hc_date_form)(data[0] % 5);
	rule.serial = (enum hc_date_serial)(data[0] / 8 % 3);
	rule.weekday = data[0] / 32 % 2;
	rule.year = data[0] / 64 % 2 ? 2020 : 0;
	rule.latest = data[0] / 128 ? 18643 : HC_DATE_NONE;
	rule.era = 'R';
	memcpy(in, data + 1, size - 1);
	in[size - 1] = '\0';
	read_by(in, &rule);
	if (hc_time_read(in, &minute, NULL) == HC_OK &&
	    (minute < 0 || minute > 1440))
		abort();
	if (hc_instant_parse(in, &instant) == HC_OK) {
		hc_instant_format(instant, text);
		if (text[0] != '\0' && (hc_instant_parse(text, &same) !=
		    HC_OK || same != instant))
			abort();
	}
	if (hc_age_read(in, &age, NULL) == HC_OK &&
	    (age.band == NULL || age.years > 130 || age.months > 11))
		abort();
	decide(in, &rule);
	free(in);
	return 0;
}
