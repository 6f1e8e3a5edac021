/* The built-in catalogue files, row by row. */
#include <stdio.h>
#include <stdlib.h>

#include "base/tsv.h"
#include "store/embed.h"

#include "store/builtin.h"

struct hc_builtin {
	struct hc_tsv_reader *tsv;
};

enum hc_status
hc_builtin_open(struct hc_builtin **out, const char *name,
    struct hc_error *err)
{
	const struct hc_embed *bytes;
	struct hc_builtin *file;
	char path[64];
	enum hc_status rc;

	*out = NULL;
	snprintf(path, sizeof(path), "catalogue/%s.tsv", name);
	if ((bytes = hc_embed_find(path)) == NULL)
		return hc_error_set(err, HC_NOTFOUND, "no built-in %s", path);
	if ((file = calloc(1, sizeof(*file))) == NULL)
		return hc_error_nomem(err);
	rc = hc_tsv_open_bytes(&file->tsv, bytes->begin,
	    (size_t)(bytes->end - bytes->begin), path);
	if (rc != HC_OK) {
		hc_error_set(err, rc, "%s", hc_tsv_error(file->tsv));
		hc_builtin_close(file);
		return rc;
	}
	*out = file;
	return HC_OK;
}

void
hc_builtin_close(struct hc_builtin *file)
{
	if (file == NULL)
		return;
	hc_tsv_close(file->tsv);
	free(file);
}

enum hc_status
hc_builtin_next(struct hc_builtin *file, struct hc_error *err)
{
	enum hc_status rc = hc_tsv_next(file->tsv);

	return rc == HC_OK || rc == HC_NOTFOUND ? rc :
	    hc_error_set(err, rc, "%s", hc_tsv_error(file->tsv));
}

int
hc_builtin_column(struct hc_builtin *file, const char *column)
{
	return hc_tsv_column(file->tsv, column);
}

const char *
hc_builtin_cell(struct hc_builtin *file, int place)
{
	return place >= 0 ? hc_tsv_get(file->tsv, place) : NULL;
}

const char *
hc_builtin_get(struct hc_builtin *file, const char *column)
{
	return hc_builtin_cell(file, hc_builtin_column(file, column));
}
