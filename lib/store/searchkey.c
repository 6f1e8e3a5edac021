/* The lines by which a record is found. */
#include <string.h>

#include "base/fold.h"
#include "base/json.h"
#include "base/phone.h"

#include "store/searchkey.h"

/* By enum hc_searchkey_class: the name in the catalogue, the line's letter. */
static const struct {
	const char *name;
	char letter;
} classes[HC_SEARCH_CLASSES] = {
	[HC_SEARCH_NAME] = { "name", 'n' },
	[HC_SEARCH_KANA] = { "kana", 'k' },
	[HC_SEARCH_PHONE] = { "phone", 'p' },
	[HC_SEARCH_FACILITY] = { "facility", 'f' },
	[HC_SEARCH_NUMBER] = { "number", 'x' },
	[HC_SEARCH_ADDRESS] = { "address", 'a' },
	[HC_SEARCH_NOTE] = { "note", 't' },
	[HC_SEARCH_ROMAJI] = { "romaji", 'r' },
	[HC_SEARCH_SOUND] = { "sound", 's' },
};

static const char *const kinds[] = {
	[HC_SEARCH_EXACT] = "exact",
	[HC_SEARCH_PREFIX] = "prefix",
	[HC_SEARCH_INSIDE] = "inside",
	[HC_SEARCH_NEAR] = "near",
	[HC_SEARCH_NONE] = "none",
};

/*
 * Legal forms before and behind the names of facilities and companies; the
 * longer of two that begin alike stands first.  NFKC makes ㈱ "(株)".
 */
static const char *const forms[] = {
	"医療法人社団", "医療法人財団", "医療法人", "社会医療法人財団",
	"社会医療法人社団", "社会医療法人", "特定医療法人", "社会福祉法人",
	"一般社団法人", "一般財団法人", "公益社団法人", "公益財団法人",
	"地方独立行政法人", "国立研究開発法人", "独立行政法人",
	"国立大学法人", "学校法人", "宗教法人", "特定非営利活動法人",
	"NPO法人", "社団法人", "財団法人", "株式会社", "有限会社",
	"合同会社", "合資会社", "(株)", "(有)", "(医)", "(福)", "(社)",
	"(財)", "(学)", "(宗)", "(合)", "(独)",
};
#define NFORMS (sizeof(forms) / sizeof(forms[0]))

int
hc_searchkey_class(const char *name, enum hc_searchkey_class *class)
{
	int i;

	for (i = 0; i <= HC_SEARCH_NOTE; i++)
		if (strcmp(classes[i].name, name) == 0) {
			*class = (enum hc_searchkey_class)i;
			return 0;
		}
	return -1;
}

const char *
hc_searchkey_class_name(enum hc_searchkey_class class)
{
	return classes[class].name;
}

const char *
hc_searchkey_kind_name(enum hc_searchkey_kind kind)
{
	return kinds[kind];
}

/* One line: ${text} folded, its words parted by single spaces. */
static void
add_line(struct hc_buf *out, enum hc_searchkey_class class, const char *text)
{
	size_t begin = out->len, to, from;
	bool space = false;

	hc_buf_putc(out, classes[class].letter);
	hc_fold_text(out, text);
	if (hc_buf_failed(out))
		return;
	/* hc_fold_name() knows no comma and no full stop. */
	for (to = from = begin + 1; from < out->len; from++)
		if (strchr(" ,.", out->data[from]) != NULL)
			space = to > begin + 1;
		else {
			if (space)
				out->data[to++] = ' ';
			out->data[to++] = out->data[from];
			space = false;
		}
	hc_buf_cut(out, to > begin + 1 ? to : begin);
	if (out->len > begin)
		hc_buf_putc(out, '\n');
}

bool
hc_searchkey_spelt(const char *key)
{
	const unsigned char *p = (const unsigned char *)key;

	for (; *p != '\0' && *p != '\n'; p++)
		if (*p >= 0x80) {
			/* U+3040 to U+30FF, in UTF-8. */
			if (p[0] != 0xe3 || p[1] < 0x81 || p[1] > 0x83)
				return false;
			p += 2;
		}
	return true;
}

/*
 * A line whose words are those of the line at ${from}, each spelt by
 * ${spell}: the words' edges are needed to say what is a whole word.
 */
static void
add_spelt(struct hc_buf *out, size_t from, enum hc_searchkey_class class,
    void (*spell)(struct hc_buf *out, const char *in))
{
	struct hc_buf word = HC_BUF_INIT;
	size_t at = from + 1, n;

	hc_buf_putc(out, classes[class].letter);
	while (!hc_buf_failed(out) && out->data[at] != '\n') {
		n = strcspn(out->data + at, " \n");
		hc_buf_clear(&word);
		hc_buf_add(&word, out->data + at, n);
		at += n;
		if (hc_buf_failed(&word))
			break;
		spell(out, word.data);
		if (!hc_buf_failed(out) && out->data[at] == ' ') {
			hc_buf_putc(out, ' ');
			at++;
		}
	}
	hc_buf_putc(out, '\n');
	out->failed = out->failed || word.failed;
	hc_buf_free(&word);
}

