/*
 * Shared strings, one behind the other, in memory or in a mapped file: a mark
 * whether it has furigana, the text with its NUL, the furigana with a NUL.
 */
#include <sys/mman.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/book.h"
#include "base/i18n.h"
#include "base/xlsx_text.h"
#include "base/xml.h"

#include "base/xlsx_strings.h"

#define MEMORY (16 << 20)	/* more goes into the file */
#define LOOKUPS 2000		/* between two times of letting go of it */

struct hc_xlsx_strings {
	uint32_t *at;		/* where each begins */
	size_t count, room;
	struct hc_buf bytes;	/* those that are not in the file */
	FILE *file;		/* NULL while there is none */
	size_t file_len;
	char *map;		/* all of the file */
	unsigned int lookups;

	/* While reading. */
	struct hc_xml *xml;
	struct hc_xlsx_text text;
	struct hc_error *err;
};

static enum hc_status
spill(struct hc_xlsx_strings *s)
{
	if (s->file == NULL && (s->file = tmpfile()) == NULL)
		return hc_error_set(s->err, HC_IO,
		    _("cannot make a temporary file: %s"), strerror(errno));
	if (fwrite(s->bytes.data, 1, s->bytes.len, s->file) != s->bytes.len ||
	    fflush(s->file) != 0)
		return hc_error_set(s->err, HC_IO,
		    _("cannot write a temporary file: %s"), strerror(errno));
	s->file_len += s->bytes.len;
	hc_buf_clear(&s->bytes);
	return HC_OK;
}

/* Room for one more; the parts that are read have at most 4 GB together. */
static enum hc_status
grow(struct hc_xlsx_strings *s)
{
	size_t room = s->room == 0 ? 1024 : s->room * 2;
	uint32_t *at;

	if (s->count < s->room)
		return HC_OK;
	if (s->file_len + s->bytes.len > UINT32_MAX - 4 * HC_BOOK_CELL_MAX)
		return hc_error_set(s->err, HC_INVALID,
		    _("the workbook holds too much text"));
	if ((at = realloc(s->at, room * sizeof(*at))) == NULL)
		return hc_error_nomem(s->err);
	s->at = at;
	s->room = room;
	return HC_OK;
}

static enum hc_status
add(struct hc_xlsx_strings *s)
{
	enum hc_status rc = hc_xlsx_text_finish(&s->text);

	if (rc == HC_INVALID)
		return hc_error_set(s->err, rc, _("the workbook holds a text "
		    "of more than %d bytes, which is longer than Excel's "
		    "cells can be"), HC_BOOK_CELL_MAX);
	if (rc == HC_OK)
		rc = grow(s);
	if (rc != HC_OK)
		return rc;
	s->at[s->count++] = (uint32_t)(s->file_len + s->bytes.len);
	hc_buf_putc(&s->bytes, s->text.kana.len > 0);
	hc_buf_add(&s->bytes, hc_buf_text(&s->text.text),
	    s->text.text.len + 1);
	if (s->text.kana.len > 0)
		hc_buf_add(&s->bytes, s->text.kana.data,
		    s->text.kana.len + 1);
	if (hc_buf_failed(&s->bytes))
		return hc_error_nomem(s->err);
	return s->bytes.len > MEMORY ? spill(s) : HC_OK;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct hc_xlsx_strings *s = arg;

	if (strcmp(name, "si") == 0)
		hc_xlsx_text_clear(&s->text);
	else
		hc_xlsx_text_start(&s->text, name, attributes);
}

static void
on_end(void *arg, const char *name)
{
	struct hc_xlsx_strings *s = arg;
	enum hc_status rc;

	if (strcmp(name, "si") != 0)
		hc_xlsx_text_end(&s->text, name);
	else if ((rc = add(s)) != HC_OK)
		hc_xml_fail(s->xml, rc);
}

static void
on_text(void *arg, const char *bytes, size_t len)
{
	struct hc_xlsx_strings *s = arg;

	hc_xlsx_text_add(&s->text, bytes, len);
}

/* All was read: map what is in the file. */
static enum hc_status
settle(struct hc_xlsx_strings *s)
{
	enum hc_status rc;

	if (s->file == NULL)
		return HC_OK;
	if ((rc = spill(s)) != HC_OK)
		return rc;
	s->map = mmap(NULL, s->file_len, PROT_READ, MAP_PRIVATE,
	    fileno(s->file), 0);
	if (s->map == MAP_FAILED) {
		s->map = NULL;
		return hc_error_nomem(s->err);
	}
	hc_buf_free(&s->bytes);
	return HC_OK;
}

enum hc_status
hc_xlsx_strings_read(struct hc_xlsx_strings **out, struct hc_zip *zip,
    const char *part, struct hc_error *err)
{
	static const struct hc_xml_handler handler = {
		on_start, on_end, on_text
	};
	struct hc_xlsx_strings *s;
	enum hc_status rc;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return hc_error_nomem(err);
	s->err = err;
	rc = hc_xml_open(&s->xml, zip, part, &handler, s, err);
	if (rc == HC_OK && (rc = hc_xml_run(s->xml)) == HC_NOTFOUND)
		rc = settle(s);
	hc_xml_close(s->xml);
	hc_xlsx_text_free(&s->text);
	if (rc != HC_OK) {
		hc_xlsx_strings_free(s);
		s = NULL;
	}
	*out = s;
	return rc;
}

bool
hc_xlsx_strings_get(struct hc_xlsx_strings *s, size_t number,
    const char **text, const char **kana)
{
	const char *entry;

	if (s == NULL || number >= s->count)
		return false;
	/* Cells name texts mostly in their order: those that were passed need
	   not stay in memory.  The pages come back by themselves. */
	if (s->map != NULL && ++s->lookups % LOOKUPS == 0)
		madvise(s->map, s->file_len, MADV_DONTNEED);
	entry = (s->map != NULL ? s->map : s->bytes.data) + s->at[number];
	*text = entry + 1;
	*kana = *entry ? *text + strlen(*text) + 1 : NULL;
	return true;
}

void
hc_xlsx_strings_free(struct hc_xlsx_strings *s)
{
	if (s == NULL)
		return;
	if (s->map != NULL)
		munmap(s->map, s->file_len);
	if (s->file != NULL)
		fclose(s->file);
	hc_buf_free(&s->bytes);
	free(s->at);
	free(s);
}
