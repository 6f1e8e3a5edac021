/*
 * Files of the source tree that are part of the library: the built-in
 * catalogue, SQL scripts, styles.  Made by scripts/embed.
 */
#ifndef HC_STORE_EMBED_H
#define HC_STORE_EMBED_H

#include <stddef.h>

struct hc_embed {
	const char *name;	/* path below lib/, as "catalogue/field.tsv" */
	const char *begin;	/* first byte */
	const char *end;	/* the byte after the last, which is a NUL */
};

/* All of them, the last with a NULL name. */
extern const struct hc_embed hc_embed_files[];

/*
 * hc_embed_find(name):
 * Return the file called ${name}, or NULL if there is none.
 */
const struct hc_embed *hc_embed_find(const char *name);

#endif
