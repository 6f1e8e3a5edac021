/* Reading zip archives with libzip, within limits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <zip.h>

#include "base/i18n.h"
#include "base/spool.h"

#include "base/zip.h"

struct hc_zip {
	zip_t *archive;
	size_t count;
};

struct hc_zip_part {
	zip_file_t *file;
	zip_uint64_t left;	/* of the size that the archive states */
};

/* What libzip says, in words that help.  Clears ${ze}. */
static enum hc_status
fault(zip_error_t *ze, struct hc_error *err)
{
	enum hc_status rc;

	switch (zip_error_code_zip(ze)) {
	case ZIP_ER_MEMORY:
		rc = hc_error_nomem(err);
		break;
	case ZIP_ER_READ:
	case ZIP_ER_SEEK:
	case ZIP_ER_TELL:
	case ZIP_ER_OPEN:
		rc = hc_error_set(err, HC_IO, _("cannot read: %s"),
		    zip_error_strerror(ze));
		break;
	case ZIP_ER_COMPNOTSUPP:
	case ZIP_ER_ENCRNOTSUPP:
		rc = hc_error_set(err, HC_INVALID, _("the file is packed in "
		    "an unusual way (%s): open it with the program that made "
		    "it, and save it anew"), zip_error_strerror(ze));
		break;
	default:
		rc = hc_error_set(err, HC_INVALID, _("the file is damaged or "
		    "was cut short (%s): ask for it again, or let Excel "
		    "repair it"), zip_error_strerror(ze));
	}
	zip_error_fini(ze);
	return rc;
}

/* Add what one part will take; refuse what nobody packs so. */
static enum hc_status
check_part(const zip_stat_t *st, zip_uint64_t *total, struct hc_error *err)
{
	if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) &&
	    st->encryption_method != ZIP_EM_NONE)
		return hc_error_set(err, HC_INVALID, _("the file is a zip "
		    "archive locked with a password: unpack it first"));
	if (st->size > HC_ZIP_SMALL &&
	    st->size / HC_ZIP_RATIO_MAX > st->comp_size)
		return hc_error_set(err, HC_INVALID, _("a part of the file "
		    "would grow to more than %d times its size when unpacked, "
		    "which is not done for safety"), HC_ZIP_RATIO_MAX);
	if (st->size > HC_ZIP_TOTAL_MAX - *total)
		return hc_error_set(err, HC_INVALID, _("the file would take "
		    "more than %llu MB when unpacked, which is not done for "
		    "safety"), HC_ZIP_TOTAL_MAX >> 20);
	*total += st->size;
	return HC_OK;
}

static enum hc_status
check_parts(struct hc_zip *zip, struct hc_error *err)
{
	zip_int64_t count = zip_get_num_entries(zip->archive, 0);
	zip_uint64_t i, total = 0;
	enum hc_status rc;
	zip_stat_t st;

	if (count <= 0)
		return hc_error_set(err, HC_INVALID, _("the file is empty"));
	if (count > HC_ZIP_PARTS_MAX)
		return hc_error_set(err, HC_INVALID, _("the file holds more "
		    "than %d parts, which are not read for safety"),
		    HC_ZIP_PARTS_MAX);
	zip->count = (size_t)count;
	for (i = 0; i < zip->count; i++) {
		if (zip_stat_index(zip->archive, i, 0, &st) != 0)
			return fault(zip_get_error(zip->archive), err);
		if ((rc = check_part(&st, &total, err)) != HC_OK)
			return rc;
	}
	return HC_OK;
}

/* Open what ${source} gives; it is used up in any case. */
static enum hc_status
open_source(struct hc_zip **out, zip_source_t *source, zip_error_t *ze,
    struct hc_error *err)
{
	struct hc_zip *zip;
	enum hc_status rc;

	*out = NULL;
	if (source == NULL)
		return fault(ze, err);
	if ((zip = calloc(1, sizeof(*zip))) == NULL) {
		zip_source_free(source);
		return hc_error_nomem(err);
	}
	zip->archive = zip_open_from_source(source, ZIP_RDONLY, ze);
	if (zip->archive == NULL) {
		zip_source_free(source);
		rc = fault(ze, err);
	} else {
		rc = check_parts(zip, err);
	}
	if (rc != HC_OK) {
		hc_zip_close(zip);
		zip = NULL;
	}
	*out = zip;
	return rc;
}

