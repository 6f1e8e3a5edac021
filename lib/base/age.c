/* Ages and age bands: a number and what stands around it. */
#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/scan.h"

#include "base/age.h"

#define OLDEST 130
#define N(a) (sizeof(a) / sizeof((a)[0]))

static const char *const decades[] = { "under10", "10s", "20s", "30s", "40s",
    "50s", "60s", "70s", "80s", "90s", "100over" };

/* All that is known is that somebody is of this age or older. */
static const struct {
	int from;
	const char *band;
} overs[] = {
	{ 65, "65over" }, { 80, "80over" }, { 90, "90over" },
	{ 100, "100over" },
};

static const struct {
	const char *word, *band;
} words[] = {
	{ "未就学児", "under10" }, { "未就学", "under10" },
	{ "就学前", "under10" }, { "就学前児童", "under10" },
	{ "新生児", "under10" }, { "乳児", "under10" }, { "幼児", "under10" },
	{ "乳幼児", "under10" }, { "園児", "under10" },
	{ "未成年", "minor" }, { "未成年者", "minor" },
	{ "高齢者", "elderly" }, { "高齢", "elderly" },
	{ "65over", "65over" }, { "80over", "80over" },
	{ "90over", "90over" }, { "minor", "minor" },
	{ "elderly", "elderly" },
};

int
hc_age_at(int32_t birth, int32_t day)
{
	int by, bm, bd, y, m, d;

	if (birth == HC_DATE_NONE || day == HC_DATE_NONE || day < birth)
		return -1;
	hc_date_split(birth, &by, &bm, &bd);
	hc_date_split(day, &y, &m, &d);
	return y - by - (m < bm || (m == bm && d < bd));
}

const char *
hc_age_band(int years)
{
	return years < 0 ? NULL : decades[years >= 100 ? 10 : years / 10];
}

/* Move behind any of 歳, 才, 歳児, さい, "years old". */
static bool
take_years(const char **p)
{
	if (!hc_scan_take(p, "歳") && !hc_scan_take(p, "才") &&
	    !hc_scan_take(p, "さい") && !hc_scan_take(p, "yearsold") &&
	    !hc_scan_take(p, "years"))
		return false;
	hc_scan_take(p, "児");
	return true;
}

/* Move behind か月 in its many spellings. */
static bool
take_months(const char **p)
{
	static const char *const ka[] = { "か", "ヶ", "ケ", "カ", "ヵ", "箇",
	    "ｹ", "ｶ", "" };
	const char *at;
	size_t i;

	for (i = 0; i < N(ka); i++) {
		at = *p;
		if (hc_scan_take(&at, ka[i]) && hc_scan_take(&at, "月")) {
			hc_scan_take(&at, "児");
			*p = at;
			return true;
		}
	}
	return false;
}

static bool
at_end(const char *p)
{
	return *p == '\0';
}

/* "or older", whatever the words. */
static bool
take_over(const char **p)
{
	return hc_scan_take(p, "以上") || (**p == '~' && (*p)[1] == '\0' &&
	    *(++*p) == '\0');
}

static bool
band(struct hc_age *age, const char *code)
{
	age->band = code;
	return code != NULL;
}

/* ${n} or older; false if there is no such band. */
static bool
over(struct hc_age *age, int n)
{
	size_t i;

	for (i = 0; i < N(overs); i++)
		if (overs[i].from == n)
			return band(age, overs[i].band);
	return false;
}

/* Under ${n}: 1歳未満 is the age 0. */
static bool
under(struct hc_age *age, int n)
{
	if (n == 1)
		age->years = 0;
	return (n == 1 || n == 10 || n == 20) &&
	    band(age, n == 20 ? "minor" : "under10");
}

static bool
exact(struct hc_age *age, int years, int months)
{
	if (years > OLDEST)
		return false;
	age->years = years;
	age->months = months;
	return band(age, hc_age_band(years));
}

