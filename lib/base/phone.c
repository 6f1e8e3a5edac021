/*
 * Telephone numbers.  A cell is made plain (base/norm.h) and read from left
 * to right; what belongs to a number is decided by whether the digits so far
 * are a whole number of Japan's numbering plan.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/norm.h"
#include "base/scan.h"
#include "base/utf8.h"

#include "base/phone.h"

#define DIGITS_MAX 24

/*
 * How numbers are grouped, by their first digits after the leading 0; the
 * longest prefix holds.  '1' to '4': ten digits with so many of the area
 * code behind the 0; 'v': 0120-123-456; 't': 0800-123-4567, 'm':
 * 090-1234-5678, both of eleven digits.  Facts of the numbering plan as
 * collected in libphonenumber's ranges.csv for country 81 (2026-07-17),
 * brought to the fewest prefixes; numbers not given out follow their
 * neighbours.  060 is to become mobile.
 */
static const struct {
	char prefix[6];
	char kind;
} plan[] = {
	{ "1", '3' }, { "11", '2' }, { "120", 'v' }, { "1267", '4' },
	{ "137", '4' }, { "1375", '3' }, { "1376", '3' }, { "1378", '3' },
	{ "1392", '4' }, { "1397", '4' }, { "1398", '4' }, { "1456", '4' },
	{ "1457", '4' }, { "1466", '4' }, { "1541", '2' }, { "1547", '4' },
	{ "1548", '2' }, { "1551", '2' }, { "1557", '2' }, { "1558", '4' },
	{ "1564", '4' }, { "1586", '4' }, { "1587", '4' }, { "1632", '4' },
	{ "1634", '4' }, { "1635", '4' }, { "1648", '4' }, { "165", '4' },
	{ "1652", '3' }, { "1653", '3' }, { "177", '2' }, { "188", '2' },
	{ "196", '2' }, { "199", '2' }, { "2", '3' }, { "20", 'm' },
	{ "222", '2' }, { "223", '2' }, { "2232", '3' }, { "2233", '3' },
	{ "227", '2' }, { "236", '2' }, { "245", '2' }, { "249", '2' },
	{ "2500", '2' }, { "2501", '2' }, { "252", '2' }, { "253", '2' },
	{ "255", '2' }, { "2557", '3' }, { "2558", '3' }, { "2560", '2' },
	{ "257", '2' }, { "2572", '3' }, { "2573", '3' }, { "2574", '3' },
	{ "2580", '2' }, { "25917", '2' }, { "25999", '2' }, { "262", '2' },
	{ "264", '2' }, { "2642", '3' }, { "2643", '3' }, { "2644", '3' },
	{ "2645", '3' }, { "272", '2' }, { "273", '2' }, { "2780", '2' },
	{ "2788", '2' }, { "2789", '2' }, { "281", '2' }, { "2830", '2' },
	{ "2833", '2' }, { "2834", '2' }, { "286", '2' }, { "289", '2' },
	{ "2896", '3' }, { "2897", '3' }, { "2898", '3' }, { "2899", '3' },
	{ "2917", '2' }, { "292", '2' }, { "293", '2' }, { "2932", '3' },
	{ "2933", '3' }, { "2934", '3' }, { "298", '2' }, { "3", '1' },
	{ "4", '2' }, { "420", '1' }, { "422", '3' }, { "4220", '2' },
	{ "4282", '3' }, { "4283", '3' }, { "4287", '3' }, { "4288", '3' },
	{ "4289", '3' }, { "429", '1' }, { "4291", '2' }, { "4297", '2' },
	{ "4298", '2' }, { "436", '3' }, { "438", '3' }, { "439", '3' },
	{ "46", '3' }, { "462", '2' }, { "464", '2' }, { "468", '2' },
	{ "47", '3' }, { "4700", '1' }, { "4701", '1' }, { "4709", '1' },
	{ "471", '1' }, { "473", '2' }, { "474", '2' }, { "477", '2' },
	{ "480", '3' }, { "49", '3' }, { "492", '2' }, { "499", '4' },
	{ "5", '3' }, { "50", 'm' }, { "52", '2' }, { "534", '2' },
	{ "535", '2' }, { "539", '2' }, { "53960", '3' }, { "53961", '3' },
	{ "53962", '3' }, { "53963", '3' }, { "53974", '3' }, { "53977", '3' },
	{ "5399", '3' }, { "54", '2' }, { "544", '3' }, { "545", '3' },
	{ "547", '3' }, { "548", '3' }, { "552", '2' }, { "559", '2' },
	{ "570", 'v' }, { "5769", '4' }, { "582", '2' }, { "583", '2' },
	{ "591", '2' }, { "592", '2' }, { "593", '2' }, { "5979", '4' },
	{ "59790", '3' }, { "59791", '3' }, { "59797", '3' }, { "59798", '3' },
	{ "5999", '2' }, { "6", '1' }, { "60", 'm' }, { "7", '2' },
	{ "70", 'm' }, { "721", '3' }, { "725", '3' }, { "73", '3' },
	{ "734", '2' }, { "74", '3' }, { "7468", '4' }, { "76", '3' },
	{ "762", '2' }, { "764", '2' }, { "77", '3' }, { "775", '2' },
	{ "79", '3' }, { "792", '2' }, { "793", '2' }, { "794", '2' },
	{ "7946", '3' }, { "7947", '3' }, { "7948", '3' }, { "7950", '2' },
	{ "7955", '2' }, { "7956", '2' }, { "7959", '2' }, { "7960", '2' },
	{ "7966", '2' }, { "7967", '2' }, { "8", '3' }, { "80", 'm' },
	{ "800", 't' }, { "822", '2' }, { "8240", '2' }, { "8242", '2' },
	{ "8243", '2' }, { "8249", '2' }, { "825", '2' }, { "828", '2' },
	{ "8290", '2' }, { "8292", '2' }, { "82920", '3' }, { "82941", '2' },
	{ "82942", '2' }, { "82943", '2' }, { "8296", '2' }, { "8299", '2' },
	{ "832", '2' }, { "8360", '2' }, { "83766", '2' }, { "83767", '2' },
	{ "83768", '2' }, { "8377", '2' }, { "8378", '2' }, { "8387", '4' },
	{ "8388", '4' }, { "839", '2' }, { "8396", '4' }, { "83960", '2' },
	{ "83961", '2' }, { "83963", '2' }, { "83966", '2' }, { "8477", '4' },
	{ "849", '2' }, { "851", '4' }, { "862", '2' }, { "8636", '2' },
	{ "86360", '3' }, { "86361", '3' }, { "86366", '3' }, { "864", '2' },
	{ "8652", '2' }, { "86552", '2' }, { "86553", '2' }, { "8660", '2' },
	{ "86691", '2' }, { "86697", '2' }, { "86698", '2' }, { "86722", '2' },
	{ "86723", '2' }, { "86724", '2' }, { "86726", '2' }, { "86728", '2' },
	{ "86737", '2' }, { "86738", '2' }, { "8680", '2' }, { "8689", '2' },
	{ "8690", '2' }, { "8694", '2' }, { "8695", '2' }, { "8699", '2' },
	{ "86992", '3' }, { "86993", '3' }, { "878", '2' }, { "886", '2' },
	{ "888", '2' }, { "899", '2' }, { "9", '3' }, { "90", 'm' },
	{ "92", '2' }, { "920", '3' }, { "93", '2' }, { "930", '3' },
	{ "958", '2' }, { "962", '2' }, { "963", '2' }, { "975", '2' },
	{ "9802", '4' }, { "988", '2' }, { "989", '2' }, { "990", 'v' },
	{ "991", '4' }, { "992", '2' }, { "99331", '2' }, { "99343", '2' },
	{ "99345", '2' }, { "99347", '2' }, { "9940", '2' }, { "9947", '2' },
	{ "9948", '2' }, { "9969", '4' }, { "998", '2' },
};

