/* hc-export: writes records to workbooks, CSV and pipes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "record/asof.h"
#include "task/export.h"

#include "office.h"

static struct hc_export_question question;
static const char *encoding;
static bool codes;

static const struct hc_option options[] = {
	{ 'w', "where", N_("EXPR"), N_("only records for which this holds"),
	    HC_OPTION_TEXT, &question.where, NULL },
	{ 0, "fields", N_("A,B"), N_("these fields, also of records referred "
	    "to, as person.name"), HC_OPTION_TEXT, &question.fields, NULL },
	{ 0, "encoding", N_("NAME"), N_("of CSV: utf-8-bom, utf-8 or cp932"),
	    HC_OPTION_TEXT, &encoding, NULL },
	{ 0, "codes", NULL, N_("in CSV field names and codes, not words"),
	    HC_OPTION_FLAG, &codes, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("How do the cases get into Excel?"),
	"hc-export episode --where \"kind = 'case'\" -o cases.xlsx",
	N_("Who was born before 1940, for another program?"),
	"hc-export person --where \"birth_date < 1940-01-01\" "
	    "--fields name,birth_date",
	N_("And for an old system that reads Shift_JIS?"),
	"hc-export person --encoding cp932 -o persons.csv",
	NULL
};
static const char *const usage[] = {
	"[-qv] [-d DB] [--where EXPR] [--fields A,B] [-f FORMAT] [--codes] "
	    "[--encoding NAME] [--as-of INSTANT] [-o FILE] ENTITY",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-export",
	.summary = N_("write records to workbooks and CSV"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_READING | HC_OPTIONS_XLSX,
	.options = options,
	.min_args = 1,
	.max_args = 1,
};

enum encoding { UTF8_BOM, UTF8, CP932 };

/* What the option says, else the office's setting. */
static enum encoding
find_encoding(struct hc_store *store)
{
	char *setting = NULL;
	const char *name = encoding;
	enum encoding result = UTF8_BOM;
	enum hc_charset charset;
	enum hc_status rc;

	if (name == NULL) {
		rc = hc_store_setting(store, "csv_encoding", &setting);
		if (rc != HC_OK)
			office_fail(store, rc);
		name = setting != NULL ? setting : "utf-8-bom";
	}
	if (strcasecmp(name, "utf-8-bom") == 0)
		result = UTF8_BOM;
	else if (hc_charset_parse(name, &charset) == 0 &&
	    charset == HC_CHARSET_UTF8)
		result = UTF8;
	else if (hc_charset_parse(name, &charset) == 0 &&
	    charset == HC_CHARSET_CP932)
		result = CP932;
	else if (encoding != NULL)
		program_usage(_("--encoding: '%s' is none of utf-8-bom, "
		    "utf-8, cp932"), name);
	else
		program_fail(HC_CONFIG, _("setting 'csv_encoding': '%s' is "
		    "none of utf-8-bom, utf-8, cp932"), name);
	free(setting);
	return result;
}

/* Name what the encoding lacks. */
static void
warn_faults(const struct hc_charset_faults *faults)
{
	size_t i, n = faults->count < HC_CHARSET_FAULTS ? faults->count :
	    HC_CHARSET_FAULTS;

	for (i = 0; i < n; i++)
		program_warn(_("line %zu: '%.*s' cannot be written in CP932"),
		    faults->first[i].line, (int)faults->first[i].len,
		    (const char *)faults->first[i].bytes);
	program_warn(_("%zu characters could not be written; '〓' stands in "
	    "their places"), faults->count);
}

/* CSV in CP932 goes by way of memory; what could not be written is no
   success. */
static enum hc_status
print_cp932(const struct hc_export *x, const struct hc_table_options *how)
{
	struct hc_charset_faults faults;
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	enum hc_status rc;
	char *text = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&text, &len);

	if (file == NULL)
		program_fail(HC_NOMEM, "%s", strerror(errno));
	rc = hc_export_print(x, how->labels, file, how, &err);
	if (rc != HC_OK)
		program_fail(rc, "%s", err.text);
	if (fclose(file) == EOF)
		program_fail(HC_NOMEM, "%s", strerror(errno));
	rc = hc_charset_from_utf8(&out, HC_CHARSET_CP932, text, len, &faults);
	if (rc == HC_INVALID)
		warn_faults(&faults);
	else if (rc != HC_OK)
		program_fail(rc, "%s", _("cannot write CP932"));
	fwrite(hc_buf_text(&out), 1, out.len, program_output());
	hc_buf_free(&out);
	free(text);
	return rc == HC_INVALID ? HC_NOTFOUND : HC_OK;
}

static void
print_workbook(const struct hc_export *x, const struct program *p)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	enum hc_status rc;

	rc = hc_export_workbook(x, p->offset, p->clock, &out, &err);
	if (rc != HC_OK)
		program_fail(rc, "%s", err.text);
	fwrite(hc_buf_text(&out), 1, out.len, program_output());
	hc_buf_free(&out);
}

/* CSV is for Excel unless codes are asked for; a terminal gets words. */
static enum hc_status
print(const struct hc_export *x, const struct program *p, enum encoding e)
{
	bool csv = p->format == HC_FORMAT_CSV;
	struct hc_table_options how = {
		.format = p->format, .width = p->width,
		.terminal = p->terminal, .labels = csv && !codes,
		.excel = csv, .bom = csv && e == UTF8_BOM };
	bool labels = how.labels || p->format == HC_FORMAT_TABLE;
	struct hc_error err;
	enum hc_status rc;

	if (p->format == HC_FORMAT_XLSX) {
		print_workbook(x, p);
		return HC_OK;
	}
	if (csv && e == CP932)
		return print_cp932(x, &how);
	rc = hc_export_print(x, labels, program_output(), &how, &err);
	if (rc != HC_OK && rc != HC_UNAVAILABLE)
		program_fail(rc, "%s", err.text);
	return HC_OK;
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_expr_clock clock;
	struct hc_export export;
	struct hc_store *store;
	enum encoding e = UTF8;
	enum hc_status rc;

	if (encoding != NULL && p->format != HC_FORMAT_CSV)
		program_usage(_("--encoding goes with CSV: add --format csv"));
	store = office_open(p, HC_DB_READ);
	if (p->format == HC_FORMAT_CSV)
		e = find_encoding(store);
	if (p->as_of[0] != '\0' &&
	    (rc = hc_asof(store, p->as_of)) != HC_OK)
		office_fail(store, rc);
	question.entity = p->options.args[0];
	question.names = p->format != HC_FORMAT_TSV &&
	    p->format != HC_FORMAT_JSON;
	office_clock(p, &clock);
	rc = hc_export_read(&export, store, &question, &clock);
	if (rc != HC_OK)
		office_fail(store, rc);
	/* The catalogue, which names and labels come from, stays open; no
	   statement does. */
	hc_db_snapshot_end(store->db);
	rc = print(&export, p, e);
	hc_export_clear(&export);
	hc_store_close(store);
	return program_finish(rc);
}
