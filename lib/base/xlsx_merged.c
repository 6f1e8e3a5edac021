/*
 * Merged areas stand behind all rows of a sheet, and are needed before them.
 * Most lists have none: the bytes are searched for their name, which costs a
 * sixth of reading them, and read as XML only where it is found.
 */
#include <string.h>

#include "base/buf.h"
#include "base/xml.h"

#include "base/xlsx_merged.h"

struct reading {
	struct hc_merge *merge;
	struct hc_xml *xml;
	struct hc_error *err;
};

const char *
hc_xlsx_merged_place(const char *text, size_t *row, size_t *column)
{
	size_t letters = 0, digits = 0;

	*row = *column = 0;
	text += *text == '$';
	for (; (*text | 0x20) >= 'a' && (*text | 0x20) <= 'z'; text++) {
		if (++letters > 3)
			return NULL;
		*column = *column * 26 + (size_t)((*text | 0x20) - 'a') + 1;
	}
	if (letters == 0)
		return NULL;
	--*column;
	text += *text == '$';
	for (; *text >= '0' && *text <= '9'; text++) {
		if (++digits > 7)
			return NULL;
		*row = *row * 10 + (size_t)(*text - '0');
	}
	return text;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;
	struct hc_merge_area area;
	enum hc_status rc;
	const char *s;

	if (strcmp(name, "mergeCell") != 0 ||
	    (s = hc_xml_attribute(attributes, "ref")) == NULL)
		return;
	s = hc_xlsx_merged_place(s, &area.top, &area.left);
	if (s == NULL || *s != ':' ||
	    hc_xlsx_merged_place(s + 1, &area.bottom, &area.right) == NULL)
		return;
	if ((rc = hc_merge_add(r->merge, &area, r->err)) != HC_OK)
		hc_xml_fail(r->xml, rc);
}

/* Do the bytes of the part hold the word?  HC_OK, or HC_NOTFOUND. */
static enum hc_status
search(struct hc_zip_part *part, const char *word, struct hc_error *err)
{
	size_t len = strlen(word), kept = 0, got;
	enum hc_status rc;
	char bytes[65536];

	for (;;) {
		rc = hc_zip_part_read(part, bytes + kept,
		    sizeof(bytes) - kept, &got, err);
		if (rc != HC_OK)
			return rc;
		if (got == 0)
			return HC_NOTFOUND;
		got += kept;
		/* In UTF-16 it would not be found: see what expat says. */
		if (memmem(bytes, got, word, len) != NULL ||
		    memchr(bytes, '\0', got) != NULL)
			return HC_OK;
		/* It may be cut in two. */
		kept = got < len ? got : len - 1;
		memmove(bytes, bytes + got - kept, kept);
	}
}

static enum hc_status
read_areas(struct reading *r, struct hc_zip *zip, const char *part)
{
	static const struct hc_xml_handler handler = { .start = on_start };
	enum hc_status rc;

	if ((r->merge = hc_merge_new()) == NULL)
		return hc_error_nomem(r->err);
	rc = hc_xml_open(&r->xml, zip, part, &handler, r, r->err);
	if (rc == HC_OK && (rc = hc_xml_run(r->xml)) == HC_NOTFOUND)
		rc = HC_OK;
	hc_xml_close(r->xml);
	if (rc == HC_OK)
		hc_merge_begin(r->merge);
	return rc;
}

enum hc_status
hc_xlsx_merged_read(struct hc_merge **out, struct hc_zip *zip,
    const char *part, struct hc_error *err)
{
	struct reading r = { .err = err };
	struct hc_zip_part *bytes;
	enum hc_status rc;

	*out = NULL;
	if ((rc = hc_zip_part_open(&bytes, zip, part, err)) != HC_OK)
		return rc;
	rc = search(bytes, "mergeCell", err);
	hc_zip_part_close(bytes);
	if (rc == HC_OK)
		rc = read_areas(&r, zip, part);
	else if (rc == HC_NOTFOUND)
		rc = HC_OK;
	if (rc != HC_OK) {
		hc_merge_free(r.merge);
		r.merge = NULL;
	}
	*out = r.merge;
	return rc;
}
