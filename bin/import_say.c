/* What hc-import says while it works. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/tsv.h"

#include "import_say.h"
#include "program.h"
#include "side.h"

#define TOLD 20		/* problems told on stderr */

static struct side errors_side;
static struct hc_tsv_writer errors;
static size_t told;		/* problems of all files */

static void
problem(void *arg, const struct hc_import_problem *p)
{
	char line[24];

	(void)arg;
	if (errors_side.file != NULL) {
		snprintf(line, sizeof(line), "%zu", p->row);
		hc_tsv_write_cell(&errors, p->file);
		hc_tsv_write_cell(&errors, line);
		hc_tsv_write_cell(&errors, p->column);
		hc_tsv_write_cell(&errors, p->heading);
		hc_tsv_write_cell(&errors, p->value);
		hc_tsv_write_cell(&errors, p->value != NULL ? "refused" :
		    "warning");
		hc_tsv_write_cell(&errors, p->words);
		hc_tsv_write_row(&errors);
	}
	if (told++ >= TOLD)
		return;
	if (p->row == 0)
		program_warn("%s: %s%s%s", p->file,
		    p->value == NULL ? _("warning: ") : "", p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
	else if (p->column[0] != '\0')
		program_warn("%s:%zu: %s%s (%s): %s%s", p->file, p->row,
		    p->value == NULL ? _("warning: ") : "", p->column,
		    p->heading, p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
	else
		program_warn("%s:%zu: %s%s%s", p->file, p->row,
		    p->value == NULL ? _("warning: ") : "", p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
}

static void
progress(void *arg, uint64_t rows)
{
	(void)arg;
	program_progress(rows, 0, _("rows"));
}

void
import_say_news(void *arg, const char *words)
{
	(void)arg;
	program_note("%s", words);
}

static void
note(void *arg, const char *words)
{
	(void)arg;
	program_detail("%s", words);
}

void
import_say_by(struct hc_import_options *options)
{
	options->problem = problem;
	options->tell = import_say_news;
	options->note = note;
	options->progress = progress;
}

void
import_say_begin(const char *name)
{
	static const char *const names[] = { "file", "row", "column",
	    "heading", "value", "kind", "reason" };

	errors_side.name = name;
	side_open(&errors_side);
	if (errors_side.file != NULL)
		hc_tsv_write_begin(&errors, errors_side.file, names, 7);
}

static void
save_errors(void)
{
	struct hc_error err;
	enum hc_status rc;

	if (errors_side.file != NULL &&
	    (rc = hc_tsv_write_end(&errors, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	side_save(&errors_side);
}

void
import_say_end(void)
{
	save_errors();
	if (told <= TOLD)
		return;
	if (errors_side.name != NULL)
		program_note(_("%zu more problems; '%s' has all"),
		    told - TOLD, errors_side.name);
	else
		program_note(_("%zu more problems; --errors FILE has all"),
		    told - TOLD);
}
