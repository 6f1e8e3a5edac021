/*
 * Are two persons one?  The points were weighed on pairs as they occur in
 * lists (tests/0275-import-alike.t): a full agreement of name and of either
 * birth date or telephone number is far above the threshold; what members of
 * one family share, a surname, a number, an address, stays below it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/near.h"
#include "store/searchkey.h"
#include "task/alike_name.h"

#include "task/alike.h"

/* ---- Reading ---- */

enum hc_status
hc_alike_read(struct hc_alike_person *p, const struct hc_alike_said *said)
{
	const char *reading = said->kana;

	hc_buf_clear(&p->name);
	hc_buf_clear(&p->letters);
	hc_buf_clear(&p->sound);
	hc_buf_clear(&p->address);
	hc_buf_clear(&p->email);
	hc_fold_text(&p->name, said->name != NULL ? said->name : "");
	hc_fold_name(&p->letters, said->name != NULL ? said->name : "");
	if (reading == NULL && p->letters.len > 0 &&
	    hc_searchkey_spelt(hc_buf_text(&p->letters)))
		reading = said->name;
	hc_fold_sound(&p->sound, reading != NULL ? reading : "");
	hc_fold_name(&p->address, said->address != NULL ? said->address : "");
	hc_fold_name(&p->email, said->email != NULL ? said->email : "");
	if (said->birth_date == NULL ||
	    hc_date_parse_iso(said->birth_date, &p->birth) != HC_OK)
		p->birth = HC_DATE_NONE;
	snprintf(p->sex, sizeof(p->sex), "%s",
	    said->sex != NULL ? said->sex : "");
	p->nphones = 0;
	return hc_buf_failed(&p->name) || hc_buf_failed(&p->letters) ||
	    hc_buf_failed(&p->sound) || hc_buf_failed(&p->address) ||
	    hc_buf_failed(&p->email) ? HC_NOMEM : HC_OK;
}

void
hc_alike_clear(struct hc_alike_person *p)
{
	hc_buf_free(&p->name);
	hc_buf_free(&p->letters);
	hc_buf_free(&p->sound);
	hc_buf_free(&p->address);
	hc_buf_free(&p->email);
	memset(p, 0, sizeof(*p));
}

void
hc_alike_phone(struct hc_alike_person *p, const char *digits)
{
	if (p->nphones < HC_ALIKE_PHONES)
		snprintf(p->phones[p->nphones++], sizeof(p->phones[0]), "%s",
		    digits);
}

/* ---- Names ---- */

/* Kanji on one side and none on the other, and no reading to go by. */
static bool
incomparable(const struct hc_alike_person *a, const struct hc_alike_person *b)
{
	if (a->letters.len == 0 || b->letters.len == 0)
		return a->sound.len == 0 || b->sound.len == 0;
	return (a->sound.len == 0 || b->sound.len == 0) &&
	    hc_searchkey_spelt(a->letters.data) !=
	    hc_searchkey_spelt(b->letters.data);
}

static int
compare_names(const struct hc_alike_person *a,
    const struct hc_alike_person *b, unsigned int *reasons)
{
	const char *x = hc_buf_text(&a->letters), *y = hc_buf_text(&b->letters);
	const char *s = hc_buf_text(&a->sound), *t = hc_buf_text(&b->sound);
	bool heard = *s != '\0' && *t != '\0';

	if (*x != '\0' && strcmp(x, y) == 0) {
		*reasons |= HC_ALIKE_NAME;
		return 5;
	}
	if (heard && strcmp(s, t) == 0) {
		*reasons |= HC_ALIKE_READING;
		return 4;
	}
	if (hc_alike_name_turned(x, y) ||
	    (heard && hc_alike_name_turned(s, t))) {
		*reasons |= HC_ALIKE_ORDER;
		return 4;
	}
	if (incomparable(a, b))
		return 0;
	if (hc_alike_name_words(hc_buf_text(&a->name),
	    hc_buf_text(&b->name))) {
		*reasons |= HC_ALIKE_WORDS;
		return 3;
	}
	/* Where both readings are known, it is they that tell. */
	if (heard ? hc_alike_name_slipped(s, t, 5) :
	    hc_alike_name_slipped(x, y, 3)) {
		*reasons |= HC_ALIKE_TYPO;
		return 3;
	}
	if (hc_alike_name_given(hc_buf_text(&a->name),
	    hc_buf_text(&b->name))) {
		*reasons |= HC_ALIKE_GIVEN;
		return 1;
	}
	return -5;
}

/* ---- Birth dates ---- */

/*
 * Years between the same number in two eras: 昭和63 is 1988, 平成63 would be
 * 2051; 25 where 45 of 昭和 was taken for 1945.
 */
