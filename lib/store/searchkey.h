/*
 * What a record can be found by: the folded texts of its searchable fields,
 * one on a line behind the letter of its class, and how a word that staff
 * typed is compared with them.  Nothing here knows the database.
 */
#ifndef HC_STORE_SEARCHKEY_H
#define HC_STORE_SEARCHKEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "store/row.h"

/* Those of field.tsv's column "search", then two that are made from names. */
enum hc_searchkey_class {
	HC_SEARCH_NAME,
	HC_SEARCH_KANA,
	HC_SEARCH_PHONE,
	HC_SEARCH_FACILITY,
	HC_SEARCH_NUMBER,
	HC_SEARCH_ADDRESS,
	HC_SEARCH_NOTE,
	HC_SEARCH_ROMAJI,
	HC_SEARCH_SOUND,
	HC_SEARCH_CLASSES	/* how many there are */
};

/* How well a word fits, best first. */
enum hc_searchkey_kind {
	HC_SEARCH_EXACT,	/* the whole key, or whole words of it */
	HC_SEARCH_PREFIX,	/* where a word of it begins */
	HC_SEARCH_INSIDE,
	HC_SEARCH_NEAR,		/* it sounds alike */
	HC_SEARCH_NONE
};

/* hc_searchkey_class(name, class): "phone" to HC_SEARCH_PHONE; 0, or -1. */
int hc_searchkey_class(const char *name, enum hc_searchkey_class *class);
const char *hc_searchkey_class_name(enum hc_searchkey_class class);
const char *hc_searchkey_kind_name(enum hc_searchkey_kind kind);

/*
 * hc_searchkey_row(row, out):
 * Append the lines of ${row}: "n高橋 花子\nktakahashi...".  Out of memory
 * shows in hc_buf_failed().
 */
void hc_searchkey_row(const struct hc_row *row, struct hc_buf *out);

/* hc_searchkey_spelt(key): are there only Latin letters, kana and signs in
   the folded line, so that its sound is known? */
bool hc_searchkey_spelt(const char *key);

/* hc_searchkey_entity(entity): has it any searchable field? */
bool hc_searchkey_entity(const struct hc_entity *entity);

/*
 * hc_searchkey_facility(out, name):
 * Append the key of a facility's name without 医療法人, 株式会社 and the
 * like; nothing where nothing else is left.
 */
void hc_searchkey_facility(struct hc_buf *out, const char *name);

/* A word that is looked for.  All keys are without spaces; "" where the word
   has none of that kind. */
struct hc_searchkey_word {
	unsigned int classes;	/* bits: where it may stand */
	struct hc_buf key;	/* as names, addresses, notes have it */
	struct hc_buf facility;	/* without legal forms */
	struct hc_buf romaji;	/* of a word in Latin letters */
	struct hc_buf digits;	/* of a telephone number */
	struct hc_buf sound;	/* of kana and Latin letters */
	bool only_whole;	/* one or two digits: whole numbers only */
};

/* Every class that is searched where none is named. */
#define HC_SEARCH_ANYWHERE ((1u << (HC_SEARCH_NOTE + 1)) - 1)

/*
 * hc_searchkey_word(word, classes, text, err):
 * Make ready to look for ${text} in ${classes} (bits 1 << HC_SEARCH_...).
 * The caller empties ${word} with hc_searchkey_word_clear() in any case.
 *
 * HC_OK; HC_INVALID if nothing is left of it to look for, if it is longer
 * than HC_SEARCHKEY_LONGEST, or (only phone asked) has not three digits;
 * HC_NOMEM.
 */
#define HC_SEARCHKEY_LONGEST 600	/* bytes */
enum hc_status hc_searchkey_word(struct hc_searchkey_word *word,
    unsigned int classes, const char *text, struct hc_error *err);
void hc_searchkey_word_clear(struct hc_searchkey_word *word);

/*
 * hc_searchkey_match(word, keys, near, class):
 * How the ${word} fits the lines ${keys}: the best kind, and in ${class} the
 * first class in which it is so; HC_SEARCH_NONE if it does not.  Only with
 * ${near} are sounds compared, and nothing else.
 */
enum hc_searchkey_kind hc_searchkey_match(
    const struct hc_searchkey_word *word, const char *keys, bool near,
    enum hc_searchkey_class *class);

#endif
