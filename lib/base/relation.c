/* Relationships between the parts of an Office file. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/xml.h"

#include "base/relation.h"

struct reading {
	struct hc_relations *relations;
	const char *folder;	/* of the part, with its slash */
	struct hc_xml *xml;
	struct hc_error *err;
};

/* Append what ${target} means from ${folder}, without . and .. in it. */
static void
resolve(struct hc_buf *out, const char *folder, const char *target)
{
	size_t n;

	if (*target != '/')
		hc_buf_puts(out, folder);
	for (; *target != '\0'; target += n) {
		target += strspn(target, "/");
		n = strcspn(target, "/");
		if (n == 1 && target[0] == '.')
			continue;
		if (n != 2 || strncmp(target, "..", 2) != 0) {
			hc_buf_add(out, target, n);
			if (target[n] == '/')
				hc_buf_putc(out, '/');
			continue;
		}
		/* One folder up; from the top there is no way out. */
		if (out->len > 0)
			hc_buf_cut(out, out->len - 1);
		while (out->len > 0 && out->data[out->len - 1] != '/')
			hc_buf_cut(out, out->len - 1);
	}
}

static const char *
last_word(const char *type)
{
	const char *slash = strrchr(type, '/');

	return slash != NULL ? slash + 1 : type;
}

static enum hc_status
add(struct reading *r, const char *id, const char *type, const char *target)
{
	struct hc_relations *all = r->relations;
	struct hc_relation *list, *one;
	struct hc_buf part = HC_BUF_INIT;

	if (all->count == HC_RELATION_MAX)
		return hc_error_set(r->err, HC_INVALID, _("the file holds more "
		    "than %d parts, which are not read for safety"),
		    HC_RELATION_MAX);
	list = realloc(all->list, (all->count + 1) * sizeof(*list));
	if (list == NULL)
		return hc_error_nomem(r->err);
	all->list = list;
	one = &list[all->count];
	resolve(&part, r->folder, target);
	one->id = hc_arena_text(&all->arena, id);
	one->type = hc_arena_text(&all->arena, last_word(type));
	one->part = hc_buf_failed(&part) ? NULL :
	    hc_arena_text(&all->arena, hc_buf_text(&part));
	hc_buf_free(&part);
	if (one->id == NULL || one->type == NULL || one->part == NULL)
		return hc_error_nomem(r->err);
	all->count++;
	return HC_OK;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;
	const char *id = hc_xml_attribute(attributes, "Id");
	const char *type = hc_xml_attribute(attributes, "Type");
	const char *target = hc_xml_attribute(attributes, "Target");
	const char *mode = hc_xml_attribute(attributes, "TargetMode");
	enum hc_status rc;

	if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL ||
	    target == NULL || (mode != NULL && strcmp(mode, "External") == 0))
		return;
	if ((rc = add(r, id, type, target)) != HC_OK)
		hc_xml_fail(r->xml, rc);
}

/* Where the relationships of a part stand: xl/_rels/workbook.xml.rels. */
static void
name_parts(const char *part, struct hc_buf *folder, struct hc_buf *rels)
{
	const char *slash = strrchr(part, '/');
	size_t n = slash != NULL ? (size_t)(slash - part) + 1 : 0;

	hc_buf_add(folder, part, n);
	hc_buf_printf(rels, "%s_rels/%s.rels", hc_buf_text(folder), part + n);
}

enum hc_status
hc_relation_read(struct hc_relations *relations, struct hc_zip *zip,
    const char *part, struct hc_error *err)
{
	static const struct hc_xml_handler handler = { .start = on_start };
	struct hc_buf folder = HC_BUF_INIT, rels = HC_BUF_INIT;
	struct reading r = { .relations = relations, .err = err };
	enum hc_status rc;

	name_parts(part, &folder, &rels);
	r.folder = hc_buf_text(&folder);
	if (hc_buf_failed(&folder) || hc_buf_failed(&rels))
		rc = hc_error_nomem(err);
	else if ((rc = hc_xml_open(&r.xml, zip, hc_buf_text(&rels), &handler,
	    &r, err)) == HC_OK)
		rc = hc_xml_run(r.xml);
	/* There is no such part, or its end was reached. */
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
	hc_xml_close(r.xml);
	hc_buf_free(&folder);
	hc_buf_free(&rels);
	return rc;
}

const struct hc_relation *
hc_relation_by_type(const struct hc_relations *relations, const char *type)
{
	size_t i;

	for (i = 0; i < relations->count; i++)
		if (strcmp(relations->list[i].type, type) == 0)
			return &relations->list[i];
	return NULL;
}

const struct hc_relation *
hc_relation_by_id(const struct hc_relations *relations, const char *id)
{
	size_t i;

	for (i = 0; i < relations->count; i++)
		if (strcmp(relations->list[i].id, id) == 0)
			return &relations->list[i];
	return NULL;
}

void
hc_relation_free(struct hc_relations *relations)
{
	free(relations->list);
	hc_arena_free(&relations->arena);
	*relations = (struct hc_relations){ .count = 0 };
}
