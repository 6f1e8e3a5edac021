/*
 * Zip archives made in memory, for tests and fuzzers of what reads Office
 * files.
 *
 *	struct package p = { 0 };
 *	package_add(&p, "xl/workbook.xml", text, strlen(text));
 *	bytes = package_bytes(&p, &len);	(the caller frees them)
 */
#ifndef TESTS_PACKAGE_H
#define TESTS_PACKAGE_H

#include <stdlib.h>
#include <string.h>

#include <zip.h>

#define PACKAGE_PARTS 32

struct package {
	struct {
		const char *name, *bytes;
		size_t len;
		bool stored;	/* not deflated */
	} parts[PACKAGE_PARTS];
	size_t count;
};

/* The name and the bytes stay the caller's until package_bytes(). */
static inline void
package_add(struct package *p, const char *name, const char *bytes,
    size_t len)
{
	if (p->count == PACKAGE_PARTS)
		abort();
	p->parts[p->count].name = name;
	p->parts[p->count].bytes = bytes;
	p->parts[p->count++].len = len;
}

static inline char *
package_bytes(struct package *p, size_t *len)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *archive;
	zip_stat_t st;
	char *bytes;
	size_t i;

	zip_source_keep(source);
	archive = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	if (archive == NULL)
		abort();
	for (i = 0; i < p->count; i++) {
		if (zip_file_add(archive, p->parts[i].name,
		    zip_source_buffer(archive, p->parts[i].bytes,
		    p->parts[i].len, 0), ZIP_FL_ENC_UTF_8) != (zip_int64_t)i)
			abort();
		if (p->parts[i].stored)
			zip_set_file_compression(archive, i, ZIP_CM_STORE, 0);
	}
	if (zip_close(archive) != 0 || zip_source_open(source) != 0 ||
	    zip_source_stat(source, &st) != 0 ||
	    (bytes = malloc(st.size + 1)) == NULL ||
	    zip_source_read(source, bytes, st.size) != (zip_int64_t)st.size)
		abort();
	zip_source_free(source);
	*len = st.size;
	return bytes;
}

#endif
