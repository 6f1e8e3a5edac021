/*
 * The command line: getopt_long(3) fed from tables.
 *
 * argv is copied first, with full-width options made ASCII.  getopt_long
 * returns an option's place in the table, counted from FIRST, so that
 * letters and long names end in the same case.
 */
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/norm.h"
#include "base/utf8.h"

#include "base/options.h"

#define FIRST 256	/* above every letter */
#define COMMONS 11

static const struct hc_option_common commons[] = {
	{ HC_OPTIONS_DB, { 'd', "db", "DB", N_("the database: a file"),
	    HC_OPTION_FILE, NULL, NULL } },
	{ HC_OPTIONS_FORMAT, { 'f', "format", "FORMAT",
	    N_("print a table, or tsv, csv, json (hc-export: xlsx)"),
	    HC_OPTION_TEXT, NULL, NULL } },
	{ HC_OPTIONS_OUTPUT, { 'o', "output", "FILE",
	    N_("print into this file"), HC_OPTION_FILE, NULL, NULL } },
	{ HC_OPTIONS_DRY_RUN, { 'n', "dry-run", NULL,
	    N_("show what would be done, and change nothing"),
	    HC_OPTION_FLAG, NULL, NULL } },
	{ HC_OPTIONS_QUIET, { 'q', "quiet", NULL, N_("only say what is wrong"),
	    HC_OPTION_FLAG, NULL, NULL } },
	{ HC_OPTIONS_VERBOSE, { 'v', "verbose", NULL, N_("say more"),
	    HC_OPTION_FLAG, NULL, NULL } },
	{ HC_OPTIONS_TODAY, { 0, "today", "DATE",
	    N_("the office's day, or DATETHH:MM with the time"),
	    HC_OPTION_TEXT, NULL, NULL } },
	{ HC_OPTIONS_AS_OF, { 0, "as-of", "INSTANT",
	    N_("the data as they were known then"),
	    HC_OPTION_TEXT, NULL, NULL } },
	{ HC_OPTIONS_COLOR, { 0, "no-color", NULL, N_("print without colour"),
	    HC_OPTION_FLAG, NULL, NULL } },
	{ 0, { 'h', "help", NULL, N_("print this text"), HC_OPTION_FLAG, NULL,
	    NULL } },
	{ 0, { 0, "version", NULL, N_("print the version"), HC_OPTION_FLAG,
	    NULL, NULL } },
	{ 0, { 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL } }
};

/* One parsing. */
struct parse {
	struct hc_options *options;
	const struct hc_options_spec *spec;
	struct hc_option *table;	/* the program's own, then the common */
	bool *given;			/* for each of them */
	size_t len;
	char *letters;			/* getopt's string */
	struct option *longs;		/* getopt's table */
	const char *format;		/* of --format */
	int argc;
	char **argv;			/* ASCII options; the last is NULL */
	struct hc_error *err;
};

static const char *const formats[] = { "table", "tsv", "csv", "json", "xlsx" };

const struct hc_option_common *
hc_options_common(void)
{
	return commons;
}

/*
 * The letter, digit or hyphen that the character of three bytes at ${s}
 * stands for at the beginning of an option; 0 if there is none.  'ー'
 * is what the hyphen's key gives while kana are typed.
 */
