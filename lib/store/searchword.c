/* A word that staff typed, compared with the lines of store/searchkey.h. */
#include <string.h>

#include "base/fold.h"
#include "base/i18n.h"
#include "base/phone.h"

#include "store/searchkey.h"

static bool
has_letter(const char *p)
{
	for (; *p != '\0'; p++)
		if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))
			return true;
	return false;
}

static bool
is_ascii(const char *p)
{
	while (*p > 0)
		p++;
	return *p == '\0';
}

/* May ${key} be a telephone number or part of one: digits and signs? */
static bool
like_phone(const char *key)
{
	return key[strspn(key, "0123456789+-()/#*")] == '\0' &&
	    key[strcspn(key, "0123456789")] != '\0';
}

/* The digits as the index has them: +81 and 0081 as 0. */
static void
set_digits(struct hc_searchkey_word *word, const char *text)
{
	struct hc_phone phone;

	if (hc_phone_parse(text, &phone, NULL) == HC_OK && !phone.restored)
		hc_buf_puts(&word->digits,
		    phone.digits + (phone.digits[0] == '+'));
	else
		hc_phone_digits(&word->digits, text);
	if (word->digits.len < 3)
		hc_buf_clear(&word->digits);
}

static void
drop_spaces(struct hc_buf *key)
{
	size_t from, to = 0;

	for (from = 0; from < key->len; from++)
		if (key->data[from] != ' ')
			key->data[to++] = key->data[from];
	hc_buf_cut(key, to);
}

static void
set_keys(struct hc_searchkey_word *word, const char *text)
{
	const unsigned int named = 1u << HC_SEARCH_NAME | 1u << HC_SEARCH_KANA;
	const char *key;

	hc_fold_name(&word->key, text);
	key = hc_buf_text(&word->key);
	if (word->classes & 1u << HC_SEARCH_FACILITY) {
		hc_searchkey_facility(&word->facility, text);
		drop_spaces(&word->facility);
		if (word->facility.len == word->key.len)
			hc_buf_clear(&word->facility);
	}
	if (word->classes & 1u << HC_SEARCH_PHONE && like_phone(key))
		set_digits(word, text);
	if (!(word->classes & named))
		return;
	if (is_ascii(key) && has_letter(key))
		hc_fold_romaji(&word->romaji, text);
	if (!like_phone(key))
		hc_fold_sound(&word->sound, text);
	/* Kanji have no sound here, and two letters sound like anything. */
	if (!is_ascii(hc_buf_text(&word->sound)) || word->sound.len < 3)
		hc_buf_clear(&word->sound);
}

enum hc_status
hc_searchkey_word(struct hc_searchkey_word *word, unsigned int classes,
    const char *text, struct hc_error *err)
{
	const char *key;
	size_t digits;

	memset(word, 0, sizeof(*word));
	word->classes = classes;
	if (strlen(text) > HC_SEARCHKEY_LONGEST)
		return hc_error_set(err, HC_INVALID,
		    _("a word to look for has at most %d bytes"),
		    HC_SEARCHKEY_LONGEST);
	set_keys(word, text);
	if (word->key.failed || word->facility.failed ||
	    word->romaji.failed || word->digits.failed || word->sound.failed)
		return hc_error_nomem(err);
	key = hc_buf_text(&word->key);
	if (word->key.len == 0)
		return hc_error_set(err, HC_INVALID,
		    _("nothing to look for in '%s'"), text);
	if (classes == 1u << HC_SEARCH_PHONE && word->digits.len == 0)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' has not three digits of a telephone number"),
		    text);
	digits = strspn(key, "0123456789");
	word->only_whole = digits == word->key.len && digits < 3;
	return HC_OK;
}

void
hc_searchkey_word_clear(struct hc_searchkey_word *word)
{
	hc_buf_free(&word->key);
	hc_buf_free(&word->facility);
	hc_buf_free(&word->romaji);
	hc_buf_free(&word->digits);
	hc_buf_free(&word->sound);
}

