/*
 * How much speaks for it that two records, or a row of a list and a record,
 * are one person: evidence for and against, in points, and the reasons in
 * words.  Nothing here knows the database.
 */
#ifndef HC_TASK_ALIKE_H
#define HC_TASK_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define HC_ALIKE_PHONES 8

/* What is known of one of the two; "" where nothing is. */
struct hc_alike_person {
	struct hc_buf name;	/* folded, words parted by spaces */
	struct hc_buf letters;	/* the same without spaces */
	struct hc_buf sound;	/* of the reading, or of a name in kana */
	struct hc_buf address, email;	/* folded */
	int32_t birth;		/* HC_DATE_NONE */
	char sex[16];
	char phones[HC_ALIKE_PHONES][20];	/* digits */
	size_t nphones;
};

/* Values as a record has them; any may be NULL. */
struct hc_alike_said {
	const char *name, *kana, *birth_date, *sex, *address, *email;
};

/*
 * hc_alike_read(person, said):
 * Fill ${person}, all zero at first, in place of what it holds; it has no
 * telephone number then.  The caller empties it with hc_alike_clear().
 * HC_OK, HC_NOMEM.
 */
enum hc_status hc_alike_read(struct hc_alike_person *person,
    const struct hc_alike_said *said);
void hc_alike_clear(struct hc_alike_person *person);

/* hc_alike_phone(person, digits): it has this number too; more than
   HC_ALIKE_PHONES are passed over. */
void hc_alike_phone(struct hc_alike_person *person, const char *digits);

/* Reasons. */
enum {
	HC_ALIKE_NAME = 1 << 0,		/* the same after folding */
	HC_ALIKE_READING = 1 << 1,	/* only the reading is the same */
	HC_ALIKE_ORDER = 1 << 2,	/* the parts are turned round */
	HC_ALIKE_WORDS = 1 << 3,	/* one has further words */
	HC_ALIKE_TYPO = 1 << 4,		/* a letter differs */
	HC_ALIKE_GIVEN = 1 << 5,	/* another surname */
	HC_ALIKE_BIRTH = 1 << 6,
	HC_ALIKE_SWAPPED = 1 << 7,	/* day and month */
	HC_ALIKE_ERA = 1 << 8,		/* the year of another era */
	HC_ALIKE_DIGIT = 1 << 9,	/* of the birth date */
	HC_ALIKE_PHONE = 1 << 10,
	HC_ALIKE_PHONE_DIGIT = 1 << 11,
	HC_ALIKE_ADDRESS = 1 << 12,
	HC_ALIKE_EMAIL = 1 << 13
};

struct hc_alike {
	int points;
	unsigned int reasons;
};

/* hc_alike_compare(a, b): both the same way round. */
struct hc_alike hc_alike_compare(const struct hc_alike_person *a,
    const struct hc_alike_person *b);

/* hc_alike_doubtful(alike): should somebody look at the two?  A name alone is
   enough where nothing speaks against it. */
bool hc_alike_doubtful(const struct hc_alike *alike);

/* hc_alike_birth(a, b): the reason why the two days may be one, as
   HC_ALIKE_SWAPPED; 0 if they are two, or one is not known. */
unsigned int hc_alike_birth(int32_t a, int32_t b);

/* hc_alike_words(reasons, out): append "same reading, same date of birth". */
void hc_alike_words(unsigned int reasons, struct hc_buf *out);

#endif