static char
ascii_of(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned int c;

	if (u[0] < 0xe2 || u[0] > 0xef || (u[1] & 0xc0) != 0x80 ||
	    (u[2] & 0xc0) != 0x80)
		return 0;
	c = (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
	if ((c >= 0xff10 && c <= 0xff19) || (c >= 0xff21 && c <= 0xff3a) ||
	    (c >= 0xff41 && c <= 0xff5a))
		return (char)(c - 0xff01 + '!');
	if (c == 0xff0d || c == 0x2212 || c == 0x30fc)
		return '-';
	return 0;
}

/* Bytes that are not UTF-8 are for others to refuse. */
void
hc_options_fold(const char *text, struct hc_buf *out)
{
	if (hc_utf8_valid(text, strlen(text), NULL))
		hc_norm_ascii(out, text);
	else
		hc_buf_puts(out, text);
}

/* The same for the first ${len} bytes. */
static void
fold_part(const char *text, size_t len, struct hc_buf *out)
{
	struct hc_buf part = HC_BUF_INIT;

	hc_buf_add(&part, text, len);
	hc_options_fold(hc_buf_text(&part), out);
	if (hc_buf_failed(&part))
		out->failed = true;
	hc_buf_free(&part);
}

/* How many bytes stand before the first '=' or '＝'; all if there is none. */
static size_t
before_equals(const char *text)
{
	const char *ascii = strchr(text, '='), *wide = strstr(text, "＝");

	if (ascii == NULL || (wide != NULL && wide < ascii))
		ascii = wide;
	return ascii != NULL ? (size_t)(ascii - text) : strlen(text);
}

bool
hc_options_pair(const char *word, struct hc_buf *name, const char **value)
{
	size_t len = before_equals(word);

	if (len == 0 || word[len] == '\0')
		return false;
	fold_part(word, len, name);
	*value = word + len + (word[len] == '=' ? 1 : strlen("＝"));
	return true;
}

/* Keep ${text}, taken over, until hc_options_clear(). */
static const char *
own(struct hc_options *options, char *text)
{
	char **more;

	if (text == NULL)
		return NULL;
	more = realloc(options->owned,
	    (options->nowned + 1) * sizeof(*more));
	if (more == NULL) {
		free(text);
		return NULL;
	}
	options->owned = more;
	options->owned[options->nowned++] = text;
	return text;
}

/* A folded copy, kept; NULL if out of memory. */
static const char *
folded(struct hc_options *options, const char *text)
{
	struct hc_buf buf = HC_BUF_INIT;

	hc_options_fold(text, &buf);
	return own(options, hc_buf_take(&buf));
}

static const struct hc_option *
find_letter(const struct parse *p, int letter)
{
	size_t i;

	for (i = 0; i < p->len; i++)
		if (p->table[i].letter == letter)
			return &p->table[i];
	return NULL;
}

/* Is this the beginning of an option?  A hyphen of any width, then a letter
   or one more hyphen. */
static bool
is_option(const char *arg)
{
	const char *next;
	char c;

	if (*arg == '-')
		return arg[1] != '\0';
	if (ascii_of(arg) != '-')
		return false;
	next = arg + 3;
	c = *next != '\0' ? ascii_of(next) : 0;
	if (c == 0)
		c = *next;
	return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * A copy of ${arg} for getopt: of "--name=value" the name folded; of "-abc"
 * each letter up to the first that takes a value, which stays as typed.
 */
static char *
option_ascii(const struct parse *p, const char *arg)
{
	struct hc_buf buf = HC_BUF_INIT;
	const struct hc_option *option;
	size_t len;
	char c;

	if (!is_option(arg))
		return strdup(arg);
	c = ascii_of(arg);
	arg += c != 0 ? 3 : 1;
	hc_buf_putc(&buf, '-');
	if (*arg == '-' || ascii_of(arg) == '-') {
		arg += *arg == '-' ? 1 : 3;
		hc_buf_putc(&buf, '-');
		len = before_equals(arg);
		fold_part(arg, len, &buf);
		arg += len;
		if (*arg != '\0') {
			hc_buf_putc(&buf, '=');
			arg += *arg == '=' ? 1 : strlen("＝");
		}
	} else {
		do {
			c = ascii_of(arg);
			if (c == 0 && (unsigned char)*arg >= 0x80)
				break;
			arg += c != 0 ? 3 : 1;
			hc_buf_putc(&buf, c != 0 ? c : arg[-1]);
			option = find_letter(p, buf.data != NULL ?
			    buf.data[buf.len - 1] : 0);
		} while (*arg != '\0' && option != NULL &&
		    option->arg == NULL);
	}
	hc_buf_puts(&buf, arg);
	return hc_buf_take(&buf);
}

/* Copy argv with ASCII options; after "--" nothing is touched. */
static enum hc_status
copy_argv(struct parse *p, int argc, char **argv)
{
	bool only_words = false;
	int i;

	p->argv = calloc((size_t)argc + 1, sizeof(*p->argv));
	if (p->argv == NULL)
		return hc_error_nomem(p->err);
	for (i = 0; i < argc; i++) {
		p->argv[i] = (char *)(uintptr_t)own(p->options,
		    i == 0 || only_words ? strdup(argv[i]) :
		    option_ascii(p, argv[i]));
		if (p->argv[i] == NULL)
			return hc_error_nomem(p->err);
		if (strcmp(p->argv[i], "--") == 0)
			only_words = true;
	}
	p->argc = argc;
	return HC_OK;
}

/* Where in ${options} a common option is kept. */
static void *
common_target(struct parse *p, const struct hc_option_common *common)
{
	struct hc_options *o = p->options;

	switch (common->flag) {
	case HC_OPTIONS_DB:
		return &o->db;
	case HC_OPTIONS_FORMAT:
		return &p->format;
	case HC_OPTIONS_OUTPUT:
		return &o->output;
	case HC_OPTIONS_DRY_RUN:
		return &o->dry_run;
	case HC_OPTIONS_QUIET:
		return &o->quiet;
	case HC_OPTIONS_VERBOSE:
		return &o->verbose;
	case HC_OPTIONS_TODAY:
		return &o->today;
	case HC_OPTIONS_AS_OF:
		return &o->as_of;
	case HC_OPTIONS_COLOR:
		return &o->no_color;
	default:
		return common->option.letter == 'h' ? &o->help : &o->version;
	}
}

/* The program's options and those common ones that it takes, in one table,
   and the same in getopt's two forms. */
static enum hc_status
make_tables(struct parse *p)
{
	const struct hc_options_spec *spec = p->spec;
	const struct hc_option_common *common;
	const struct hc_option *option;
	size_t i, n = 0;
	char *letter;

	for (option = spec->options; option != NULL && option->name != NULL;
	    option++)
		n++;
	p->table = calloc(n + COMMONS, sizeof(*p->table));
	p->given = calloc(n + COMMONS, sizeof(*p->given));
	p->longs = calloc(n + COMMONS + 1, sizeof(*p->longs));
	p->letters = calloc(n + COMMONS + 2, 2);
	if (p->table == NULL || p->given == NULL || p->longs == NULL ||
	    p->letters == NULL)
		return hc_error_nomem(p->err);
	for (i = 0; i < n; i++)
		p->table[p->len++] = spec->options[i];
	for (common = commons; common->option.name != NULL; common++)
		if (common->flag == 0 || (spec->common & common->flag) != 0) {
			p->table[p->len] = common->option;
			p->table[p->len++].target = common_target(p, common);
		}
	letter = p->letters;
	if (spec->stop_at_word)
		*letter++ = '+';
	*letter++ = ':';
	for (i = 0; i < p->len; i++) {
		option = &p->table[i];
		p->longs[i].name = option->name;
		p->longs[i].has_arg = option->arg != NULL ?
		    required_argument : no_argument;
		p->longs[i].val = FIRST + (int)i;
		if (option->letter == 0)
			continue;
		*letter++ = (char)option->letter;
		if (option->arg != NULL)
			*letter++ = ':';
	}
	return HC_OK;
}

/* An option that is in no table. */
static enum hc_status
unknown(const struct parse *p, const char *word)
{
	struct hc_buf name = HC_BUF_INIT;
	const char *best = NULL;
	enum hc_status rc;
	size_t i;

	hc_buf_add(&name, word, before_equals(word));
	if (hc_buf_failed(&name)) {
		hc_buf_free(&name);
		return hc_error_nomem(p->err);
	}
	for (i = 0; i < p->len; i++)
		best = hc_near_better(name.data + 2, p->table[i].name, best);
	if (best != NULL)
		rc = hc_error_set(p->err, HC_INVALID,
		    _("unknown option '%s': did you mean '--%s'?"), name.data,
		    best);
	else
		rc = hc_error_set(p->err, HC_INVALID,
		    _("unknown option '%s'"), name.data);
	hc_buf_free(&name);
	return rc;
}

/* getopt returned '?' or ':'; its globals say what it met. */
static enum hc_status
refused(const struct parse *p, int ch)
{
	const struct hc_option *option = NULL;
	const char *word = p->argv[optind - 1];
	bool is_long = strncmp(word, "--", 2) == 0;

	if (optopt >= FIRST)
		option = &p->table[optopt - FIRST];
	else if (optopt != 0)
		option = find_letter(p, optopt);
	if (ch == ':' && option != NULL && is_long)
		return hc_error_set(p->err, HC_INVALID,
		    _("option '--%s' needs a value: %s"), option->name,
		    option->arg);
	if (ch == ':' && option != NULL)
		return hc_error_set(p->err, HC_INVALID,
		    _("option '-%c' needs a value: %s"), optopt, option->arg);
	if (optopt >= FIRST)
		return hc_error_set(p->err, HC_INVALID,
		    _("option '--%s' takes no value"), option->name);
	if (is_long && optopt == 0)
		return unknown(p, word);
	/* The first byte of a kanji; getopt has not left the word yet. */
	if ((optopt >= 0x80 || optopt < 0) && optind < p->argc)
		return hc_error_set(p->err, HC_INVALID,
		    _("unknown option '%s'"), p->argv[optind]);
	return hc_error_set(p->err, HC_INVALID, _("unknown option '-%c'"),
	    optopt);
}

static enum hc_status
set_count(const struct parse *p, const struct hc_option *option,
    const char *text)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0)
		return hc_error_set(p->err, HC_INVALID,
		    _("option '--%s' needs a whole number, not '%s'"),
		    option->name, text);
	*(long *)option->target = value;
	return HC_OK;
}

