/*
 * The command line of a program: one table of the options that mean the
 * same everywhere, and a table of the program's own.  From the same tables
 * come the parsing, the suggestions for mistyped words and the help text
 * (base/help.h).
 *
 * What is typed on a Japanese keyboard is understood: options and their
 * values may be written with full-width letters, digits, hyphens and equals
 * signs and with ideographic spaces.
 *
 * getopt_long(3) does the work and keeps its state in globals: one thread.
 */
#ifndef HC_BASE_OPTIONS_H
#define HC_BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"
#include "base/table.h"

/* What an option's value becomes; "target" points to it. */
enum hc_option_kind {
	HC_OPTION_FLAG,		/* bool: true when given; no value */
	HC_OPTION_TEXT,		/* const char *: folded; the last one counts */
	HC_OPTION_FILE,		/* const char *: as typed; the last counts */
	HC_OPTION_COUNT,	/* long: a whole number, 0 or more */
	HC_OPTION_LIST		/* struct hc_option_list: all of them, folded */
};

/* Begins as { 0 }; the strings belong to the struct hc_options, items is the
   program's to free(). */
struct hc_option_list {
	const char **items;
	size_t len;
};

struct hc_option {
	int letter;		/* 'a' for -a, or 0 */
	const char *name;	/* "all" for --all; NULL ends a table */
	const char *arg;	/* what its value is called: "DATE"; NULL for
				   HC_OPTION_FLAG */
	const char *help;	/* N_("..."): a line, no capital, no stop */
	enum hc_option_kind kind;
	void *target;
	const char *verbs;	/* "send run": goes with these verbs only;
				   NULL: with all */
};

/* One of the things that a program can be told to do: hc-followup due. */
struct hc_verb {
	const char *name;	/* NULL ends a table; "" is what is done when
				   the first word is none of the others */
	const char *help;	/* N_("...") */
	int min_args, max_args;	/* words after it; -1: any number */
	int id;			/* the program's own */
};

/* Which of the common options a program takes; --help and --version always. */
#define HC_OPTIONS_DB		0x001u	/* -d, --db DB */
#define HC_OPTIONS_FORMAT	0x002u	/* -f, --format FORMAT */
#define HC_OPTIONS_OUTPUT	0x004u	/* -o, --output FILE */
#define HC_OPTIONS_DRY_RUN	0x008u	/* -n, --dry-run */
#define HC_OPTIONS_QUIET	0x010u	/* -q, --quiet */
#define HC_OPTIONS_VERBOSE	0x020u	/* -v, --verbose */
#define HC_OPTIONS_TODAY	0x040u	/* --today DATE[THH:MM] */
#define HC_OPTIONS_AS_OF	0x080u	/* --as-of INSTANT */
#define HC_OPTIONS_COLOR	0x100u	/* --no-color */
#define HC_OPTIONS_XLSX		0x200u	/* one of its formats is xlsx */
/* The usual set of a program that prints rows, and of one that writes. */
#define HC_OPTIONS_READING	(HC_OPTIONS_DB | HC_OPTIONS_FORMAT | \
	HC_OPTIONS_OUTPUT | HC_OPTIONS_QUIET | HC_OPTIONS_VERBOSE | \
	HC_OPTIONS_TODAY | HC_OPTIONS_AS_OF | HC_OPTIONS_COLOR)
#define HC_OPTIONS_WRITING	(HC_OPTIONS_DB | HC_OPTIONS_DRY_RUN | \
	HC_OPTIONS_FORMAT | HC_OPTIONS_OUTPUT | HC_OPTIONS_QUIET | \
	HC_OPTIONS_VERBOSE | HC_OPTIONS_TODAY | HC_OPTIONS_COLOR)

/* hc_options_common(): all common options, by falling habit; the last has
   name NULL.  No targets.  ${flag} is the HC_OPTIONS_... bit of each, 0 for
   --help and --version. */
struct hc_option_common {
	unsigned int flag;
	struct hc_option option;
};

const struct hc_option_common *hc_options_common(void);

struct hc_options_spec {
	const char *name;	/* "hc-search" */
	const char *summary;	/* N_("find persons"), as the manual's .Nd */
	const char *const *examples;	/* N_("the question a user has"),
				   "the command", and so on; NULL ends */
	const char *const *usage;	/* one for each form, without the name:
				   "[option ...] text ..."; the same lines
				   as the manual's SYNOPSIS; NULL ends */
	unsigned int common;	/* HC_OPTIONS_... */
	const struct hc_option *options;	/* the program's own, or NULL */
	const struct hc_verb *verbs;	/* NULL: the program has none */
	int min_args, max_args;	/* words where there are no verbs; -1: any */
	bool keep_args;		/* words stay as typed (file names, text to be
				   stored); else they are folded */
	bool stop_at_word;	/* options after the first word are not ours */
};

/* What was found.  Strings are its own or argv's. */
struct hc_options {
	const char *db;		/* these are NULL where not given */
	const char *output;
	const char *today;
	const char *as_of;
	bool format_given;
	enum hc_format format;	/* if so */
	bool dry_run;
	bool quiet;
	bool verbose;
	bool no_color;
	bool help;		/* given: all that follows was not checked */
	bool version;
	const struct hc_verb *verb;	/* NULL where the spec has none */
	const char **args;	/* the words after it, then NULL */
	int nargs;
	struct hc_buf used;	/* the options' long names, no values, for the
				   run's record: "--db --dry-run" */
	char **owned;		/* private: strings that it made */
	size_t nowned;
};

/*
 * hc_options_parse(options, spec, argc, argv, err):
 * Read the command line ${argv} by ${spec}.  ${options} is filled in, also
 * the targets of the program's own options; the caller empties it with
 * hc_options_clear() in any case.  ${argv} must live as long.
 *
 * Returns HC_OK; HC_INVALID with the words (an unknown option with the
 * nearest one, a missing value, an unknown verb, too few or too many words);
 * HC_NOMEM.
 */
enum hc_status hc_options_parse(struct hc_options *options,
    const struct hc_options_spec *spec, int argc, char **argv,
    struct hc_error *err);

/* hc_options_clear(options): give back what the parsing took. */
void hc_options_clear(struct hc_options *options);

/*
 * hc_options_fold(text, out):
 * Append ${text} as hc_norm_ascii() (base/norm.h) understands it: letters,
 * digits, signs, hyphens and spaces of any width as ASCII; kana and kanji as
 * they are.  Bytes that are not UTF-8 stay as they are.
 */
void hc_options_fold(const char *text, struct hc_buf *out);

/* hc_options_near_verb(verbs, word): the verb that ${word} may mean, mistyped;
   NULL if none is near. */
const char *hc_options_near_verb(const struct hc_verb *verbs,
    const char *word);

/*
 * hc_options_pair(word, name, value):
 * Take "phone=048-000-0000" apart at its first '=' or '＝'.  ${name} is
 * folded and appended; ${value} points behind the sign, as typed.
 * Returns false, with nothing appended, if there is no such sign or
 * nothing before it.
 */
bool hc_options_pair(const char *word, struct hc_buf *name,
    const char **value);

#endif
