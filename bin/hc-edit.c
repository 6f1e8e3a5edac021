/* hc-edit: adds, changes, deletes and merges records. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/tsv.h"
#include "store/row.h"
#include "store/run.h"
#include "record/refer.h"
#include "task/edit.h"

#include "office.h"
#include "pairs.h"
#include "print.h"

static bool tsv, editor, delete, restore, merge, keep_going;
static const char *if_revision;

static const struct hc_option options[] = {
	{ 0, "tsv", NULL, N_("records as TSV on standard input: rows with an "
	    "id are changed, others added"), HC_OPTION_FLAG, &tsv, NULL },
	{ 0, "keep-going", NULL, N_("save the good rows of a TSV though "
	    "others are refused"), HC_OPTION_FLAG, &keep_going, NULL },
	{ 'e', "edit", NULL, N_("edit the values in $VISUAL or $EDITOR"),
	    HC_OPTION_FLAG, &editor, NULL },
	{ 0, "delete", NULL, N_("delete the record"), HC_OPTION_FLAG,
	    &delete, NULL },
	{ 0, "restore", NULL, N_("bring back what was deleted"),
	    HC_OPTION_FLAG, &restore, NULL },
	{ 0, "merge", NULL, N_("the second person becomes the first"),
	    HC_OPTION_FLAG, &merge, NULL },
	{ 0, "if-revision", "N", N_("the record was read at this revision"),
	    HC_OPTION_TEXT, &if_revision, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("How is a person added?"),
	"hc-edit person name='高橋 花子' kana=タカハシハナコ phone=048-000-1111",
	N_("How is what somebody said on the telephone written down?"),
	"hc-edit consultation person=1 content=発熱が続く",
	N_("How is a value corrected, or taken away?"),
	"hc-edit person 1 birth_date=S55.4.2 note=",
	NULL
};
static const char *const usage[] = {
	"[option ...] [--if-revision N] ENTITY [RECORD ...] NAME=VALUE ...",
	"[option ...] [--if-revision N] ENTITY [RECORD ...] <LINES",
	"[option ...] -e ENTITY RECORD",
	"[option ...] [--keep-going] --tsv ENTITY <ROWS",
	"[option ...] --delete | --restore ENTITY RECORD ...",
	"[option ...] --tsv --merge person <PAIRS",
	"[option ...] --merge person RECORD RECORD [NAME=VALUE ...]",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-edit",
	.summary = N_("add, change, delete, restore and merge records"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_WRITING,
	.options = options,
	.min_args = 1,
	.max_args = -1,
	.keep_args = true,
};

/* What is under way, for messages and the output. */
static struct {
	const struct program *p;
	struct hc_store *store;
	struct hc_edit *edit;
	struct hc_table *done;
	unsigned long line;	/* of the TSV; 0 elsewhere */
	bool refused;		/* a fault that forbids saving was told */
	enum hc_status worst;
} job;

static void
fault(void *arg, enum hc_edit_grade grade, const char *label,
    const char *words)
{
	struct hc_buf text = HC_BUF_INIT;

	(void)arg;
	job.refused = job.refused || grade != HC_EDIT_DOUBTFUL;
	if (job.line > 0)
		hc_buf_printf(&text, "-:%lu: ", job.line);
	if (label != NULL)
		hc_buf_printf(&text, "%s: ", label);
	hc_buf_puts(&text, words);
	program_warn(grade == HC_EDIT_DOUBTFUL ? _("%s (saved all the same)") :
	    "%s", hc_buf_text(&text));
	hc_buf_free(&text);
}

static void
done(int64_t id, const char *what)
{
	const char *cells[2];
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)id);
	cells[0] = text;
	cells[1] = what;
	if (hc_table_row(job.done, cells) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
}