static enum hc_status
add_item(const struct parse *p, struct hc_option_list *list, const char *text)
{
	const char **more;

	more = realloc(list->items, (list->len + 1) * sizeof(*more));
	if (more == NULL)
		return hc_error_nomem(p->err);
	list->items = more;
	list->items[list->len++] = text;
	return HC_OK;
}

/* One option was met, with getopt's optarg. */
static enum hc_status
take(struct parse *p, size_t i)
{
	const struct hc_option *option = &p->table[i];
	const char *text = optarg;

	if (!p->given[i]) {
		if (p->options->used.len > 0)
			hc_buf_putc(&p->options->used, ' ');
		hc_buf_printf(&p->options->used, "--%s", option->name);
	}
	p->given[i] = true;
	if (option->kind == HC_OPTION_FLAG) {
		*(bool *)option->target = true;
		return HC_OK;
	}
	if (option->kind == HC_OPTION_FILE) {
		*(const char **)option->target = text;
		return HC_OK;
	}
	if ((text = folded(p->options, text)) == NULL)
		return hc_error_nomem(p->err);
	if (option->kind == HC_OPTION_COUNT)
		return set_count(p, option, text);
	if (option->kind == HC_OPTION_LIST)
		return add_item(p, option->target, text);
	*(const char **)option->target = text;
	return HC_OK;
}

