/* Which reader a file is for, by what stands in it. */
#include <sys/mman.h>
#include <sys/stat.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/docx.h"
#include "base/i18n.h"
#include "base/spool.h"
#include "base/xls.h"
#include "base/xlsx.h"
#include "base/zip.h"

#include "base/book.h"

#define HEAD 65536

static enum hc_status
find_kind(int fd, enum hc_charset_kind *kind, struct hc_error *err)
{
	struct stat st;
	size_t len;
	void *bytes;

	*kind = HC_CHARSET_KIND_EMPTY;
	if (fstat(fd, &st) == 0 && st.st_size == 0)
		return HC_OK;
	len = (size_t)st.st_size;
	bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return hc_error_set(err, HC_IO, _("cannot read: %s"),
		    strerror(errno));
	/* Of an archive the names of all its parts tell more, and cost less,
	   than to look through it (open_zip). */
	*kind = hc_charset_kind(bytes, len > HEAD &&
	    memcmp(bytes, "PK", 2) == 0 ? HEAD : len);
	munmap(bytes, len);
	return HC_OK;
}

static enum hc_status
refuse(enum hc_charset_kind kind, struct hc_error *err)
{
	const char *words = hc_charset_kind_words(kind);
	const char *advice = hc_charset_kind_advice(kind);

	if (advice == NULL)
		return hc_error_set(err, HC_INVALID,
		    _("the file is %s, not a list"), words);
	return hc_error_set(err, HC_INVALID,
	    _("the file is %s, not a list: %s"), words, advice);
}

/* An Office file, or an archive of anything. */
static enum hc_status
open_zip(struct hc_book **book, int fd, struct hc_error *err)
{
	struct hc_zip *zip;
	enum hc_status rc;

	if ((rc = hc_zip_open(&zip, fd, err)) != HC_OK)
		return rc;
	if (hc_docx_is(zip))
		return hc_docx_open(book, zip, err);
	if (hc_zip_has(zip, "_rels/.rels"))
		return hc_xlsx_open(book, zip, err);
	hc_zip_close(zip);
	return refuse(HC_CHARSET_KIND_ZIP, err);
}

static enum hc_status
open_xls(struct hc_book **book, int fd, struct hc_error *err)
{
	struct stat st;
	enum hc_status rc;
	void *bytes = MAP_FAILED;

	if (fstat(fd, &st) == 0)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ,
		    MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return hc_error_set(err, HC_IO, _("cannot read: %s"),
		    strerror(errno));
	rc = hc_xls_open(book, bytes, (size_t)st.st_size, err);
	munmap(bytes, (size_t)st.st_size);
	return rc;
}

enum hc_status
hc_book_open(struct hc_book **book, int fd, struct hc_error *err)
{
	enum hc_charset_kind kind;
	enum hc_status rc;
	int own;

	*book = NULL;
	if ((rc = hc_spool_open(&own, fd, err)) != HC_OK)
		return rc;
	if ((rc = find_kind(own, &kind, err)) != HC_OK)
		goto out;
	switch (kind) {
	case HC_CHARSET_KIND_EMPTY:
	case HC_CHARSET_KIND_TEXT:
		rc = hc_error_set(err, HC_NOTFOUND, _("the file is %s"),
		    hc_charset_kind_words(kind));
		break;
	case HC_CHARSET_KIND_XLSX:
	case HC_CHARSET_KIND_DOCX:
	case HC_CHARSET_KIND_ZIP:
		rc = open_zip(book, own, err);
		break;
	case HC_CHARSET_KIND_XLS:
		rc = open_xls(book, own, err);
		break;
	default:
		rc = refuse(kind, err);
	}
out:
	close(own);
	return rc;
}
