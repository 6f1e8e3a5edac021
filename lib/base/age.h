/* Ages and age bands. */
#ifndef HC_BASE_AGE_H
#define HC_BASE_AGE_H

#include <stdint.h>

#include "base/status.h"

/*
 * A cell's age.  Codes of bands, from narrow to wide:
 *   under10 10s 20s ... 90s 100over	decades
 *   65over 80over 90over		all that is known is "or older"
 *   minor elderly			未成年, 高齢者
 * A single age of 100 or more is in "100over"; of 92 in "90s".
 */
struct hc_age {
	int years;		/* completed years, or -1 if only a band */
	int months;		/* beyond them: 10 of "1歳10か月", 6 of
				   "6か月" and "18か月"; else -1 */
	const char *band;	/* a code from above, static, never NULL */
};

/*
 * hc_age_at(birth, day):
 * Completed years on ${day} of somebody born on ${birth} (day numbers of
 * base/date.h); who is born on 29 February has the birthday on 1 March of
 * common years.  -1 if ${day} is before ${birth}.
 */
int hc_age_at(int32_t birth, int32_t day);

/* hc_age_band(years): the code of the decade; NULL if years is negative. */
const char *hc_age_band(int years);

/*
 * hc_age_read(cell, age, err):
 * Read an age or age band as lists write it: 34, ３４歳, 30代, ３０歳代,
 * 30 歳代, 30代後半, 10歳未満, 10代未満, 未就学児, 1歳未満 (the age 0),
 * 90歳以上, 6か月, 生後5日, 30-39, 30s and the codes themselves.  A band that
 * has no code (70歳以上, 15歳未満, 20～39歳) is refused, not widened.  Words
 * that say why no age is there (調査中) are for base/absence.h.
 *
 * Returns HC_OK with ${age} filled, HC_NOTFOUND if the cell is empty or
 * spaces, HC_INVALID with the reason, HC_NOMEM.
 */
enum hc_status hc_age_read(const char *cell, struct hc_age *age,
    struct hc_error *err);

#endif
