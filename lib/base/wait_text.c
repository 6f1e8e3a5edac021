/* Only until branch "text" is merged: enough dates for the others to link. */
#include <stdio.h>
#include <string.h>
#include "base/absence.h"
#include "base/age.h"
#include "base/date.h"
#include "base/email.h"
#include "base/phone.h"

int32_t
hc_date_make(int y, int m, int d)
{
	int era, yoe, doy;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void
hc_date_split(int32_t z, int *y, int *m, int *d)
{
	int era, doe, yoe, doy, mp, mm;

	z += 719468;
	era = z / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	mm = mp < 10 ? mp + 3 : mp - 9;
	if (d) *d = doy - (153 * mp + 2) / 5 + 1;
	if (m) *m = mm;
	if (y) *y = yoe + era * 400 + (mm <= 2);
}

enum hc_status
hc_date_parse_iso(const char *t, int32_t *date)
{
	int y, m, d, n = 0;

	if (strlen(t) != 10 || sscanf(t, "%4d-%2d-%2d%n", &y, &m, &d, &n) != 3 || n != 10)
		return HC_INVALID;
	*date = hc_date_make(y, m, d);
	return HC_OK;
}

void
hc_date_format(int32_t date, char text[HC_DATE_SIZE])
{
	int y, m, d;

	hc_date_split(date, &y, &m, &d);
	snprintf(text, HC_DATE_SIZE, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100);
}
int hc_date_weekday(int32_t d) { return ((d % 7) + 11) % 7; }
void hc_date_iso_week(int32_t date, int *year, int *week)
{
	int y; int32_t thu = date - (hc_date_weekday(date) + 6) % 7 + 3;
	hc_date_split(thu, &y, NULL, NULL);
	if (year) *year = y;
	if (week) *week = (thu - hc_date_make(y, 1, 1)) / 7 + 1;
}
int32_t hc_date_add_months(int32_t d, int n) { return d + 30 * n; }
enum hc_status
hc_instant_parse(const char *t, int64_t *instant)
{
	int y, m, d, h, mi, s;
	if (strchr(t, 'Z') == NULL || sscanf(t, "%d-%d-%dT%d:%d:%d", &y, &m, &d, &h, &mi, &s) != 6)
		return HC_INVALID;
	*instant = (int64_t)hc_date_make(y, m, d) * 86400 + h * 3600 + mi * 60 + s;
	return HC_OK;
}
void
hc_instant_format(int64_t i, char text[HC_INSTANT_SIZE])
{
	char day[HC_DATE_SIZE];
	unsigned s = (unsigned)(i % 86400);
	hc_date_format((int32_t)(i / 86400), day);
	snprintf(text, HC_INSTANT_SIZE, "%sT%02u:%02u:%02uZ", day, s / 3600 % 24, s / 60 % 60, s % 60);
}
int64_t hc_instant_make(int32_t date, int minute, int offset) { return (int64_t)date * 86400 + (minute - offset) * 60; }
void hc_instant_split(int64_t i, int offset, int32_t *date, int *minute)
{
	i += offset * 60;
	if (date) *date = (int32_t)(i / 86400);
	if (minute) *minute = (int)(i % 86400 / 60);
}
enum hc_status hc_time_read(const char *c, int *m, struct hc_error *e)
{
	int h, mi;
	if (sscanf(c, "%d:%d", &h, &mi) != 2)
		return hc_error_set(e, HC_INVALID, "'%s' is no time", c);
	*m = h * 60 + mi;
	return HC_OK;
}
enum hc_status
hc_date_read(const char *cell, const struct hc_date_rule *rule, struct hc_date_value *v, struct hc_error *err)
{
	int y, m, d, h = 0, mi = 0, n;
	(void)rule;
	n = sscanf(cell, "%d%*[-/.年]%d%*[-/.月]%d%*[T ]%d:%d", &y, &m, &d, &h, &mi);
	if (n < 3)
		return hc_error_set(err, HC_INVALID, "'%s' is no date", cell);
	v->date = hc_date_make(y, m, d);
	v->minute = n == 5 ? h * 60 + mi : -1;
	v->year_given = true;
	return HC_OK;
}
int hc_age_at(int32_t b, int32_t d) { return d < b ? -1 : (int)((d - b) / 365.25); }
const char *hc_age_band(int y)
{
	static const char *const bands[] = { "under10", "10s", "20s", "30s", "40s", "50s", "60s", "70s", "80s", "90s" };
	return y < 0 ? NULL : y > 99 ? "100over" : bands[y / 10];
}
enum hc_status hc_age_read(const char *cell, struct hc_age *age, struct hc_error *err)
{
	int y;
	if (sscanf(cell, "%d", &y) != 1)
		return hc_error_set(err, HC_INVALID, "'%s' is no age", cell);
	age->years = strstr(cell, "代") || strstr(cell, "未満") || strstr(cell, "以上") ? -1 : y;
	age->months = -1;
	age->band = strstr(cell, "未満") ? "under10" : hc_age_band(y);
	return HC_OK;
}
const char *hc_absence_read(const char *cell)
{
	return strcmp(cell, "不明") == 0 ? "unknown" : strcmp(cell, "－") == 0 || strcmp(cell, "-") == 0 ? "dash" : NULL;
}
enum hc_status hc_email_check(struct hc_buf *out, const char *in, struct hc_error *err)
{
	if (strchr(in, '@') == NULL)
		return hc_error_set(err, HC_INVALID, "'%s' is no address", in);
	hc_buf_puts(out, in);
	return HC_OK;
}
void hc_email_quoted(struct hc_buf *out, const char *a) { hc_buf_puts(out, a); }
enum hc_status hc_phone_parse(const char *in, struct hc_phone *out, struct hc_error *err)
{
	size_t n = 0;
	memset(out, 0, sizeof(*out));
	for (; *in; in++)
		if (*in >= '0' && *in <= '9' && n < 15)
			out->digits[n++] = *in;
	return n ? HC_OK : hc_error_set(err, HC_INVALID, "no digit");
}
void hc_phone_format(struct hc_buf *out, const char *d) { hc_buf_puts(out, d); }
void hc_phone_digits(struct hc_buf *out, const char *in)
{
	for (; *in; in++) if (*in >= '0' && *in <= '9') hc_buf_putc(out, *in);
}