static void
add_name(struct hc_buf *out, enum hc_searchkey_class class, const char *text)
{
	size_t begin = out->len;

	add_line(out, class, text);
	if (hc_buf_failed(out) || out->len == begin ||
	    !hc_searchkey_spelt(out->data + begin))
		return;
	add_spelt(out, begin, HC_SEARCH_ROMAJI, hc_fold_romaji);
	add_spelt(out, begin, HC_SEARCH_SOUND, hc_fold_sound);
}

static void
add_phone(struct hc_buf *out, const char *text)
{
	struct hc_phone phone;
	size_t begin = out->len;

	hc_buf_putc(out, classes[HC_SEARCH_PHONE].letter);
	if (hc_phone_parse(text, &phone, NULL) == HC_OK)
		hc_buf_puts(out, phone.digits + (phone.digits[0] == '+'));
	else
		hc_phone_digits(out, text);
	if (out->len == begin + 1)
		hc_buf_cut(out, begin);
	else
		hc_buf_putc(out, '\n');
}

/* All legal forms folded, each with its NUL: folding many times is slow. */
static void
fold_forms(struct hc_buf *out)
{
	size_t i;

	for (i = 0; i < NFORMS; i++) {
		hc_fold_name(out, forms[i]);
		hc_buf_putc(out, '\0');
	}
}

/* The bytes of the legal form that stands at ${p}, or 0. */
static size_t
form_at(const char *p, const struct hc_buf *folded)
{
	const char *form = folded->data, *end = form + folded->len;
	size_t len;

	for (; form < end; form += len + 1) {
		len = strlen(form);
		if (len > 0 && strncmp(p, form, len) == 0)
			return len;
	}
	return 0;
}

/* Append ${key} without its legal forms, which part words as spaces do. */
static void
cut_forms(struct hc_buf *out, const char *key, const struct hc_buf *folded)
{
	const size_t begin = out->len;
	bool space = false;
	size_t len;

	while (*key != '\0') {
		len = form_at(key, folded);
		if (len > 0 || *key == ' ') {
			space = out->len > begin;
			key += len > 0 ? len : 1;
			continue;
		}
		if (space)
			hc_buf_putc(out, ' ');
		space = false;
		hc_buf_putc(out, *key++);
	}
}

void
hc_searchkey_facility(struct hc_buf *out, const char *name)
{
	struct hc_buf key = HC_BUF_INIT, folded = HC_BUF_INIT;

	hc_fold_text(&key, name);
	fold_forms(&folded);
	if (!key.failed && !folded.failed)
		cut_forms(out, hc_buf_text(&key), &folded);
	out->failed = out->failed || key.failed || folded.failed;
	hc_buf_free(&key);
	hc_buf_free(&folded);
}

/* Under the name as written, and without its legal form. */
static void
add_facility(struct hc_buf *out, const char *text)
{
	struct hc_buf plain = HC_BUF_INIT;
	size_t begin = out->len, end;

	add_line(out, HC_SEARCH_FACILITY, text);
	hc_searchkey_facility(&plain, text);
	end = out->len;
	add_line(out, HC_SEARCH_FACILITY, hc_buf_text(&plain));
	if (!hc_buf_failed(out) && out->len - end == end - begin)
		hc_buf_cut(out, end);	/* there was none */
	out->failed = out->failed || plain.failed;
	hc_buf_free(&plain);
}

/* The cells that no field took: their texts, not their headings. */
static void
add_cells(struct hc_buf *out, const char *text)
{
	struct hc_json *cells = NULL;
	const struct hc_json *cell;
	void *iterator = NULL;
	const char *heading;

	if (hc_json_parse(&cells, text, strlen(text), NULL) != HC_OK) {
		add_line(out, HC_SEARCH_NOTE, text);
		return;
	}
	while ((cell = hc_json_next(cells, &iterator, &heading)) != NULL)
		if (hc_json_text(cell) != NULL)
			add_line(out, HC_SEARCH_NOTE, hc_json_text(cell));
	hc_json_free(cells);
}

static void
add_value(struct hc_buf *out, const struct hc_field *field, const char *text)
{
	enum hc_searchkey_class class;

	if (hc_searchkey_class(field->search, &class) == -1)
		return;
	if (class == HC_SEARCH_NAME || class == HC_SEARCH_KANA)
		add_name(out, class, text);
	else if (class == HC_SEARCH_PHONE)
		add_phone(out, text);
	else if (class == HC_SEARCH_FACILITY)
		add_facility(out, text);
	else if (text[0] == '{')
		add_cells(out, text);
	else
		add_line(out, class, text);
}

void
hc_searchkey_row(const struct hc_row *row, struct hc_buf *out)
{
	size_t i;

	for (i = 0; i < row->entity->nfields; i++)
		if (row->entity->fields[i]->search != NULL &&
		    row->values[i] != NULL)
			add_value(out, row->entity->fields[i],
			    row->values[i]);
}

bool
hc_searchkey_entity(const struct hc_entity *entity)
{
	size_t i;

	if (entity->kind != HC_ENTITY_RECORD)
		return false;
	for (i = 0; i < entity->nfields; i++)
		if (entity->fields[i]->search != NULL)
			return true;
	return false;
}