/* One record; HC_INVALID and HC_CONFLICT were told. */
static void
save(int64_t id, int64_t revision, const struct pairs *pairs)
{
	int64_t before = id;
	enum hc_status rc;

	rc = hc_edit_save(job.edit, &id, revision, pairs->items, pairs->len);
	if (rc == HC_OK)
		done(id, before == 0 ? "added" : "saved");
	else if (rc == HC_INVALID || rc == HC_CONFLICT) {
		if (rc == HC_CONFLICT)
			done(id, "conflict");
		if (job.worst != HC_INVALID)
			job.worst = rc;
	} else if (rc == HC_NOTFOUND && job.line > 0) {
		fault(NULL, HC_EDIT_WRONG, NULL, hc_store_error(job.store));
		job.worst = HC_INVALID;
	} else
		office_fail(job.store, rc);
}

static int64_t
number(const char *text, const char *what)
{
	char *end;
	long long n = strtoll(text, &end, 10);

	if (*end != '\0' || end == text || n < 0)
		program_fail(HC_INVALID, _("%s: '%s' is no whole number; "
		    "hc-show prints it"), what, text);
	return n;
}

/* ---- TSV ---- */

static bool
known(const char *name)
{
	return hc_catalogue_field(job.edit->entity, name) != NULL ||
	    (strcmp(job.edit->entity->name, "person") == 0 &&
	    strcmp(name, "phone") == 0);
}

static void
save_row(struct hc_tsv_reader *r, int id_column, int revision_column)
{
	const char *id = hc_tsv_get(r, id_column);
	const char *revision = hc_tsv_get(r, revision_column);
	struct hc_edit_pair items[HC_TSV_COLUMNS_MAX];
	struct pairs pairs = { .items = items };
	int i;

	for (i = 0; i < hc_tsv_columns(r); i++)
		if (i != id_column && known(hc_tsv_name(r, i))) {
			items[pairs.len].name = hc_tsv_name(r, i);
			items[pairs.len++].value = hc_tsv_get(r, i);
		}
	save(id != NULL ? hc_store_id(job.store, number(id, "id")) : 0,
	    revision != NULL ? number(revision, "revision") : 0, &pairs);
}