/* A number as it stood in the cell. */
struct raw {
	char digits[DIGITS_MAX + 1];
	size_t len;
	bool plus;
	char joints[4];		/* what stands since the last digit */
	struct hc_phone *out;	/* takes written, extension and note */
};

/* The kind of a number without its leading 0, by a prefix of at most
   ${longest} digits, whose length ${*longest} becomes; '\0': none. */
static char
find_kind(const char *digits, size_t *longest)
{
	const size_t n = sizeof(plan) / sizeof(plan[0]);
	size_t i = 0, end = n, middle, best = 0, len;
	char kind = '\0';

	/* They are sorted: where do those of the first digit begin? */
	while (i < end) {
		middle = (i + end) / 2;
		if (plan[middle].prefix[0] < digits[0])
			i = middle + 1;
		else
			end = middle;
	}
	for (; i < n && plan[i].prefix[0] == digits[0]; i++) {
		if (plan[i].prefix[1] != '\0' &&
		    plan[i].prefix[1] != digits[1])
			continue;
		len = strlen(plan[i].prefix);
		if (len > best && len <= *longest &&
		    strncmp(digits, plan[i].prefix, len) == 0) {
			best = len;
			kind = plan[i].kind;
		}
	}
	*longest = best;
	return kind;
}

/* The kind of a number without its leading 0; the empty one has '\0'. */
static char
kind_of(const char *digits)
{
	size_t longest = DIGITS_MAX;

	return find_kind(digits, &longest);
}