enum hc_status
hc_zip_open_bytes(struct hc_zip **zip, const char *bytes, size_t len,
    struct hc_error *err)
{
	zip_error_t ze;

	zip_error_init(&ze);
	return open_source(zip, zip_source_buffer_create(bytes, len, 0, &ze),
	    &ze, err);
}

enum hc_status
hc_zip_open(struct hc_zip **zip, int fd, struct hc_error *err)
{
	zip_source_t *source;
	enum hc_status rc;
	zip_error_t ze;
	FILE *file;
	int own;

	*zip = NULL;
	if ((rc = hc_spool_open(&own, fd, err)) != HC_OK)
		return rc;
	if ((file = fdopen(own, "rb")) == NULL) {
		close(own);
		return hc_error_nomem(err);
	}
	zip_error_init(&ze);
	source = zip_source_filep_create(file, 0, -1, &ze);
	if (source == NULL)
		fclose(file);
	return open_source(zip, source, &ze, err);
}

void
hc_zip_close(struct hc_zip *zip)
{
	if (zip == NULL)
		return;
	if (zip->archive != NULL)
		zip_discard(zip->archive);
	free(zip);
}

size_t
hc_zip_count(const struct hc_zip *zip)
{
	return zip->count;
}

const char *
hc_zip_name(const struct hc_zip *zip, size_t i)
{
	const char *name = zip_get_name(zip->archive, i, 0);

	return name != NULL ? name : "";
}

static bool
same_name(const char *a, const char *b)
{
	static const char slash[] = "/\\";

	a += strspn(a, slash);
	b += strspn(b, slash);
	for (; *a != '\0' && *b != '\0'; a++, b++)
		if (strncasecmp(a, b, 1) != 0 &&
		    (strchr(slash, *a) == NULL || strchr(slash, *b) == NULL))
			return false;
	return *a == *b;
}

/* The number of the part; zip->count if there is none. */
static size_t
find(const struct hc_zip *zip, const char *name)
{
	size_t i;

	for (i = 0; i < zip->count; i++)
		if (same_name(hc_zip_name(zip, i), name))
			break;
	return i;
}

bool
hc_zip_has(const struct hc_zip *zip, const char *name)
{
	return find(zip, name) < zip->count;
}

enum hc_status
hc_zip_part_open(struct hc_zip_part **out, struct hc_zip *zip,
    const char *name, struct hc_error *err)
{
	struct hc_zip_part *part;
	size_t i = find(zip, name);
	zip_stat_t st;

	*out = NULL;
	if (i == zip->count)
		return hc_error_set(err, HC_NOTFOUND,
		    _("the file has no part '%s'"), name);
	if (zip_stat_index(zip->archive, i, 0, &st) != 0)
		return fault(zip_get_error(zip->archive), err);
	if ((part = calloc(1, sizeof(*part))) == NULL)
		return hc_error_nomem(err);
	part->left = st.size;
	if ((part->file = zip_fopen_index(zip->archive, i, 0)) == NULL) {
		free(part);
		return fault(zip_get_error(zip->archive), err);
	}
	*out = part;
	return HC_OK;
}

enum hc_status
hc_zip_part_read(struct hc_zip_part *part, void *out, size_t size,
    size_t *got, struct hc_error *err)
{
	zip_int64_t n = zip_fread(part->file, out, size);

	*got = 0;
	if (n < 0)
		return fault(zip_file_get_error(part->file), err);
	if ((zip_uint64_t)n > part->left)
		return hc_error_set(err, HC_INVALID, _("the file is damaged: "
		    "a part is larger than the archive says; ask for it "
		    "again, or let Excel repair it"));
	part->left -= (zip_uint64_t)n;
	*got = (size_t)n;
	return HC_OK;
}

void
hc_zip_part_close(struct hc_zip_part *part)
{
	if (part == NULL)
		return;
	zip_fclose(part->file);
	free(part);
}