static bool
other_era(int years)
{
	static const int apart[] = { 14, 25, 30, 44, 63 };
	size_t i;

	for (i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
		if (abs(years) == apart[i])
			return true;
	return false;
}

static void
split_digits(int number, char *digits, int n)
{
	while (n-- > 0) {
		digits[n] = (char)(number % 10);
		number /= 10;
	}
}

/* Does one digit differ, or are two neighbours swapped?  Of YYYYMMDD. */
static bool
one_digit(const char a[8], const char b[8])
{
	int i, first = -1, differ = 0;

	for (i = 0; i < 8; i++)
		if (a[i] != b[i] && differ++ == 0)
			first = i;
	return differ == 1 || (differ == 2 && a[first] == b[first + 1] &&
	    a[first + 1] == b[first]);
}

unsigned int
hc_alike_birth(int32_t a, int32_t b)
{
	int year[2], month[2], day[2], i;
	char digits[2][8];

	if (a == HC_DATE_NONE || b == HC_DATE_NONE)
		return 0;
	if (a == b)
		return HC_ALIKE_BIRTH;
	hc_date_split(a, &year[0], &month[0], &day[0]);
	hc_date_split(b, &year[1], &month[1], &day[1]);
	if (year[0] == year[1] && month[0] == day[1] && day[0] == month[1])
		return HC_ALIKE_SWAPPED;
	if (month[0] == month[1] && day[0] == day[1] &&
	    other_era(year[0] - year[1]))
		return HC_ALIKE_ERA;
	for (i = 0; i < 2; i++) {
		split_digits(year[i], digits[i], 4);
		split_digits(month[i] * 100 + day[i], digits[i] + 4, 4);
	}
	return one_digit(digits[0], digits[1]) ? HC_ALIKE_DIGIT : 0;
}

static int
compare_births(int32_t a, int32_t b, unsigned int *reasons)
{
	unsigned int reason = hc_alike_birth(a, b);

	*reasons |= reason;
	switch (reason) {
	case HC_ALIKE_BIRTH:
		return 5;
	case HC_ALIKE_SWAPPED:
		return 4;
	case HC_ALIKE_ERA:
	case HC_ALIKE_DIGIT:
		return 3;
	default:
		return a == HC_DATE_NONE || b == HC_DATE_NONE ? 0 : -6;
	}
}

/* ---- The rest ---- */

static int
compare_phones(const struct hc_alike_person *a,
    const struct hc_alike_person *b, unsigned int *reasons)
{
	bool near = false;
	size_t i, j;

	for (i = 0; i < a->nphones; i++)
		for (j = 0; j < b->nphones; j++) {
			const char *x = a->phones[i], *y = b->phones[j];

			if (strcmp(x, y) == 0) {
				*reasons |= HC_ALIKE_PHONE;
				return 4;
			}
			near |= strlen(x) == strlen(y) &&
			    hc_near_distance(x, y) == 1;
		}
	if (near) {
		*reasons |= HC_ALIKE_PHONE_DIGIT;
		return 3;
	}
	return a->nphones > 0 && b->nphones > 0 ? -1 : 0;
}

/* Two texts, of which equal ones bring ${points}; another one takes one. */
static int
compare_texts(const struct hc_buf *a, const struct hc_buf *b,
    unsigned int reason, int points, unsigned int *reasons)
{
	if (a->len == 0 || b->len == 0)
		return 0;
	if (strcmp(a->data, b->data) != 0)
		return -1;
	*reasons |= reason;
	return points;
}

struct hc_alike
hc_alike_compare(const struct hc_alike_person *a,
    const struct hc_alike_person *b)
{
	struct hc_alike alike = { 0, 0 };

	alike.points = compare_names(a, b, &alike.reasons) +
	    compare_births(a->birth, b->birth, &alike.reasons) +
	    compare_phones(a, b, &alike.reasons) +
	    compare_texts(&a->address, &b->address, HC_ALIKE_ADDRESS, 2,
	    &alike.reasons) +
	    compare_texts(&a->email, &b->email, HC_ALIKE_EMAIL, 3,
	    &alike.reasons);
	if (a->sex[0] != '\0' && b->sex[0] != '\0' &&
	    strcmp(a->sex, b->sex) != 0)
		alike.points -= 3;
	return alike;
}

bool
hc_alike_doubtful(const struct hc_alike *alike)
{
	unsigned int birth = HC_ALIKE_BIRTH | HC_ALIKE_SWAPPED |
	    HC_ALIKE_ERA | HC_ALIKE_DIGIT;

	return alike->points >= 7 || (alike->points >= 5 &&
	    (alike->reasons & HC_ALIKE_NAME) && !(alike->reasons & birth));
}

void
hc_alike_words(unsigned int reasons, struct hc_buf *out)
{
	static const struct {
		unsigned int reason;
		const char *words;
	} all[] = {
		{ HC_ALIKE_NAME, N_("same name") },
		{ HC_ALIKE_READING, N_("same reading") },
		{ HC_ALIKE_ORDER, N_("parts of the name in another order") },
		{ HC_ALIKE_WORDS, N_("further names") },
		{ HC_ALIKE_TYPO, N_("a letter of the name differs") },
		{ HC_ALIKE_GIVEN, N_("same given name") },
		{ HC_ALIKE_BIRTH, N_("same date of birth") },
		{ HC_ALIKE_SWAPPED, N_("month and day of birth swapped") },
		{ HC_ALIKE_ERA, N_("year of birth of another era") },
		{ HC_ALIKE_DIGIT, N_("a digit of the date of birth differs") },
		{ HC_ALIKE_PHONE, N_("same telephone number") },
		{ HC_ALIKE_PHONE_DIGIT,
		    N_("a digit of the telephone number differs") },
		{ HC_ALIKE_ADDRESS, N_("same address") },
		{ HC_ALIKE_EMAIL, N_("same e-mail address") },
	};
	const char *mark = "";
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (reasons & all[i].reason) {
			hc_buf_printf(out, "%s%s", mark, _(all[i].words));
			mark = ", ";
		}
}