static void
save_tsv(void)
{
	struct hc_tsv_reader *r;
	int id, revision, i;
	enum hc_status rc;

	if ((rc = hc_tsv_open(&r, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", hc_tsv_error(r));
	if ((id = hc_tsv_column(r, job.edit->entity->name)) == -1)
		id = hc_tsv_column(r, "id");
	revision = hc_tsv_column(r, "revision");
	for (i = 0; i < hc_tsv_columns(r); i++)
		if (i != id && i != revision && !known(hc_tsv_name(r, i)))
			program_note(_("column '%s' is no field of '%s' and "
			    "is passed over"), hc_tsv_name(r, i),
			    job.edit->entity->name);
	while ((rc = hc_tsv_next(r)) != HC_NOTFOUND) {
		job.line = hc_tsv_line(r);
		if (rc == HC_OK)
			save_row(r, id, revision);
		else if (rc == HC_INVALID) {
			program_warn("%s", hc_tsv_error(r));
			job.worst = rc;
		} else
			program_fail(rc, "%s", hc_tsv_error(r));
	}
	hc_tsv_close(r);
}

/* ---- One record ---- */

/* A later word that names no record is rather a mistyped value. */
static int64_t
refer(const char *text, bool first)
{
	enum hc_status rc;
	int64_t id;

	rc = hc_refer_one(job.store, job.edit->entity, text, &id);
	if (rc == HC_NOTFOUND && !first)
		program_usage(_("'%s' is not NAME=VALUE"), text);
	if (rc != HC_OK)
		office_fail(job.store, rc);
	return id;
}

static void
begin(void)
{
	enum hc_status rc;

	if ((rc = hc_run_begin(job.store, N_("edit"))) != HC_OK)
		office_fail(job.store, rc);
}

/* What is in the editor is what was there before: nobody waits for it. */
static int64_t
edit_text(int64_t id, struct pairs *pairs)
{
	struct hc_row *row = NULL;
	enum hc_status rc;
	int64_t revision;

	if ((rc = hc_row_load(job.store, job.edit->entity, id, &row)) !=
	    HC_OK)
		office_fail(job.store, rc);
	pairs_edit(pairs, row);
	revision = row->revision;
	hc_row_free(row);
	return revision;
}

/* The words before the first NAME=VALUE name records. */
static int
read_words(const char **words, int nwords, int64_t **ids,
    struct pairs *pairs)
{
	int nids = 0, i;

	if ((*ids = calloc((size_t)nwords + 1, sizeof(**ids))) == NULL)
		program_fail(HC_NOMEM, _("out of memory"));
	for (i = 0; i < nwords; i++)
		if (strcmp(words[i], "-") == 0)
			pairs_read(pairs, stdin, "-");
		else if (pairs_add(pairs, words[i]))
			continue;
		else if (pairs->len > 0)
			program_usage(_("'%s' is not NAME=VALUE"), words[i]);
		else {
			(*ids)[nids] = restore ? hc_store_id(job.store,
			    number(words[i], job.edit->entity->name)) :
			    refer(words[i], nids == 0);
			nids++;
		}
	return nids;
}

static void
save_named(const char **words, int nwords)
{
	int64_t revision = if_revision != NULL ?
	    number(if_revision, "--if-revision") : 0;
	struct pairs pairs = { 0 };
	int64_t *ids;
	int nids, i;

	nids = read_words(words, nwords, &ids, &pairs);
	if (editor && nids != 1)
		program_usage(_("--edit needs a record"));
	if (if_revision != NULL && nids > 1)
		program_usage(_("--if-revision is about one record"));
	if (editor) {
		pairs_clear(&pairs);
		revision = edit_text(ids[0], &pairs);
	} else if (pairs.len == 0 && !isatty(STDIN_FILENO))
		pairs_read(&pairs, stdin, "-");
	if (pairs.len == 0 && !editor)
		program_usage(_("nothing to save: give NAME=VALUE"));
	begin();
	for (i = 0; i < nids || i == 0; i++)
		save(ids[i], revision, &pairs);
	if (editor && job.worst != HC_OK)
		pairs_keep(&pairs);
	pairs_clear(&pairs);
	free(ids);
}

static void
delete_or_restore(const char **words, int nwords)
{
	struct pairs pairs = { 0 };
	enum hc_status rc;
	int64_t *ids;
	int nids, i;

	nids = read_words(words, nwords, &ids, &pairs);
	if (nids == 0 || pairs.len > 0)
		program_usage(_("--delete and --restore take records"));
	begin();
	for (i = 0; i < nids; i++) {
		rc = restore ? hc_edit_restore(job.edit, ids[i]) :
		    hc_edit_delete(job.edit, ids[i]);
		if (rc != HC_OK)
			office_fail(job.store, rc);
		done(ids[i], restore ? "restored" : "deleted");
	}
	pairs_clear(&pairs);
	free(ids);
}

static void
merge_two(const char **words, int nwords)
{
	struct pairs pairs = { 0 };
	enum hc_status rc;
	int64_t *ids;

	if (read_words(words, nwords, &ids, &pairs) != 2)
		program_usage(_("--merge takes two records"));
	begin();
	rc = hc_edit_merge(job.edit, ids[0], ids[1], pairs.items, pairs.len);
	if (rc != HC_OK && !job.refused)
		office_fail(job.store, rc);
	job.worst = rc;
	pairs_clear(&pairs);
	free(ids);
}

/* One row of two columns; who was merged by an earlier row stays so. */
static void
merge_row(struct hc_tsv_reader *r, int person, int other)
{
	const char *keep = hc_tsv_get(r, person), *gone = hc_tsv_get(r, other);
	enum hc_status rc;

	if (keep == NULL || gone == NULL)
		program_usage(_("each row needs 'person' and 'other'"));
	job.line = hc_tsv_line(r);
	rc = hc_edit_merge(job.edit,
	    hc_store_id(job.store, number(keep, "person")),
	    hc_store_id(job.store, number(gone, "other")), NULL, 0);
	if (rc != HC_OK && rc != HC_INVALID && rc != HC_NOTFOUND)
		office_fail(job.store, rc);
	if (rc != HC_OK) {
		program_warn("-:%lu: %s", job.line, hc_store_error(job.store));
		job.worst = rc;
	}
}

/* Pairs, as 'hc-check duplicates' proposes them. */
static void
merge_tsv(void)
{
	struct hc_tsv_reader *r;
	int person, other;
	enum hc_status rc;

	if ((rc = hc_tsv_open(&r, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", hc_tsv_error(r));
	person = hc_tsv_column(r, "person");
	other = hc_tsv_column(r, "other");
	begin();
	while ((rc = hc_tsv_next(r)) == HC_OK)
		merge_row(r, person, other);
	if (rc != HC_NOTFOUND)
		program_fail(rc, "%s", hc_tsv_error(r));
	hc_tsv_close(r);
}

/* Commit, or not; returns how the program ends. */
static enum hc_status
end_run(void)
{
	bool refused = job.worst != HC_OK && !keep_going;
	enum hc_status rc;

	if (refused || job.p->options.dry_run)
		hc_run_rollback(job.store);
	else if ((rc = hc_run_commit(job.store, NULL)) != HC_OK)
		office_fail(job.store, rc);
	if (refused && tsv)
		program_note(_("nothing is saved"));
	return job.worst != HC_OK && keep_going ? HC_NOTFOUND : job.worst;
}

/* Do what the command line says, in a run that is still open. */
static void
run(const char **words, int nwords)
{
	if (tsv + editor + delete + restore + merge > 1 + (tsv && merge))
		program_usage(_("--tsv, --edit, --delete, --restore and "
		    "--merge do not go together"));
	if (tsv && nwords > 0)
		program_usage(_("--tsv takes no records"));
	if (tsv && merge)
		merge_tsv();
	else if (tsv) {
		begin();
		save_tsv();
	} else if (delete || restore)
		delete_or_restore(words, nwords);
	else if (merge)
		merge_two(words, nwords);
	else
		save_named(words, nwords);
}

static struct hc_table *
new_done(const struct hc_entity *entity)
{
	static const struct hc_table_word dones[] = {
		{ "added", N_("added") }, { "saved", N_("saved") },
		{ "conflict", N_("conflict") },
		{ "deleted", N_("deleted") }, { "restored", N_("restored") },
		{ NULL, NULL }
	};
	const struct hc_table_column columns[2] = {
		{ entity->name, hc_catalogue_entity_label(entity),
		    HC_TYPE_REF },
		{ "done", _("done"), HC_TYPE_TEXT, hc_table_show_words,
		    dones }
	};
	struct hc_table *table;

	if (hc_table_new(&table, columns, 2) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
	return table;
}

static struct hc_table *
take(struct hc_table **table)
{
	struct hc_table *taken = *table;

	*table = NULL;
	return taken;
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_expr_clock clock;
	struct hc_table *table = NULL;
	enum hc_status rc;

	job.p = p;
	job.store = office_open(p, HC_DB_WRITE);
	office_clock(p, &clock);
	if ((rc = hc_edit_new(&job.edit, job.store, p->options.args[0],
	    &clock)) != HC_OK)
		office_fail(job.store, rc);
	job.edit->fault = fault;
	job.done = new_done(job.edit->entity);
	run(p->options.args + 1, p->options.nargs - 1);
	rc = end_run();
	if (p->options.dry_run)
		table = take(&job.edit->changes);
	else if (rc == HC_CONFLICT && !keep_going)
		table = take(&job.edit->conflicts);
	else if (merge && rc == HC_OK)
		table = take(&job.edit->merged);
	else if (rc == HC_OK || keep_going)
		table = take(&job.done);
	hc_edit_free(job.edit);
	hc_store_close(job.store);
	hc_table_free(job.done);
	if (table != NULL)
		print_table(p, table);
	return program_finish(rc);
}
