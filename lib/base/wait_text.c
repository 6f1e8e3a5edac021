/* Only until the rest of branch "text" is merged. */
#include <stdio.h>
#include <string.h>
#include "base/absence.h"
#include "base/age.h"
#include "base/email.h"

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