/* Digits of the area code behind the 0, where the kind says so. */
static size_t
area_length(char kind)
{
	return kind >= '1' && kind <= '4' ? (size_t)(kind - '0') : 0;
}

/*
 * The same for grouping.  No exchange begins with 0 or 1: what has the first
 * digits of an area code and then such a digit is an invented number of a
 * shorter one, as 0480000001 is for 048.
 */
static char
group_kind(const char *digits)
{
	char first = kind_of(digits), kind;
	size_t longest = DIGITS_MAX, area;

	while ((kind = find_kind(digits, &longest)) != '\0') {
		area = area_length(kind);
		/* A longer prefix is the plan's own word on exchanges. */
		if (area == 0 || longest > area || digits[area] >= '2')
			return kind;
		if (area < area_length(first))
			first = kind;
		longest--;
	}
	return first;
}

/* Digits of a number of this kind without the leading 0. */
static size_t
kind_length(char kind)
{
	return kind == 'm' || kind == 't' ? 10 : 9;
}

static bool
national(const char *digits)
{
	char kind = kind_of(digits);

	return kind != '\0' && strlen(digits) == kind_length(kind);
}

/* Where the number begins behind a country's or carrier's code, if it is
   Japan's: 81 or 0081 or 01081, and a 0 that should not be there. */
static const char *
behind_81(const char *digits, bool plus)
{
	if (!plus && strncmp(digits, "0081", 4) == 0)
		digits += 2;
	else if (!plus && strncmp(digits, "01081", 5) == 0)
		digits += 3;
	else if (!plus && (digits[0] == '0' || strlen(digits) < 11))
		return NULL;
	if (strncmp(digits, "81", 2) != 0)
		return NULL;
	digits += 2;
	return digits[0] == '0' ? digits + 1 : digits;
}

/* Where a foreign number's digits begin, or NULL. */
static const char *
foreign(const char *digits, bool plus)
{
	if (!plus && strncmp(digits, "010", 3) == 0 && strlen(digits) > 11)
		digits += 3;
	else if (!plus && strncmp(digits, "00", 2) == 0)
		digits += 2;
	else if (!plus)
		return NULL;
	return digits[0] != '0' && strlen(digits) >= 7 &&
	    strlen(digits) <= 15 && strncmp(digits, "81", 2) != 0 ?
	    digits : NULL;
}

/* Put ${lead} and ${digits} into ${out}. */
static void
fill(struct hc_phone *out, char lead, const char *digits)
{
	out->digits[0] = lead;
	memccpy(out->digits + 1, digits, '\0', sizeof(out->digits) - 1);
}