/* Give getopt all options; the words end up behind optind. */
static enum hc_status
take_all(struct parse *p)
{
	const struct hc_option *option;
	enum hc_status rc;
	int ch;

	opterr = 0;
	optind = 0;	/* glibc: begin anew, and look at '+' again */
	while ((ch = getopt_long(p->argc, p->argv, p->letters, p->longs,
	    NULL)) != -1) {
		if (ch == '?' || ch == ':')
			return refused(p, ch);
		if (ch < FIRST) {
			option = find_letter(p, ch);
			ch = FIRST + (int)(option - p->table);
		}
		if ((rc = take(p, (size_t)(ch - FIRST))) != HC_OK)
			return rc;
		if (p->options->help || p->options->version)
			return HC_OK;
	}
	if (hc_buf_failed(&p->options->used))
		return hc_error_nomem(p->err);
	return HC_OK;
}

static enum hc_status
take_format(struct parse *p)
{
	const char *best = NULL;
	size_t i;

	if (p->format == NULL)
		return HC_OK;
	if (hc_table_format(p->format, &p->options->format) == 0) {
		p->options->format_given = true;
		return HC_OK;
	}
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		best = hc_near_better(p->format, formats[i], best);
	if (best != NULL)
		return hc_error_set(p->err, HC_INVALID,
		    _("unknown format '%s': did you mean '%s'?"), p->format,
		    best);
	return hc_error_set(p->err, HC_INVALID,
	    _("unknown format '%s': table, tsv, csv, json or xlsx"),
	    p->format);
}

/* The words: folded unless the program wants them as typed. */
static enum hc_status
take_words(struct parse *p)
{
	struct hc_options *o = p->options;
	int i;

	o->nargs = p->argc - optind;
	o->args = calloc((size_t)o->nargs + 1, sizeof(*o->args));
	if (o->args == NULL)
		return hc_error_nomem(p->err);
	for (i = 0; i < o->nargs; i++) {
		o->args[i] = p->argv[optind + i];
		if (!p->spec->keep_args)
			o->args[i] = folded(o, o->args[i]);
		if (o->args[i] == NULL)
			return hc_error_nomem(p->err);
	}
	return HC_OK;
}

const char *
hc_options_near_verb(const struct hc_verb *verbs, const char *word)
{
	const char *best = NULL;

	for (; verbs->name != NULL; verbs++)
		best = hc_near_better(word, verbs->name, best);
	return best;
}

