/* Texts that a spreadsheet program would take for a formula. */
#include <stddef.h>
#include <string.h>

#include "base/formula.h"

#define IDEOGRAPHIC_SPACE "\xe3\x80\x80"

static const char *
skip_spaces(const char *text)
{
	for (;;) {
		if (*text == ' ')
			text++;
		else if (strncmp(text, IDEOGRAPHIC_SPACE, 3) == 0)
			text += 3;
		else
			return text;
	}
}

bool
hc_formula_danger(const char *text)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	size_t i;

	text = skip_spaces(text);
	if (*text != '\0' && strchr("=+-@\t\r\n", *text) != NULL)
		return true;
	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

/* Dangerous but for any apostrophes before it? */
static bool
marked(const char *text)
{
	return hc_formula_danger(text + strspn(text, "'"));
}

void
hc_formula_defuse(struct hc_buf *out, const char *text)
{
	if (marked(text))
		hc_buf_putc(out, '\'');
	hc_buf_puts(out, text);
}

const char *
hc_formula_restore(const char *text)
{
	return *text == '\'' && marked(text) ? text + 1 : text;
}
