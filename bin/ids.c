/* Ids of records, from arguments and from rows on standard input. */
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/tsv.h"

#include "program.h"

#include "ids.h"

void
ids_add(struct ids *ids, int64_t id)
{
	int64_t *grown;

	if (ids->len == ids->room) {
		ids->room = ids->room ? ids->room * 2 : 256;
		grown = realloc(ids->items, ids->room * sizeof(*grown));
		if (grown == NULL)
			program_fail(HC_NOMEM, "%s", _("out of memory"));
		ids->items = grown;
	}
	ids->items[ids->len++] = id;
}

void
ids_read(struct ids *ids, const struct hc_store *store, const char *column)
{
	struct hc_tsv_reader *r;
	const char *text;
	enum hc_status rc;
	long long number;
	char *end;
	int at;

	if ((rc = hc_tsv_open(&r, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", hc_tsv_error(r));
	at = hc_tsv_column(r, column);
	if (at == -1 && hc_tsv_columns(r) > 0)
		program_fail(HC_INVALID, _("the rows have no column '%s'"),
		    column);
	while ((rc = hc_tsv_next(r)) == HC_OK) {
		if ((text = hc_tsv_get(r, at)) == NULL)
			continue;
		number = strtoll(text, &end, 10);
		if (text[0] < '0' || text[0] > '9' || *end != '\0')
			program_fail(HC_INVALID, _("-:%lu: '%s' is no id"),
			    hc_tsv_line(r), text);
		ids_add(ids, hc_store_id(store, number));
	}
	if (rc != HC_NOTFOUND)
		program_fail(rc, "%s", hc_tsv_error(r));
	hc_tsv_close(r);
}

/* By id, of one id the earlier first. */
static int
compare(const void *a, const void *b, void *arg)
{
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	const int64_t *ids = arg;

	if (ids[i] != ids[j])
		return ids[i] < ids[j] ? -1 : 1;
	return (i > j) - (i < j);
}

void
ids_once(struct ids *ids)
{
	size_t i, n = ids->len, *order;

	if (n == 0)
		return;
	if ((order = calloc(n, sizeof(*order))) == NULL)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	for (i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof(*order), compare, ids->items);
	for (i = n - 1; i > 0; i--)	/* ids are never 0 */
		if (ids->items[order[i]] == ids->items[order[i - 1]])
			ids->items[order[i]] = 0;
	free(order);
	for (i = ids->len = 0; i < n; i++)
		if (ids->items[i] != 0)
			ids->items[ids->len++] = ids->items[i];
}

void
ids_clear(struct ids *ids)
{
	free(ids->items);
	*ids = (struct ids){ 0 };
}
