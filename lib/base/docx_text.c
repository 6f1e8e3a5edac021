/* The text of a paragraph or a cell of a Word document. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xml.h"

#include "base/docx_text.h"

static void
add(struct hc_docx_text *t, const struct hc_docx_place *place,
    const char *bytes, size_t len)
{
	if (place->deleted > 0 || place->hidden)
		return;
	if (place->base == 0)
		hc_buf_add(&t->kana, bytes, len);
	if (place->reading == 0)
		hc_buf_add(&t->text, bytes, len);
	else
		t->ruby = true;
}

static void
add_word(struct hc_docx_text *t, const struct hc_docx_place *place,
    const char *word)
{
	add(t, place, word, strlen(word));
}

bool
hc_docx_text_is_on(const char **attributes)
{
	const char *val = hc_xml_attribute(attributes, "val");

	return val == NULL || (strcmp(val, "0") != 0 &&
	    strcmp(val, "false") != 0 && strcmp(val, "off") != 0);
}

/* Letters of the fonts of signs that people tick boxes with. */
static void
add_sign(struct hc_docx_text *t, const struct hc_docx_place *place,
    const char **attributes)
{
	static const struct {
		const char *font;
		unsigned int letter;
		const char *sign;
	} signs[] = {
		{ "Wingdings", 0x6f, "☐" }, { "Wingdings", 0x71, "☐" },
		{ "Wingdings", 0xa8, "☐" }, { "Wingdings", 0x6e, "■" },
		{ "Wingdings", 0xfb, "☒" }, { "Wingdings", 0xfc, "✓" },
		{ "Wingdings", 0xfd, "☒" }, { "Wingdings", 0xfe, "☑" },
		{ "Wingdings 2", 0x50, "✓" }, { "Wingdings 2", 0x52, "☑" },
		{ "Wingdings 2", 0x53, "☒" }, { "Wingdings 2", 0xa3, "☐" },
	};
	const char *font = hc_xml_attribute(attributes, "font");
	const char *letter = hc_xml_attribute(attributes, "char");
	unsigned long n;
	size_t i;

	if (font == NULL || letter == NULL)
		return;
	n = strtoul(letter, NULL, 16);
	/* They stand among the private letters, from F000 on. */
	if (n >= 0xf000)
		n -= 0xf000;
	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strcasecmp(font, signs[i].font) == 0 &&
		    signs[i].letter == n) {
			add_word(t, place, signs[i].sign);
			return;
		}
	add_word(t, place, "\xef\xbf\xbd");	/* U+FFFD */
}

void
hc_docx_text_start(struct hc_docx_text *t, struct hc_docx_place *place,
    const char *name, const char **attributes)
{
	if (strcmp(name, "p") == 0) {
		if (t->paragraphs++ > 0) {
			hc_buf_putc(&t->text, '\n');
			hc_buf_putc(&t->kana, '\n');
		}
	} else if (strcmp(name, "r") == 0) {
		place->run++;
		place->hidden = false;
	} else if (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0)
		place->deleted++;
	else if (strcmp(name, "rt") == 0)
		place->reading++;
	else if (strcmp(name, "rubyBase") == 0)
		place->base++;
	else if (strcmp(name, "checkBox") == 0)
		place->box = false;
	else if (strcmp(name, "default") == 0 || strcmp(name, "checked") == 0)
		place->box = hc_docx_text_is_on(attributes);
	/* Tabs of a paragraph's settings have the name of those in runs. */
	else if (place->run == 0)
		return;
	else if (strcmp(name, "t") == 0)
		place->in_text = true;
	else if (strcmp(name, "vanish") == 0)
		place->hidden = hc_docx_text_is_on(attributes);
	else if (strcmp(name, "tab") == 0)
		add_word(t, place, "\t");
	else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
		add_word(t, place, "\n");
	else if (strcmp(name, "noBreakHyphen") == 0)
		add_word(t, place, "-");
	else if (strcmp(name, "sym") == 0)
		add_sign(t, place, attributes);
}

void
hc_docx_text_end(struct hc_docx_text *t, struct hc_docx_place *place,
    const char *name)
{
	if (strcmp(name, "t") == 0)
		place->in_text = false;
	else if (strcmp(name, "r") == 0)
		place->run--;
	else if (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0)
		place->deleted--;
	else if (strcmp(name, "rt") == 0)
		place->reading--;
	else if (strcmp(name, "rubyBase") == 0)
		place->base--;
	else if (strcmp(name, "checkBox") == 0)
		add_word(t, place, place->box ? "☑" : "☐");
}

void
hc_docx_text_add(struct hc_docx_text *t, const struct hc_docx_place *place,
    const char *bytes, size_t len)
{
	if (place->in_text)
		add(t, place, bytes, len);
}

static void
cut_lines(struct hc_buf *buf)
{
	size_t len = buf->len;

	while (len > 0 && buf->data[len - 1] == '\n')
		len--;
	hc_buf_cut(buf, len);
}

bool
hc_docx_text_finish(struct hc_docx_text *t)
{
	cut_lines(&t->text);
	cut_lines(&t->kana);
	return !hc_buf_failed(&t->text) && !hc_buf_failed(&t->kana);
}

void
hc_docx_text_clear(struct hc_docx_text *t)
{
	hc_buf_clear(&t->text);
	hc_buf_clear(&t->kana);
	t->ruby = false;
	t->paragraphs = 0;
}

void
hc_docx_text_free(struct hc_docx_text *t)
{
	hc_buf_free(&t->text);
	hc_buf_free(&t->kana);
}
