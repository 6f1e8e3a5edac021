/*
 * Keys by how a name is spelt in letters and by how it sounds.
 *
 * Both start from hc_fold_name(), spell hiragana in letters, and then mend
 * the letters until nothing changes any more, so that a key is a key of
 * itself.  Only the letters a to z are touched; kanji and other scripts
 * stand between them unchanged.
 */
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

#include "base/fold.h"

#define KANA_FIRST 0x3041
#define KANA_LAST 0x3096
#define SMALL_TSU 0x3063

/* Hepburn's spelling (the government's table of 2019); ぢ is ji, づ zu, を o.
   Small vowels and ya, yu, yo are marked by a capital. */
static const char *const kana_romaji[] = {
	"A", "a", "I", "i", "U", "u", "E", "e", "O", "o",
	"ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go",
	"sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
	"ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de", "to", "do",
	"na", "ni", "nu", "ne", "no",
	"ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu",
	"he", "be", "pe", "ho", "bo", "po",
	"ma", "mi", "mu", "me", "mo",
	"YA", "ya", "YU", "yu", "YO", "yo",
	"ra", "ri", "ru", "re", "ro",
	"wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
};

static bool
is_vowel(int c)
{
	return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

static bool
is_consonant(int c)
{
	return c >= 'a' && c <= 'z' && !is_vowel(c);
}

static const char *
kana(unsigned int c)
{
	return c >= KANA_FIRST && c <= KANA_LAST ?
	    kana_romaji[c - KANA_FIRST] : NULL;
}

/* Does ${out} end in ${end}? */
static bool
ends_in(const struct hc_buf *out, const char *end)
{
	size_t len = strlen(end);

	return out->len >= len &&
	    memcmp(out->data + out->len - len, end, len) == 0;
}

/*
 * A small kana that makes one syllable with the kana before it: しょ is sho,
 * きょ kyo, ふぁ fa, うぃ wi, くぁ kwa, ゔゅ vyu; まぁ, which does not, is maa.
 */
static void
add_small(struct hc_buf *out, const char *small)
{
	char v = (char)(small[small[1] != '\0'] | 0x20);
	char before = out->len > 0 ? out->data[out->len - 1] : '\0';
	bool glide = small[1] != '\0';

	if (!is_vowel(before) || (!glide && before == v)) {
		if (glide)
			hc_buf_putc(out, 'y');
		hc_buf_putc(out, v);
		return;
	}
	hc_buf_cut(out, out->len - 1);
	if (ends_in(out, "sh") || ends_in(out, "ch") || ends_in(out, "j"))
		;
	else if (glide)
		hc_buf_putc(out, 'y');
	else if (before == 'u' && (out->len == 0 || ends_in(out, "k") ||
	    ends_in(out, "g") || !is_consonant(out->data[out->len - 1])))
		hc_buf_putc(out, 'w');
	hc_buf_putc(out, v);
}

/*
 * Append ${in}, a key of hc_fold_name(), with hiragana in letters and
 * without long vowel marks.  っ doubles the consonant that follows, or with
 * ${large} is spelt as つ.
 */
static void
romanise(struct hc_buf *out, const char *in, bool large)
{
	const char *from, *text, *ahead;
	unsigned int c;

	while (from = in, (c = hc_utf8_next(&in)) != 0) {
		if (c == 0x30fc)
			continue;
		if ((text = kana(c)) == NULL) {
			hc_buf_add(out, from, (size_t)(in - from));
		} else if (c == SMALL_TSU) {
			ahead = in;
			text = kana(hc_utf8_next(&ahead));
			if (!large && text != NULL && is_consonant(text[0]))
				hc_buf_putc(out, text[0]);
			else
				hc_buf_puts(out, "tsu");
		} else if (text[0] >= 'A' && text[0] <= 'Z') {
			add_small(out, text);
		} else {
			hc_buf_puts(out, text);
		}
	}
}

/*
 * One consonant sound at ${p} in the spelling of Hepburn: put it into
 * ${out}, at most two letters, and return how many bytes of ${p} it takes.
 * Kunrei and keyboard spellings: si, ti, tu, hu, zi, di, du, sya, tya, zya,
 * jya, cya, dzu, wo; and m before b, m, p is n.
 */
static size_t
sound_at(const char *p, char out[3])
{
	bool y = p[1] == 'y' && is_vowel(p[2]);
	size_t n;

	out[0] = p[0];
	out[1] = out[2] = '\0';
	switch (p[0]) {
	case 's':
		out[1] = p[1] == 'h' || p[1] == 'i' || y ? 'h' : '\0';
		if (p[1] == 'h')
			return p[2] == 'y' && is_vowel(p[3]) ? 3 : 2;
		return y ? 2 : 1;
	case 'c':
		out[1] = p[1] == 'h' || y ? 'h' : '\0';
		if (p[1] == 'h')
			return p[2] == 'y' && is_vowel(p[3]) ? 3 : 2;
		return y ? 2 : 1;
	case 't':
		if (p[1] == 'i' || y)
			memcpy(out, "ch", 2);
		else if (p[1] == 'u' || p[1] == 's')
			out[1] = 's';
		return y || p[1] == 's' ? 2 : 1;
	case 'j':
		return y ? 2 : 1;
	case 'z':
		if (p[1] == 'i' || y)
			out[0] = 'j';
		return y ? 2 : 1;
	case 'd':
		if (p[1] == 'z')
			return 1 + sound_at(p + 1, out);
		if (p[1] == 'i' || y)
			out[0] = 'j';
		else if (p[1] == 'u')
			out[0] = 'z';
		return y ? 2 : 1;
	case 'h':
		if (p[1] == 'u')
			out[0] = 'f';
		return 1;
	case 'm':
		if (p[1] == 'b' || p[1] == 'm' || p[1] == 'p')
			out[0] = 'n';
		return 1;
	case 'w':
		n = strspn(p, "w");
		if (p[n] != 'o')
			return 1;
		out[0] = '\0';
		return n;
	}
	return 1;
}

/* How many more of the letter at ${p} stand directly behind it, if doubling
   it means something; and the t of tch. */
static size_t
doubled(const char *p)
{
	size_t n = 1;

	if (p[0] == 't' && p[1] == 'c' && p[2] == 'h')
		return 1;
	if (p[0] == 'n' || p[0] == 'm' || p[0] == 'w')
		return 0;
	while (p[n] == p[0])
		n++;
	return n - 1;
}

/* Append ${p} with its consonants in one spelling; doubled ones become the
   first letter of what follows (tti: cchi, tchi: cchi). */
static void
respell(struct hc_buf *out, const char *p)
{
	char sound[3];
	size_t more;

	while (*p != '\0') {
		if (!is_consonant(*p)) {
			hc_buf_putc(out, *p++);
		} else if ((more = doubled(p)) > 0) {
			sound_at(p += more, sound);
			sound[1] = '\0';
			hc_buf_puts(out, sound);
		} else {
			p += sound_at(p, sound);
			hc_buf_puts(out, sound);
		}
	}
}

/* Append ${p} with long o and u short: ou, oo, oh before a consonant or at
   the end (Ohno, Itoh), uu, uh. */
static void
shorten(struct hc_buf *out, const char *p)
{
	while (*p != '\0') {
		hc_buf_putc(out, *p);
		if (*p != 'o' && *p != 'u') {
			p++;
			continue;
		}
		for (p++; *p == 'u' || (*p == 'o' && p[-1] == 'o'); p++)
			if (p[-1] == 'u' && *p == 'o')
				break;
		while (*p == 'h' && !is_vowel(p[1]))
			p++;
	}
}

/*
 * Append ${p} with letters that sound alike as one: voiced as unvoiced, b
 * for all of b, p, h, f, v; kyo for kiyo; h after a vowel off; x, q, ph, zh, l.
 */
static void
blur(struct hc_buf *out, const char *p)
{
	static const char from[] = "gzdpfvhlqc", to[] = "kstbbbbrkk";
	const char *at;
	char before;

	for (; *p != '\0'; p++) {
		before = out->len > 0 ? out->data[out->len - 1] : '\0';
		if (*p == 'h' && is_vowel(before) && !is_vowel(p[1]))
			continue;
		if (*p == 'c' && p[1] == 'c')
			continue;
		if ((p[0] == 's' || p[0] == 'c') && p[1] == 'h') {
			hc_buf_add(out, p++, 2);
			if (p[1] == 'i' && p[2] == 'y' && is_vowel(p[3]))
				p += 2;
		} else if (*p == 'j' || (*p == 'z' && p[1] == 'h')) {
			hc_buf_puts(out, "sh");
			p += *p == 'z';
			if (p[1] == 'i' && p[2] == 'y' && is_vowel(p[3]))
				p += 2;
		} else if (*p == 'i' && p[1] == 'y' && is_vowel(p[2]) &&
		    is_consonant(before)) {
			continue;
		} else if (*p == 'u' && (before == 'b') && is_vowel(p[1]) &&
		    (p[-1] == 'f' || p[-1] == 'v')) {
			continue;
		} else if (*p == 'x') {
			hc_buf_puts(out, "ks");
		} else if (*p == 'p' && p[1] == 'h') {
			hc_buf_putc(out, 'b');
			p++;
		} else {
			at = strchr(from, *p);
			hc_buf_putc(out, at != NULL ? to[at - from] : *p);
		}
	}
}

/* Append ${p} with each letter once where it stands twice, and ei as e. */
static void
single(struct hc_buf *out, const char *p)
{
	for (; *p != '\0'; p++) {
		if (*p == p[1] && *p >= 'a' && *p <= 'z')
			continue;
		hc_buf_putc(out, *p);
		while (*p == 'e' && p[1] == 'i')
			p++;
	}
}

/* Replace ${text} by what ${step} makes of it in ${spare}. */
static void
apply(struct hc_buf *text, struct hc_buf *spare,
    void (*step)(struct hc_buf *, const char *))
{
	struct hc_buf next = *spare;

	hc_buf_clear(&next);
	step(&next, hc_buf_text(text));
	next.failed = next.failed || text->failed;
	*spare = *text;
	*text = next;
}

/*
 * Append the key of ${in}.  Each round of steps can make room for another
 * (amh: amb: anb); three have been enough for all that fuzzing found, and
 * the bound only keeps a mistake from hanging a search.
 */
static void
key(struct hc_buf *out, const char *in, bool sound)
{
	struct hc_buf text = HC_BUF_INIT, before = HC_BUF_INIT;
	struct hc_buf spare = HC_BUF_INIT;
	int round;

	hc_fold_name(&before, in);
	romanise(&text, hc_buf_text(&before), sound);
	for (round = 0; round < 16; round++) {
		hc_buf_clear(&before);
		hc_buf_puts(&before, hc_buf_text(&text));
		apply(&text, &spare, respell);
		apply(&text, &spare, shorten);
		if (sound) {
			apply(&text, &spare, blur);
			apply(&text, &spare, single);
		}
		if (text.failed || strcmp(hc_buf_text(&text),
		    hc_buf_text(&before)) == 0)
			break;
	}
	hc_buf_puts(out, hc_buf_text(&text));
	out->failed = out->failed || text.failed || before.failed;
	hc_buf_free(&text);
	hc_buf_free(&before);
	hc_buf_free(&spare);
}

void
hc_fold_romaji(struct hc_buf *out, const char *in)
{
	key(out, in, false);
}

void
hc_fold_sound(struct hc_buf *out, const char *in)
{
	key(out, in, true);
}
