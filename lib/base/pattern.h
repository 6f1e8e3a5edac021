/*
 * A regular expression that the whole of a text must fit, compiled when it
 * is first needed and kept.
 */
#ifndef HC_BASE_PATTERN_H
#define HC_BASE_PATTERN_H

#include <regex.h>
#include <stdbool.h>

#include "base/status.h"

/* Of { text }; hc_pattern_clear() gives back the rest, not the text. */
struct hc_pattern {
	const char *text;	/* POSIX extended */
	bool compiled;
	regex_t regex;
};

/*
 * hc_pattern_fits(pattern, value, err):
 * HC_OK; HC_NOTFOUND, without words, if ${value} does not fit; HC_INVALID
 * with the reason if it is no regular expression; HC_NOMEM.
 */
enum hc_status hc_pattern_fits(struct hc_pattern *pattern, const char *value,
    struct hc_error *err);

void hc_pattern_clear(struct hc_pattern *pattern);

#endif
