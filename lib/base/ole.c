/*
 * Compound files: sectors in chains, as files in a FAT file system.  Every
 * chain is followed no further than the file has sectors, so that loops end.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/i18n.h"

#include "base/ole.h"

#define HEADER		512
#define FAT_IN_HEADER	109
#define ENTRY		128	/* of the directory */
#define SECTOR_MAX	0xfffffffaU	/* above: ends and marks */
#define STREAM		2
#define ROOT		5

struct ole {
	const unsigned char *bytes;
	size_t len;
	size_t shift;		/* a sector is 1 << shift bytes */
	size_t sectors;		/* that the file has, the last maybe cut */
	struct hc_buf fat;	/* the sector that follows each */
	struct hc_buf minifat;
	struct hc_buf mini;	/* the stream that mini sectors are of */
	struct hc_buf directory;
	uint32_t cutoff;	/* smaller streams are in mini sectors */
	struct hc_error *err;
};

static enum hc_status
damaged(struct ole *o)
{
	return hc_error_set(o->err, HC_INVALID,
	    _("the file is damaged or not complete: get it again, or open it "
	    "in Excel and save it as xlsx"));
}

/* Append sector ${n}; what the file lacks of its last one is left out. */
static enum hc_status
add_sector(struct ole *o, struct hc_buf *out, uint32_t n)
{
	size_t at, size = (size_t)1 << o->shift;

	if (n >= o->sectors)
		return damaged(o);
	at = ((size_t)n + 1) << o->shift;
	hc_buf_add(out, o->bytes + at, size < o->len - at ? size :
	    o->len - at);
	return HC_OK;
}

/* Append the chain that begins with ${n}, but not after ${most} bytes. */
static enum hc_status
add_chain(struct ole *o, struct hc_buf *out, uint32_t n, size_t most)
{
	enum hc_status rc = HC_OK;
	size_t from = out->len, left = o->sectors;

	while (rc == HC_OK && n <= SECTOR_MAX && out->len - from < most) {
		if (left-- == 0 || (size_t)n * 4 + 4 > o->fat.len)
			return damaged(o);
		rc = add_sector(o, out, n);
		n = hc_bytes_u32(o->fat.data + (size_t)n * 4);
	}
	if (rc == HC_OK && out->len - from > most)
		hc_buf_cut(out, from + most);
	return rc;
}

/* The same of the mini sectors, of 64 bytes. */
static enum hc_status
add_mini(struct ole *o, struct hc_buf *out, uint32_t n, size_t most)
{
	size_t at, from = out->len, left = o->minifat.len / 4 + 1;

	while (n <= SECTOR_MAX && out->len - from < most) {
		at = (size_t)n * 64;
		if (left-- == 0 || (size_t)n * 4 + 4 > o->minifat.len ||
		    at >= o->mini.len)
			return damaged(o);
		hc_buf_add(out, o->mini.data + at,
		    o->mini.len - at < 64 ? o->mini.len - at : 64);
		n = hc_bytes_u32(o->minifat.data + (size_t)n * 4);
	}
	if (out->len - from > most)
		hc_buf_cut(out, from + most);
	return HC_OK;
}

/* The FAT's own sectors are listed in the header, then in a chain of lists. */
static enum hc_status
read_fat(struct ole *o)
{
	const unsigned char *list = o->bytes + 76;
	size_t size = (size_t)1 << o->shift, left = o->sectors, i;
	size_t n = FAT_IN_HEADER;
	uint32_t next = hc_bytes_u32(o->bytes + 68), sector;

	for (;;) {
		for (i = 0; i < n; i++) {
			sector = hc_bytes_u32(list + i * 4);
			if (sector > SECTOR_MAX ||
			    o->fat.len / 4 >= o->sectors)
				continue;
			if (add_sector(o, &o->fat, sector) != HC_OK)
				return HC_INVALID;
		}
		if (next > SECTOR_MAX || o->fat.len / 4 >= o->sectors)
			return HC_OK;
		if (left-- == 0 || next >= o->sectors ||
		    (((size_t)next + 2) << o->shift) > o->len)
			return damaged(o);
		list = o->bytes + (((size_t)next + 1) << o->shift);
		n = size / 4 - 1;
		next = hc_bytes_u32(list + n * 4);
	}
}

