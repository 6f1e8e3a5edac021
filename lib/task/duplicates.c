/* Pairs of persons who are perhaps one, compared in full. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "store/row.h"
#include "task/alike_row.h"

#include "task/duplicates.h"

/* One that should be looked at. */
struct found {
	struct hc_duplicates_pair pair;
	struct hc_alike alike;
};

struct compare {
	struct hc_store *store;
	const struct hc_entity *person;
	struct hc_alike_reader reader;
	struct hc_alike_person first, second;
	int64_t first_id;	/* whom ${first} is; 0: nobody */
	bool first_there;
	struct found *found;
	size_t len, room;
};

/* Read one; ${there} is false of one that was merged already. */
static enum hc_status
read_person(struct compare *c, int64_t id, struct hc_alike_person *person,
    bool *there)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	*there = false;
	rc = hc_row_load(c->store, c->person, id, &row);
	if (rc == HC_OK && hc_row_value(row, "merged_into") == NULL) {
		*there = true;
		rc = hc_alike_row_read(&c->reader, c->store, row, person);
	}
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
keep(struct compare *c, const struct hc_duplicates_pair *pair,
    const struct hc_alike *alike)
{
	struct found *grown;
	size_t room;

	if (c->len == c->room) {
		room = c->room > 0 ? c->room * 2 : 256;
		grown = realloc(c->found, room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(c->store->db);
		c->found = grown;
		c->room = room;
	}
	c->found[c->len].pair = *pair;
	c->found[c->len++].alike = *alike;
	return HC_OK;
}

static enum hc_status
compare_pair(struct compare *c, const struct hc_duplicates_pair *pair)
{
	struct hc_alike alike;
	enum hc_status rc = HC_OK;
	bool there;

	/* They are sorted: the first is mostly the one of the last pair. */
	if (c->first_id != pair->a)
		rc = read_person(c, pair->a, &c->first, &c->first_there);
	c->first_id = pair->a;
	if (rc != HC_OK || !c->first_there ||
	    (rc = read_person(c, pair->b, &c->second, &there)) != HC_OK ||
	    !there)
		return rc;
	alike = hc_alike_compare(&c->first, &c->second);
	return hc_alike_doubtful(&alike) ? keep(c, pair, &alike) : HC_OK;
}

/* Most points first, then the older ones. */
static int
by_points(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->alike.points != y->alike.points)
		return y->alike.points - x->alike.points;
	if (x->pair.a != y->pair.a)
		return x->pair.a > y->pair.a ? 1 : -1;
	return (x->pair.b > y->pair.b) - (x->pair.b < y->pair.b);
}

static enum hc_status
put_row(struct compare *c, struct hc_table *table, const struct found *f)
{
	struct hc_row *one = NULL, *two = NULL;
	struct hc_buf words = HC_BUF_INIT;
	char a[24], b[24], points[12];
	const char *cells[8] = { a, b, points };
	enum hc_status rc;

	snprintf(a, sizeof(a), "%lld", (long long)f->pair.a);
	snprintf(b, sizeof(b), "%lld", (long long)f->pair.b);
	snprintf(points, sizeof(points), "%d", f->alike.points);
	hc_alike_words(f->alike.reasons, &words);
	if ((rc = hc_row_load(c->store, c->person, f->pair.a, &one)) ==
	    HC_OK &&
	    (rc = hc_row_load(c->store, c->person, f->pair.b, &two)) ==
	    HC_OK) {
		cells[3] = hc_buf_text(&words);
		cells[4] = hc_row_value(one, "name");
		cells[5] = hc_row_value(one, "birth_date");
		cells[6] = hc_row_value(two, "name");
		cells[7] = hc_row_value(two, "birth_date");
		if (hc_buf_failed(&words) ||
		    hc_table_row(table, cells) != HC_OK)
			rc = hc_db_nomem(c->store->db);
	}
	hc_row_free(one);
	hc_row_free(two);
	hc_buf_free(&words);
	return rc;
}

static enum hc_status
put_table(struct compare *c, struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "person", _("person"), HC_TYPE_REF },
		{ "other", _("perhaps the same"), HC_TYPE_REF },
		{ "points", _("points"), HC_TYPE_INTEGER },
		{ "reasons", _("reasons"), HC_TYPE_TEXT },
		{ "name", _("name"), HC_TYPE_TEXT },
		{ "birth_date", _("date of birth"), HC_TYPE_DATE },
		{ "other_name", _("the other's name"), HC_TYPE_TEXT },
		{ "other_birth_date", _("the other's date of birth"),
		    HC_TYPE_DATE },
	};
	enum hc_status rc;
	size_t i;

	if (hc_table_new(table, columns, 8) != HC_OK)
		return hc_db_nomem(c->store->db);
	if (c->len > 0)
		qsort(c->found, c->len, sizeof(*c->found), by_points);
	for (i = 0, rc = HC_OK; rc == HC_OK && i < c->len; i++)
		rc = put_row(c, *table, &c->found[i]);
	return rc;
}

static enum hc_status
compare_all(struct compare *c, struct hc_table **table)
{
	struct hc_duplicates_pairs pairs;
	enum hc_status rc;
	size_t i;

	rc = hc_duplicates_find(c->store, &pairs);
	for (i = 0; rc == HC_OK && i < pairs.len; i++)
		rc = compare_pair(c, &pairs.items[i]);
	free(pairs.items);
	return rc == HC_OK ? put_table(c, table) : rc;
}

enum hc_status
hc_duplicates(struct hc_store *store, struct hc_table **table)
{
	struct compare c = { .store = store, .person = hc_catalogue_entity(
	    store->catalogue, "person") };
	enum hc_status rc;

	*table = NULL;
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	rc = compare_all(&c, table);
	hc_db_snapshot_end(store->db);
	hc_alike_row_clear(&c.reader);
	hc_alike_clear(&c.first);
	hc_alike_clear(&c.second);
	free(c.found);
	return rc;
}