static enum hc_status
unknown_verb(const struct parse *p, const char *word)
{
	const char *best = hc_options_near_verb(p->spec->verbs, word);

	if (best != NULL)
		return hc_error_set(p->err, HC_INVALID,
		    _("unknown word '%s': did you mean '%s'?"), word, best);
	return hc_error_set(p->err, HC_INVALID, _("unknown word '%s'"), word);
}

/* The first word may say what to do; take it away from the words. */
static enum hc_status
take_verb(struct parse *p)
{
	struct hc_options *o = p->options;
	const struct hc_verb *verb, *other = NULL;
	const char *word;

	word = o->nargs > 0 ? folded(o, o->args[0]) : "";
	if (word == NULL)
		return hc_error_nomem(p->err);
	for (verb = p->spec->verbs; verb->name != NULL; verb++) {
		if (verb->name[0] == '\0')
			other = verb;
		else if (strcmp(verb->name, word) == 0)
			break;
	}
	if (verb->name == NULL && other != NULL) {
		o->verb = other;
		return HC_OK;
	}
	if (o->nargs == 0)
		return hc_error_set(p->err, HC_INVALID, "%s",
		    _("a word that says what to do is missing"));
	if (verb->name == NULL)
		return unknown_verb(p, word);
	o->verb = verb;
	o->nargs--;
	memmove(o->args, o->args + 1,
	    ((size_t)o->nargs + 1) * sizeof(*o->args));
	return HC_OK;
}

static enum hc_status
check_count(const struct parse *p)
{
	const struct hc_options *o = p->options;
	int min = p->spec->min_args, max = p->spec->max_args;

	if (o->verb != NULL) {
		min = o->verb->min_args;
		max = o->verb->max_args;
	}
	if (o->nargs < min && o->nargs > 0)
		return hc_error_set(p->err, HC_INVALID,
		    _("something is missing after '%s'"),
		    o->args[o->nargs - 1]);
	if (o->nargs < min && o->verb != NULL && o->verb->name[0] != '\0')
		return hc_error_set(p->err, HC_INVALID,
		    _("something is missing after '%s'"), o->verb->name);
	if (o->nargs < min)
		return hc_error_set(p->err, HC_INVALID, "%s",
		    _("something is missing on the command line"));
	if (max >= 0 && o->nargs > max)
		return hc_error_set(p->err, HC_INVALID,
		    _("unexpected word '%s'"), o->args[max]);
	return HC_OK;
}

/* Is ${word} one of the space-separated ${words}? */
static bool
is_among(const char *words, const char *word)
{
	size_t len = strlen(word);
	const char *at = words;

	while ((at = strstr(at, word)) != NULL) {
		if ((at == words || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ' '))
			return true;
		at += len;
	}
	return false;
}

/* Do the options that were given go with the verb? */
static enum hc_status
check_verb_options(const struct parse *p)
{
	const struct hc_verb *verb = p->options->verb;
	size_t i;

	for (i = 0; i < p->len; i++)
		if (p->given[i] && p->table[i].verbs != NULL &&
		    (verb->name[0] == '\0' ||
		    !is_among(p->table[i].verbs, verb->name)))
			return hc_error_set(p->err, HC_INVALID,
			    _("option '--%s' goes with: %s"),
			    p->table[i].name, p->table[i].verbs);
	return HC_OK;
}

enum hc_status
hc_options_parse(struct hc_options *options,
    const struct hc_options_spec *spec, int argc, char **argv,
    struct hc_error *err)
{
	struct parse p = { .options = options, .spec = spec, .err = err };
	enum hc_status rc;

	memset(options, 0, sizeof(*options));
	if ((rc = make_tables(&p)) != HC_OK ||
	    (rc = copy_argv(&p, argc, argv)) != HC_OK ||
	    (rc = take_all(&p)) != HC_OK)
		goto out;
	if (options->help || options->version)
		goto out;
	if ((rc = take_format(&p)) != HC_OK ||
	    (rc = take_words(&p)) != HC_OK)
		goto out;
	if (spec->verbs != NULL && ((rc = take_verb(&p)) != HC_OK ||
	    (rc = check_verb_options(&p)) != HC_OK))
		goto out;
	rc = check_count(&p);
out:
	free(p.table);
	free(p.given);
	free(p.longs);
	free(p.letters);
	free(p.argv);
	return rc;
}

void
hc_options_clear(struct hc_options *options)
{
	size_t i;

	for (i = 0; i < options->nowned; i++)
		free(options->owned[i]);
	free(options->owned);
	free(options->args);
	hc_buf_free(&options->used);
	memset(options, 0, sizeof(*options));
}