/*
 * Does ${needle} stand at ${p}, spaces of the line passed over?  Returns
 * what is behind it, or NULL.
 */
static const char *
stands(const char *p, const char *needle)
{
	for (; *needle != '\0'; p++)
		if (*p == *needle)
			needle++;
		else if (*p != ' ')
			return NULL;
	return p;
}

/* The best place of ${needle} in the line from ${line} to ${end}. */
static enum hc_searchkey_kind
find(const char *line, const char *end, const char *needle)
{
	enum hc_searchkey_kind best = HC_SEARCH_NONE, here;
	const char *p, *behind;
	bool begins;

	for (p = line; p < end && best != HC_SEARCH_EXACT; p++) {
		p = memchr(p, needle[0], (size_t)(end - p));
		if (p == NULL)
			break;
		if ((behind = stands(p, needle)) == NULL)
			continue;
		begins = p == line || p[-1] == ' ';
		here = !begins ? HC_SEARCH_INSIDE :
		    behind == end || *behind == ' ' ? HC_SEARCH_EXACT :
		    HC_SEARCH_PREFIX;
		if (here < best)
			best = here;
	}
	return best;
}

/* What of the word is looked for in a line of ${letter}; NULL: nothing. */
static const struct hc_buf *
needle_for(const struct hc_searchkey_word *w, char letter,
    enum hc_searchkey_class *class)
{
	static const char letters[] = "nkpfxatr";
	const char *at = memchr(letters, letter, sizeof(letters) - 1);
	const unsigned int named = 1u << HC_SEARCH_NAME | 1u << HC_SEARCH_KANA;

	if (at == NULL)
		return NULL;
	*class = (enum hc_searchkey_class)(at - letters);
	if (*class == HC_SEARCH_ROMAJI)
		return w->classes & named ? &w->romaji : NULL;
	if (!(w->classes & 1u << *class) ||
	    (w->only_whole && *class != HC_SEARCH_NUMBER))
		return NULL;
	return *class == HC_SEARCH_PHONE ? &w->digits : &w->key;
}

static enum hc_searchkey_kind
match_line(const struct hc_searchkey_word *w, const char *line,
    const char *end, enum hc_searchkey_class *class)
{
	const struct hc_buf *needle = needle_for(w, line[0], class);
	enum hc_searchkey_kind kind = HC_SEARCH_NONE;

	if (needle != NULL && needle->len > 0)
		kind = find(line + 1, end, needle->data);
	if (kind == HC_SEARCH_NONE && line[0] == 'f' && w->facility.len > 0)
		kind = find(line + 1, end, w->facility.data);
	if (w->only_whole && kind != HC_SEARCH_EXACT)
		kind = HC_SEARCH_NONE;
	return kind;
}

/* A name heard wrongly: a word of it, or all, sounds like ours. */
static bool
sounds_alike(const char *line, const char *end, const char *sound)
{
	return find(line + 1, end, sound) <= HC_SEARCH_PREFIX;
}

enum hc_searchkey_kind
hc_searchkey_match(const struct hc_searchkey_word *word, const char *keys,
    bool near, enum hc_searchkey_class *out)
{
	enum hc_searchkey_kind best = HC_SEARCH_NONE, kind;
	enum hc_searchkey_class class = HC_SEARCH_NAME;
	const char *line, *end;

	for (line = keys; *line != '\0'; line = end + (*end == '\n')) {
		end = strchrnul(line, '\n');
		if (near) {
			if (line[0] != 's' || word->sound.len == 0 ||
			    !sounds_alike(line, end, word->sound.data))
				continue;
			*out = HC_SEARCH_SOUND;
			return HC_SEARCH_NEAR;
		}
		kind = match_line(word, line, end, &class);
		if (kind < best) {
			best = kind;
			*out = class;
		}
	}
	return best;
}