/* Behind "30代" or "30歳代". */
static bool
decade(struct hc_age *age, int n, const char *p)
{
	if (n % 10 != 0)
		return false;
	if (hc_scan_take(&p, "未満"))
		return at_end(p) && under(age, n);
	if (hc_scan_take(&p, "以下"))
		return at_end(p) && n == 10 && band(age, "minor");
	if (take_over(&p))
		return at_end(p) && over(age, n);
	if (!hc_scan_take(&p, "前半") && !hc_scan_take(&p, "後半"))
		hc_scan_take(&p, "半ば");
	return at_end(p) && n <= OLDEST && band(age, hc_age_band(n));
}

/* Behind "30-": the 39 that makes it a decade. */
static bool
range(struct hc_age *age, int n, const char *p)
{
	int to = hc_scan_number(&p, 3);

	take_years(&p);
	return at_end(p) && n % 10 == 0 && to == n + 9 &&
	    band(age, hc_age_band(n));
}

/* Behind "1歳": 10か月, or 代, 未満, 以下, 以上, or nothing. */
static bool
behind_years(struct hc_age *age, int n, const char *p)
{
	int months;

	if (at_end(p))
		return exact(age, n, -1);
	if (hc_scan_take(&p, "代"))
		return decade(age, n, p);
	if (hc_scan_take(&p, "未満"))
		return at_end(p) && under(age, n);
	if (hc_scan_take(&p, "以下"))
		return at_end(p) && under(age, n + 1);
	if (take_over(&p))
		return at_end(p) && over(age, n);
	if (hc_scan_take(&p, "~") || hc_scan_take(&p, "-") ||
	    hc_scan_take(&p, "から"))
		return range(age, n, p);
	months = hc_scan_number(&p, 2);
	return months >= 0 && months < 12 && take_months(&p) && at_end(p) &&
	    exact(age, n, months);
}

/* A cell that begins with a number. */
static bool
numbered(struct hc_age *age, const char *p)
{
	bool born = hc_scan_take(&p, "生後");
	int n;

	hc_scan_take(&p, "満");
	n = hc_scan_number(&p, 3);
	if (n < 0)
		return false;
	if (take_months(&p))
		return at_end(p) && exact(age, n / 12, n % 12);
	if (born)
		return (hc_scan_take(&p, "日") || hc_scan_take(&p, "週間") ||
		    hc_scan_take(&p, "週")) && (at_end(p) ||
		    hc_scan_take(&p, "齢")) && at_end(p) && n < 60 &&
		    exact(age, 0, -1);
	if (hc_scan_take(&p, "s"))
		return at_end(p) && n < 100 && decade(age, n, p);
	/* Years that a system counted in days: the completed ones. */
	if (*p == '.' && hc_scan_is_digit(p[1])) {
		p += 1 + strspn(p + 1, "0123456789");
		return at_end(p) && exact(age, n, -1);
	}
	take_years(&p);
	return behind_years(age, n, p);
}

static bool
worded(struct hc_age *age, const char *text)
{
	size_t i;

	for (i = 0; i < N(words); i++)
		if (strcasecmp(text, words[i].word) == 0)
			return band(age, words[i].band);
	for (i = 0; i < N(decades); i++)
		if (strcasecmp(text, decades[i]) == 0)
			return band(age, decades[i]);
	return false;
}

enum hc_status
hc_age_read(const char *cell, struct hc_age *age, struct hc_error *err)
{
	struct hc_age got = { -1, -1, NULL };
	struct hc_buf plain = HC_BUF_INIT, solid = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *p;

	hc_norm_ascii(&plain, cell);
	for (p = hc_buf_text(&plain); *p != '\0'; p++)
		if (!hc_scan_is_space(*p))
			hc_buf_putc(&solid, *p);
	p = hc_buf_text(&solid);
	if (plain.failed || solid.failed)
		rc = hc_error_nomem(err);
	else if (*p == '\0')
		rc = HC_NOTFOUND;
	else if (!worded(&got, p) && !numbered(&got, p))
		rc = hc_norm_refuse(err, _("no age or age band"), cell);
	else
		*age = got;
	hc_buf_free(&plain);
	hc_buf_free(&solid);
	return rc;
}