/* What ${raw}'s digits are; false if no number. */
static bool
settle(const struct raw *raw, struct hc_phone *out)
{
	const char *rest;

	out->restored = false;
	if (!raw->plus && raw->digits[0] == '0' &&
	    national(raw->digits + 1)) {
		fill(out, '0', raw->digits + 1);
	} else if ((rest = behind_81(raw->digits, raw->plus)) != NULL &&
	    national(rest)) {
		fill(out, '0', rest);
	} else if (!raw->plus && raw->digits[0] != '0' &&
	    national(raw->digits)) {
		fill(out, '0', raw->digits);
		out->restored = true;
	} else if ((rest = foreign(raw->digits, raw->plus)) != NULL) {
		fill(out, '+', rest);
	} else {
		return false;
	}
	return true;
}

/* Are the digits so far a whole number? */
static bool
complete(const struct raw *raw)
{
	struct hc_phone unused;

	return raw->len > 0 && settle(raw, &unused);
}

/* Does ${s} begin with one of the ${words}, which are in small letters, in any
   case?  The length of it, or 0. */
static size_t
word(const char *s, const char *const *words)
{
	size_t len;

	for (; *words != NULL; words++) {
		if (tolower((unsigned char)*s) != (unsigned char)**words)
			continue;
		len = strlen(*words);
		if (strncasecmp(s, *words, len) == 0)
			return len;
	}
	return 0;
}

static const char *const extension_words[] = { "内線番号", "内線", "extension",
    "ext.", "ext", "内", "#", NULL };
static const char *const label_words[] = { "電話番号", "電話", "tel.", "tel",
    "phone", "℡", "☎", "☏", "📞", "📱", ":", "※", NULL };
static const char *const parting_words[] = { ",", ";", "/", "|", "、", "､",
    "・", "･", "または", "又は", "もしくは", "及び", "および", " or ", NULL };

/* Is there another digit before the cell ends or a parting word stands? */
static bool
more_digits(const char *p)
{
	for (; *p != '\0'; hc_utf8_next(&p)) {
		if (hc_scan_is_digit(*p))
			return true;
		if (*p == '\n' || word(p, parting_words) > 0)
			return false;
	}
	return false;
}

/* Add the character at ${*p} to the note, if all of it has room. */
static void
note(struct raw *raw, const char **p)
{
	const char *from = *p;
	size_t have = strlen(raw->out->note), len;

	hc_utf8_next(p);
	len = (size_t)(*p - from);
	if (have + len >= sizeof(raw->out->note))
		return;
	memcpy(raw->out->note + have, from, len);
	raw->out->note[have + len] = '\0';
}

/* Digits behind 内線 or ext. */
static void
extension(struct raw *raw, const char **p)
{
	char *to = raw->out->extension;
	size_t n = 0;

	while (**p == ' ' || **p == ':' || **p == '.')
		++*p;
	for (; hc_scan_is_digit(**p); ++*p)
		if (n < sizeof(raw->out->extension) - 1)
			to[n++] = **p;
	to[n] = '\0';
}

/* A character that only parts the digits of one number. */
static bool
is_joint(char c)
{
	return c == '-' || c == '.' || c == '(' || c == ')' || c == '[' ||
	    c == ']' || hc_scan_is_space(c);
}

/*
 * Does the next number begin behind the joints at ${p}?  Where a foreign
 * number ends cannot be told from its digits: only a new line or '+' does.
 */
static bool
number_follows(const struct raw *raw, const char *p)
{
	bool line = false;

	for (; is_joint(*p); p++)
		line = line || *p == '\n';
	return *p == '+' || (hc_scan_is_digit(*p) && (line ||
	    (!raw->plus && strncmp(raw->digits, "00", 2) != 0 &&
	    strncmp(raw->digits, "010", 3) != 0) ||
	    behind_81(raw->digits, raw->plus) != NULL));
}

/* Keep a joint until the next digit shows that it is inside the number; of
   several only those that people write beside each other. */
