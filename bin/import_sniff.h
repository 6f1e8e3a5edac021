/* hc-import sniff: what a list seems to be. */
#ifndef HC_IMPORT_SNIFF_H
#define HC_IMPORT_SNIFF_H

#include "program.h"

struct import_sniff {
	const char *file;
	const char *sheet;	/* name or number; NULL: the first that fits */
	const char *mapping;	/* NULL: the one that fits best */
	const char *save;	/* make a mapping of that name; NULL */
};

/* import_sniff(p, what): print it; the exit status. */
int import_sniff(const struct program *p, const struct import_sniff *what);

#endif