static enum hc_status
open_header(struct ole *o)
{
	static const char magic[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

	if (o->len < HEADER || memcmp(o->bytes, magic, 8) != 0)
		return damaged(o);
	o->shift = hc_bytes_u16(o->bytes + 30);
	o->cutoff = hc_bytes_u32(o->bytes + 56);
	if ((o->shift != 9 && o->shift != 12) ||
	    o->len <= (size_t)1 << o->shift)
		return damaged(o);
	o->sectors = (o->len - 1) >> o->shift;
	if (read_fat(o) != HC_OK)
		return HC_INVALID;
	return add_chain(o, &o->directory, hc_bytes_u32(o->bytes + 48),
	    SIZE_MAX);
}

static const unsigned char *
entry(const struct ole *o, uint32_t n)
{
	if (n >= o->directory.len / ENTRY)
		return NULL;
	return (unsigned char *)o->directory.data + (size_t)n * ENTRY;
}

/* Has the directory's entry this name?  Names are UTF-16. */
static bool
is_named(const unsigned char *e, const char *name)
{
	size_t i, len = hc_bytes_u16(e + 64), n = strlen(name);
	char text[32];

	if (len != (n + 1) * 2 || n >= sizeof(text))
		return false;
	for (i = 0; i < n; i++) {
		if (e[i * 2 + 1] != 0)
			return false;
		text[i] = (char)e[i * 2];
	}
	return strncasecmp(text, name, n) == 0;
}

/*
 * Find a stream among the children of the root.  They are a tree; its order
 * is not trusted, so all of it is looked at, each entry once.
 */
static enum hc_status
find(struct ole *o, const char *name, const unsigned char **found)
{
	const unsigned char *e, *root = entry(o, 0);
	size_t entries = o->directory.len / ENTRY, depth = 0, left = entries;
	uint32_t *stack;

	*found = NULL;
	if (root == NULL || root[66] != ROOT)
		return damaged(o);
	if ((stack = calloc(entries * 2 + 1, sizeof(*stack))) == NULL)
		return hc_error_nomem(o->err);
	stack[depth++] = hc_bytes_u32(root + 76);
	while (depth > 0 && left > 0 && *found == NULL) {
		if ((e = entry(o, stack[--depth])) == NULL)
			continue;
		left--;
		if (e[66] == STREAM && is_named(e, name))
			*found = e;
		stack[depth++] = hc_bytes_u32(e + 68);
		stack[depth++] = hc_bytes_u32(e + 72);
	}
	free(stack);
	return *found != NULL ? HC_OK : HC_NOTFOUND;
}

static enum hc_status
add_stream(struct ole *o, struct hc_buf *out, const unsigned char *e)
{
	const unsigned char *root = entry(o, 0);
	uint32_t first = hc_bytes_u32(e + 116), size = hc_bytes_u32(e + 120);
	enum hc_status rc;

	if (size >= o->cutoff)
		return add_chain(o, out, first, size);
	if ((rc = add_chain(o, &o->mini, hc_bytes_u32(root + 116),
	    SIZE_MAX)) != HC_OK ||
	    (rc = add_chain(o, &o->minifat, hc_bytes_u32(o->bytes + 60),
	    SIZE_MAX)) != HC_OK)
		return rc;
	return add_mini(o, out, first, size);
}

enum hc_status
hc_ole_read(struct hc_buf *out, const void *bytes, size_t len,
    const char *name, struct hc_error *err)
{
	struct ole o = { .bytes = bytes, .len = len, .err = err };
	const unsigned char *e;
	enum hc_status rc;
	size_t from = out->len;

	if ((rc = open_header(&o)) == HC_OK &&
	    (rc = find(&o, name, &e)) == HC_OK &&
	    (rc = add_stream(&o, out, e)) == HC_OK &&
	    out->len - from < hc_bytes_u32(e + 120))
		rc = damaged(&o);
	if (hc_buf_failed(&o.fat) || hc_buf_failed(&o.directory) ||
	    hc_buf_failed(&o.mini) || hc_buf_failed(&o.minifat) ||
	    hc_buf_failed(out))
		rc = hc_error_nomem(err);
	if (rc != HC_OK)
		hc_buf_cut(out, from);
	hc_buf_free(&o.fat);
	hc_buf_free(&o.minifat);
	hc_buf_free(&o.mini);
	hc_buf_free(&o.directory);
	return rc;
}
