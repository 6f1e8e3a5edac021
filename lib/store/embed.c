/* Looking up files that are built into the library. */
#include <string.h>

#include "store/embed.h"

const struct hc_embed *
hc_embed_find(const char *name)
{
	const struct hc_embed *f;

	for (f = hc_embed_files; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}
