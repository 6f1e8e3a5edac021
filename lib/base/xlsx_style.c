/* Styles: cellXfs name number formats, numFmts say what these are. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml.h"

#include "base/xlsx_style.h"

#define FORMATS 65536		/* Excel's own numbers end far below */
#define BUILTIN 164		/* those of files begin here; 0 is a number */
#define STYLES_MAX 65536	/* Excel has 65,490 */

struct hc_xlsx_style {
	uint8_t formats[FORMATS];	/* enum hc_serial by number */
	uint16_t styles[STYLES_MAX];	/* the number of each one's format */
	size_t count;
	/* Where we are: cellStyleXfs have xf as well, dxfs numFmt. */
	bool in_styles, in_formats;
};

/* The number of a format; 0, the general one, if there is none. */
static unsigned int
format_id(const char **attributes)
{
	const char *text = hc_xml_attribute(attributes, "numFmtId");
	unsigned long id = text != NULL ? strtoul(text, NULL, 10) : 0;

	return id < FORMATS ? (unsigned int)id : 0;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct hc_xlsx_style *style = arg;
	const char *code;

	if (strcmp(name, "cellXfs") == 0) {
		style->in_styles = true;
	} else if (strcmp(name, "numFmts") == 0) {
		style->in_formats = true;
	} else if (style->in_formats && strcmp(name, "numFmt") == 0) {
		code = hc_xml_attribute(attributes, "formatCode");
		if (code != NULL && *code != '\0')
			style->formats[format_id(attributes)] =
			    (uint8_t)hc_serial_kind(0, code);
	} else if (style->in_styles && strcmp(name, "xf") == 0 &&
	    style->count < STYLES_MAX) {
		style->styles[style->count++] =
		    (uint16_t)format_id(attributes);
	}
}

static void
on_end(void *arg, const char *name)
{
	struct hc_xlsx_style *style = arg;

	if (strcmp(name, "cellXfs") == 0)
		style->in_styles = false;
	else if (strcmp(name, "numFmts") == 0)
		style->in_formats = false;
}

enum hc_status
hc_xlsx_style_read(struct hc_xlsx_style **out, struct hc_zip *zip,
    const char *part, struct hc_error *err)
{
	static const struct hc_xml_handler handler = {
		.start = on_start, .end = on_end
	};
	struct hc_xlsx_style *style;
	struct hc_xml *xml = NULL;
	enum hc_status rc;
	unsigned int i;

	*out = NULL;
	if ((style = calloc(1, sizeof(*style))) == NULL)
		return hc_error_nomem(err);
	for (i = 0; i < BUILTIN; i++)
		style->formats[i] = (uint8_t)hc_serial_kind(i, NULL);
	rc = hc_xml_open(&xml, zip, part, &handler, style, err);
	if (rc == HC_OK && (rc = hc_xml_run(xml)) == HC_NOTFOUND)
		rc = HC_OK;
	hc_xml_close(xml);
	if (rc != HC_OK) {
		free(style);
		style = NULL;
	}
	*out = style;
	return rc;
}

enum hc_serial
hc_xlsx_style_serial(const struct hc_xlsx_style *style, size_t number)
{
	if (style == NULL || number >= style->count)
		return HC_SERIAL_NUMBER;
	return (enum hc_serial)style->formats[style->styles[number]];
}

void
hc_xlsx_style_free(struct hc_xlsx_style *style)
{
	free(style);
}
