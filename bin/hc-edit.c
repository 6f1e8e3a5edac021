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

static bool tsv, editor, delete, merge, keep_going;
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
	"[option ...] [--if-revision N] ENTITY [RECORD] NAME=VALUE ...",
	"[option ...] [--if-revision N] ENTITY [RECORD] <LINES",
	"[option ...] -e ENTITY RECORD",
	"[option ...] [--keep-going] --tsv ENTITY <ROWS",
	"[option ...] --delete ENTITY RECORD",
	"[option ...] --merge person RECORD RECORD",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-edit",
	.summary = N_("add, change, delete and merge records"),
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
	enum hc_status worst;
} job;

static void
fault(void *arg, enum hc_edit_grade grade, const char *label,
    const char *words)
{
	struct hc_buf text = HC_BUF_INIT;

	(void)arg;
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

static int64_t
refer(const char *text)
{
	enum hc_status rc;
	int64_t id;

	if ((rc = hc_refer_one(job.store, job.edit->entity, text, &id)) !=
	    HC_OK)
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

static void
save_one(const char **words, int nwords)
{
	int64_t revision = if_revision != NULL ?
	    number(if_revision, "--if-revision") : 0;
	struct pairs pairs = { 0 };
	int64_t id = 0;
	int i = 0;

	if (nwords > 0 && strcmp(words[0], "-") != 0 &&
	    !pairs_add(&pairs, words[0]))
		id = refer(words[i++]);
	pairs_clear(&pairs);
	for (; i < nwords; i++)
		if (strcmp(words[i], "-") == 0)
			pairs_read(&pairs, stdin, "-");
		else if (!pairs_add(&pairs, words[i]))
			program_usage(_("'%s' is not NAME=VALUE"), words[i]);
	if (editor && id != 0)
		revision = edit_text(id, &pairs);
	else if (editor)
		program_usage(_("--edit needs a record"));
	else if (pairs.len == 0 && !isatty(STDIN_FILENO))
		pairs_read(&pairs, stdin, "-");
	if (pairs.len == 0 && !editor)
		program_usage(_("nothing to save: give NAME=VALUE"));
	begin();
	save(id, revision, &pairs);
	pairs_clear(&pairs);
}

static void
delete_or_merge(const char **words, int nwords)
{
	enum hc_status rc;
	int64_t first;

	if (nwords != (merge ? 2 : 1))
		program_usage(merge ? _("--merge takes two records") :
		    _("--delete takes one record"));
	first = refer(words[0]);
	if (merge) {
		int64_t second = refer(words[1]);

		begin();
		rc = hc_edit_merge(job.edit, first, second);
	} else {
		begin();
		rc = hc_edit_delete(job.edit, first);
	}
	if (rc != HC_OK)
		office_fail(job.store, rc);
	done(first, merge ? "merged" : "deleted");
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

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	static const struct hc_table_word dones[] = {
		{ "added", N_("added") }, { "saved", N_("saved") },
		{ "merged", N_("merged") }, { "deleted", N_("deleted") },
		{ NULL, NULL }
	};
	struct hc_table_column columns[2] = { { .type = HC_TYPE_REF },
	    { "done", _("done"), HC_TYPE_TEXT, hc_table_show_words, dones } };
	const char **words = p->options.args + 1;
	int nwords = p->options.nargs - 1;
	struct hc_expr_clock clock;
	struct hc_table *changes;
	enum hc_status rc;

	if (tsv + editor + delete + merge > 1)
		program_usage(_("--tsv, --edit, --delete and --merge do not "
		    "go together"));
	job.p = p;
	job.store = office_open(p, HC_DB_WRITE);
	office_clock(p, &clock);
	if ((rc = hc_edit_new(&job.edit, job.store, p->options.args[0],
	    &clock)) != HC_OK)
		office_fail(job.store, rc);
	job.edit->fault = fault;
	columns[0].name = job.edit->entity->name;
	columns[0].label = hc_catalogue_entity_label(job.edit->entity);
	if (hc_table_new(&job.done, columns, 2) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
	if (tsv && nwords > 0)
		program_usage(_("--tsv takes no records"));
	if (tsv) {
		begin();
		save_tsv();
	} else if (delete || merge)
		delete_or_merge(words, nwords);
	else
		save_one(words, nwords);
	rc = end_run();
	changes = job.edit->changes;
	job.edit->changes = NULL;
	hc_edit_free(job.edit);
	hc_store_close(job.store);
	if (p->options.dry_run) {
		print_table(p, changes);
		changes = NULL;
	} else if (rc == HC_OK || keep_going) {
		print_table(p, job.done);
		job.done = NULL;
	}
	hc_table_free(changes);
	hc_table_free(job.done);
	return program_finish(rc);
}