static void
add_joint(struct raw *raw, char c)
{
	size_t n = strlen(raw->joints);

	if (hc_scan_is_space(c)) {
		if (n > 0)
			return;
		c = ' ';
	} else if (n > 0 && raw->joints[n - 1] == ' ' && c != '(') {
		n--;
	}
	if (c == ')' && n > 0 && raw->joints[n - 1] == '(') {
		raw->joints[n - 1] = '\0';	/* only words stood in it */
	} else if (n < 2) {
		raw->joints[n] = c;
		raw->joints[n + 1] = '\0';
	}
}

/* Append to the number as written; one that has no room is given up. */
static void
write_joined(struct raw *raw, char c)
{
	char *to = raw->out->written;
	size_t n = strlen(to);

	size_t joints = strlen(raw->joints);

	if (n + sizeof(raw->joints) < sizeof(raw->out->written)) {
		memcpy(to + n, raw->joints, joints);
		to[n + joints] = c;
		to[n + joints + 1] = '\0';
	}
	raw->joints[0] = '\0';
}

static bool
add_digit(struct raw *raw, char c)
{
	if (raw->len == DIGITS_MAX)
		return false;
	raw->digits[raw->len++] = c;
	raw->digits[raw->len] = '\0';
	write_joined(raw, c);
	return true;
}

/* Past the words before a number, as labels into the note; at its first
   digit or '+', or at the end. */
static void
skip_to_number(struct raw *raw, const char **p)
{
	size_t len;

	while (**p != '\0' && !hc_scan_is_digit(**p) && **p != '+') {
		raw->joints[0] = '\0';
		if ((len = word(*p, parting_words)) > 0 ||
		    (len = word(*p, label_words)) > 0)
			*p += len;
		else if (!is_joint(**p))
			note(raw, p);
		else if (*(*p)++ == '(')
			add_joint(raw, '(');
	}
}

/*
 * Words behind the digits: an extension, or, in brackets or with no other
 * number to come, a note.  False if they belong to the next number.
 */
static bool
words_behind(struct raw *raw, const char **p, bool bracket)
{
	size_t len;

	if ((len = word(*p, extension_words)) > 0 &&
	    raw->out->extension[0] == '\0' && more_digits(*p + len)) {
		*p += len;
		extension(raw, p);
		return true;
	}
	if (!bracket && more_digits(*p))
		return false;
	note(raw, p);
	return true;
}

/* Read one number from ${*p}; false if there are too many digits. */
static bool
scan(struct raw *raw, const char **p)
{
	bool bracket = false;

	skip_to_number(raw, p);
	if (**p == '+') {
		raw->plus = true;
		write_joined(raw, *(*p)++);
	}
	while (**p != '\0' && word(*p, parting_words) == 0) {
		if (hc_scan_is_digit(**p)) {
			if (!add_digit(raw, *(*p)++))
				return false;
		} else if (is_joint(**p)) {
			if (complete(raw) && number_follows(raw, *p))
				break;
			bracket = **p == '(' || (bracket && **p != ')');
			add_joint(raw, *(*p)++);
		} else if (**p == '+' || !words_behind(raw, p, bracket)) {
			break;
		}
	}
	return true;
}

/*
 * What was written, as it is to be shown: nothing where no sign parts the
 * digits, no bracket around the whole, and with the 0 that was put back.
 */
static void
finish_written(struct hc_phone *phone)
{
	char *s = phone->written;
	size_t zero;

	if (s[0] == '(' && strchr(s, ')') == NULL)
		memmove(s, s + 1, strlen(s));
	if (s[strspn(s, "+0123456789")] == '\0' ||
	    strlen(s) + 2 > sizeof(phone->written)) {
		s[0] = '\0';
		return;
	}
	if (!phone->restored)
		return;
	zero = s[0] == '(';
	memmove(s + zero + 1, s + zero, strlen(s + zero) + 1);
	s[zero] = '0';
}

