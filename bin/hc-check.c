/* hc-check: is the database whole?  And a copy that is known to be. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/index.h"
#include "record/content.h"
#include "task/backup.h"
#include "task/check_db.h"
#include "task/doubt.h"
#include "task/duplicates.h"
#include "task/households.h"

#include "office.h"
#include "print.h"

enum { ALL, DOUBTFUL, DUPLICATES, HOUSEHOLDS };

static const struct hc_verb verbs[] = {
	{ "", N_("prove that the database is whole"), 0, 0, ALL },
	{ "doubtful", N_("records that look wrong, and what mends them"), 0, 0,
	    DOUBTFUL },
	{ "duplicates", N_("persons who are perhaps one, with the reasons"),
	    0, 0, DUPLICATES },
	{ "households", N_("who probably lives together, to be confirmed"),
	    0, 0, HOUSEHOLDS },
	{ 0 }
};
static const char *backup, *ballast, *seal, *sealed, *key, *new_key;
static bool content, release, reindex;

static const struct hc_option options[] = {
	{ 0, "backup", N_("FILE"), N_("write a copy and check that instead"),
	    HC_OPTION_FILE, &backup, NULL },
	{ 0, "seal", N_("KEY"), N_("of the backup: only the owner of the "
	    "secret to this public key can read it"), HC_OPTION_TEXT, &seal, NULL },
	{ 0, "new-key", N_("FILE"), N_("make a key for backups: the secret "
	    "goes into the file, the public key is printed"),
	    HC_OPTION_FILE, &new_key, NULL },
	{ 0, "unseal", N_("FILE"), N_("open a sealed backup into the output "
	    "file"), HC_OPTION_FILE, &sealed, NULL },
	{ 0, "key", N_("FILE"), N_("the file with the secret key of the sealed "
	    "backup"), HC_OPTION_FILE, &key, NULL },
	{ 0, "content-hash", NULL, N_("print a hash of all records and "
	    "definitions"), HC_OPTION_FLAG, &content, NULL },
	{ 0, "rebuild-index", NULL, N_("make the search index anew from the "
	    "records"), HC_OPTION_FLAG, &reindex, NULL },
	{ 0, "ballast", N_("SIZE"), N_("keep so much room for a full disk, as "
	    "256M"), HC_OPTION_TEXT, &ballast, NULL },
	{ 0, "release-ballast", NULL, N_("give that room back"),
	    HC_OPTION_FLAG, &release, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("Is all well?"),
	"hc-check",
	N_("How do I make a backup that is known to be good?"),
	"hc-check --backup backup.db",
	N_("The disk is full: how can the others go on?"),
	"hc-check --release-ballast",
	N_("Who stands in it twice?"),
	"hc-check duplicates",
	N_("What looks wrong, and how is it mended?"),
	"hc-check doubtful",
	NULL
};
static const char *const usage[] = {
	"[option ...] [--backup FILE [--seal KEY]]",
	"[option ...] --new-key FILE",
	"[option ...] --unseal FILE --key FILE -o FILE",
	"[option ...] doubtful",
	"[option ...] duplicates | households",
	"[option ...] --content-hash",
	"[option ...] --rebuild-index",
	"[option ...] --ballast SIZE | --release-ballast",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-check",
	.summary = N_("find faults of the database and its data"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_DB | HC_OPTIONS_QUIET | HC_OPTIONS_FORMAT |
	    HC_OPTIONS_OUTPUT | HC_OPTIONS_TODAY,
	.options = options,
	.verbs = verbs,
};

static void
fault(void *arg, const char *words)
{
	(void)arg;
	program_warn("%s", words);
}

/* "256M" in bytes. */
static int64_t
read_size(const char *text)
{
	static const char units[] = "kmgKMG";
	const char *unit;
	char *end;
	long long n;

	n = strtoll(text, &end, 10);
	unit = *end != '\0' ? strchr(units, *end) : NULL;
	if (end == text || n <= 0 || n > 1000000 ||
	    (*end != '\0' && (unit == NULL || end[1] != '\0')))
		program_usage(_("'%s' is no size, as 256M"), text);
	if (unit != NULL)
		n <<= 10 * ((unit - units) % 3 + 1);
	return n;
}