/* Say why ${raw} is no number. */
static enum hc_status
refuse(const struct raw *raw, const char *in, struct hc_error *err)
{
	const char *words = _("telephone number with too many digits");

	if (raw->len == 0)
		words = _("no telephone number");
	else if (!raw->plus && raw->len >= 5 && raw->len <= 8 &&
	    raw->digits[0] != '0')
		words = _("telephone number without area code");
	else if (raw->len < 10 || (raw->len == 10 && raw->digits[0] == '0'))
		words = _("telephone number with too few digits");
	return hc_norm_refuse(err, words, in);
}

/* Excel's way of writing a number as text: 482521234.0. */
static void
cut_fraction(struct hc_buf *plain)
{
	const char *text = hc_buf_text(plain);
	size_t len = strspn(text, "0123456789");

	if (len >= 9 && strcmp(text + len, ".0") == 0)
		hc_buf_cut(plain, len);
}

/* Read all numbers of ${p}, the plain form of ${in}. */
static enum hc_status
scan_all(const char *p, const char *in, struct hc_phone *list, size_t room,
    size_t *count, struct hc_error *err)
{
	struct hc_phone phone;
	struct raw raw;

	while (*p != '\0') {
		memset(&phone, 0, sizeof(phone));
		memset(&raw, 0, sizeof(raw));
		raw.out = &phone;
		if (!scan(&raw, &p) || (raw.len == 0 && *count == 0) ||
		    (raw.len > 0 && !settle(&raw, &phone)))
			return refuse(&raw, in, err);
		if (raw.len == 0)
			break;	/* only words were left */
		if (*count == room)
			return hc_norm_refuse(err, room == 1 ?
			    _("more than one telephone number") :
			    _("too many telephone numbers"), in);
		finish_written(&phone);
		list[(*count)++] = phone;
	}
	return HC_OK;
}

enum hc_status
hc_phone_split(const char *in, struct hc_phone *list, size_t room,
    size_t *count, struct hc_error *err)
{
	struct hc_buf plain = HC_BUF_INIT;
	enum hc_status rc;
	const char *text;

	*count = 0;
	hc_norm_ascii(&plain, in);
	if (hc_buf_failed(&plain)) {
		hc_buf_free(&plain);
		return hc_error_nomem(err);
	}
	cut_fraction(&plain);
	text = hc_buf_text(&plain);
	if (text[strspn(text, " \t\r\n")] == '\0')
		rc = HC_NOTFOUND;
	else
		rc = scan_all(text, in, list, room, count, err);
	if (rc != HC_OK)
		*count = 0;
	hc_buf_free(&plain);
	return rc;
}

enum hc_status
hc_phone_parse(const char *in, struct hc_phone *out, struct hc_error *err)
{
	size_t count;

	return hc_phone_split(in, out, 1, &count, err);
}

void
hc_phone_put(struct hc_buf *out, const struct hc_phone *phone)
{
	if (phone->written[0] != '\0')
		hc_buf_puts(out, phone->written);
	else
		hc_phone_format(out, phone->digits);
	if (phone->extension[0] != '\0')
		hc_buf_printf(out, " 内線%s", phone->extension);
	if (phone->note[0] != '\0')
		hc_buf_printf(out, " (%s)", phone->note);
}

void
hc_phone_format(struct hc_buf *out, const char *digits)
{
	char kind;
	int first, second;

	if (digits[0] != '0' || !national(digits + 1)) {
		hc_buf_puts(out, digits);
		return;
	}
	kind = group_kind(digits + 1);
	first = kind == 'm' ? 3 : kind == 't' || kind == 'v' ? 4 :
	    kind - '0' + 1;
	second = kind == 'm' ? 4 : kind == 't' || kind == 'v' ? 3 :
	    6 - first;
	hc_buf_printf(out, "%.*s-%.*s-%s", first, digits, second,
	    digits + first, digits + first + second);
}

void
hc_phone_digits(struct hc_buf *out, const char *in)
{
	unsigned int c;

	while ((c = hc_utf8_next(&in)) != 0) {
		if (c >= 0xff10 && c <= 0xff19)
			c -= 0xff10 - '0';
		if (c >= '0' && c <= '9')
			hc_buf_putc(out, (int)c);
	}
}