static int
do_release(const struct program *p)
{
	struct hc_error err;
	enum hc_status rc;

	if ((rc = hc_check_db_release(p->db, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	program_note(_("the room is free; make space, then keep some again "
	    "with --ballast"));
	return program_finish(HC_OK);
}

static const unsigned char *
public_key(void)
{
	static unsigned char bytes[HC_SEAL_KEY];

	if (hc_hex_parse(seal, bytes, sizeof(bytes)) != HC_OK)
		program_usage(_("'%s' is no public key, as --new-key prints "
		    "it"), seal);
	return bytes;
}

static int
do_new_key(void)
{
	struct hc_buf hex = HC_BUF_INIT;
	struct hc_keys keys;
	struct hc_error err;
	enum hc_status rc;

	if ((rc = hc_keys_create(new_key, &err)) != HC_OK ||
	    (rc = hc_keys_load(new_key, &keys, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	hc_hex_format(&hex, keys.public_key, sizeof(keys.public_key));
	hc_seal_wipe(&keys, sizeof(keys));
	fprintf(program_output(), "%s\n", hc_buf_text(&hex));
	hc_buf_free(&hex);
	program_note(_("keep '%s' far from the backups, and twice: without it "
	    "nobody can open them"), new_key);
	return program_finish(HC_OK);
}

static int
do_unseal(const struct program *p)
{
	struct hc_keys keys;
	struct hc_error err;
	enum hc_status rc;

	if (key == NULL || p->options.output == NULL)
		program_usage(_("--unseal needs --key and --output"));
	if ((rc = hc_keys_load(key, &keys, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	rc = hc_backup_open(sealed, &keys, program_output(), &err);
	hc_seal_wipe(&keys, sizeof(keys));
	if (rc != HC_OK)
		program_fail(rc, "%s", err.text);
	return program_finish(HC_OK);
}

static int
do_content(struct hc_store *store)
{
	enum hc_status rc;
	char hex[65];

	if ((rc = hc_content_hash(store, hex)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	fprintf(program_output(), "%s\n", hex);
	return program_finish(HC_OK);
}

static void
print_result(const struct program *p, const struct hc_check_db *result,
    int64_t doubtful)
{
	static const struct hc_table_word words[] = {
		{ "runs", N_("runs") }, { "changes", N_("changes") },
		{ "records", N_("records") },
		{ "emptied", N_("emptied by retention") },
		{ "faults", N_("faults") },
		{ "doubtful", N_("doubtful") },
		{ "head", N_("head of the log") },
		{ NULL, NULL }
	};
	const struct hc_table_column columns[] = {
		{ "what", _("what"), HC_TYPE_TEXT, hc_table_show_words,
		    words },
		{ "value", _("value"), HC_TYPE_TEXT },
	};
	const int64_t numbers[] = { result->runs, result->changes,
	    result->records, result->emptied, result->faults,
	    doubtful };
	const char *cells[2] = { "head", result->head };
	struct hc_table *table;
	enum hc_status rc;
	char text[24];
	size_t i;

	rc = hc_table_new(&table, columns, 2);
	for (i = 0; rc == HC_OK && i < sizeof(numbers) /
	    sizeof(numbers[0]); i++) {
		const char *row[2] = { words[i].code, text };

		snprintf(text, sizeof(text), "%lld", (long long)numbers[i]);
		rc = hc_table_row(table, row);
	}
	if (rc == HC_OK)
		rc = hc_table_row(table, cells);
	if (rc != HC_OK)
		program_fail(rc, _("out of memory"));
	print_table(p, table);
}

static enum hc_status
list_doubts(const struct program *p, struct hc_store *store,
    struct hc_table **table)
{
	struct hc_expr_clock clock;
	struct hc_doubt doubts;
	enum hc_status rc;

	office_clock(p, &clock);
	if ((rc = hc_doubt_load(&doubts, store, NULL, &clock)) == HC_OK)
		rc = hc_doubt_list(&doubts, table);
	hc_doubt_clear(&doubts);
	return rc;
}

static int
do_doubtful(const struct program *p, struct hc_store *store)
{
	struct hc_table *table = NULL;
	enum hc_status rc;

	rc = list_doubts(p, store, &table);
	return print_and_end(p, store, rc, table);
}

static int
do_check(const struct program *p, struct hc_store *store)
{
	struct hc_table *doubts = NULL;
	struct hc_check_db result;
	int64_t doubtful = 0;
	enum hc_status rc;

	rc = seal != NULL ?
	    hc_backup_seal(store, backup, public_key(), fault, NULL,
	    &result) : backup != NULL ?
	    hc_check_db_backup(store, backup, fault, NULL, &result) :
	    hc_check_db(store, fault, NULL, &result);
	/* Without any fault told, the copy could not even be made. */
	if (rc != HC_OK && (rc != HC_INVALID || result.faults == 0))
		office_fail(store, rc);
	if (rc != HC_OK)
		program_warn("%s", hc_store_error(store));
	else if (backup != NULL)
		program_note(_("'%s' is a sound copy"), backup);
	if (rc == HC_OK && (rc = list_doubts(p, store, &doubts)) != HC_OK)
		office_fail(store, rc);
	if (doubts != NULL)
		doubtful = (int64_t)hc_table_rows(doubts);
	hc_table_free(doubts);
	hc_store_close(store);
	print_result(p, &result, doubtful);
	if (doubtful > 0)
		program_note(_("what is doubtful is no fault; 'hc-check "
		    "doubtful' lists it"));
	return program_finish(rc);
}

static int
propose(const struct program *p, struct hc_store *store)
{
	struct hc_table *table;
	enum hc_status rc;

	rc = p->options.verb->id == DUPLICATES ?
	    hc_duplicates(store, &table) : hc_households(store, &table);
	return print_and_end(p, store, rc, table);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_store *store;
	enum hc_status rc;

	if (release)
		return do_release(p);
	if (new_key != NULL)
		return do_new_key();
	if (sealed != NULL)
		return do_unseal(p);
	if (seal != NULL && backup == NULL)
		program_usage(_("--seal goes with --backup"));
	if (p->options.verb->id != ALL && (backup != NULL || content ||
	    reindex || ballast != NULL))
		program_usage(_("'%s' takes none of these options"),
		    p->options.verb->name);
	store = office_open(p, reindex ? HC_DB_WRITE : HC_DB_READ);
	if (p->options.verb->id == DOUBTFUL)
		return do_doubtful(p, store);
	if (p->options.verb->id != ALL)
		return propose(p, store);
	if (reindex) {
		if ((rc = hc_index_rebuild(store)) != HC_OK)
			office_fail(store, rc);
		hc_store_close(store);
		program_note(_("the search index is made anew"));
		return program_finish(HC_OK);
	}
	if (ballast != NULL) {
		rc = hc_check_db_ballast(store, read_size(ballast));
		if (rc != HC_OK)
			office_fail(store, rc);
		hc_store_close(store);
		return program_finish(HC_OK);
	}
	return content ? do_content(store) : do_check(p, store);
}
