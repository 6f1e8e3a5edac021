/* A regular expression that the whole of a text must fit. */
#include "base/buf.h"

#include "base/pattern.h"

static enum hc_status
compile(struct hc_pattern *pattern, struct hc_error *err)
{
	struct hc_buf whole = HC_BUF_INIT;
	char words[128];
	int no;

	hc_buf_printf(&whole, "^(%s)$", pattern->text);
	no = hc_buf_failed(&whole) ? REG_ESPACE :
	    regcomp(&pattern->regex, hc_buf_text(&whole),
	    REG_EXTENDED | REG_NOSUB);
	hc_buf_free(&whole);
	if (no == REG_ESPACE)
		return hc_error_nomem(err);
	if (no != 0) {
		regerror(no, NULL, words, sizeof(words));
		return hc_error_set(err, HC_INVALID, "%s", words);
	}
	pattern->compiled = true;
	return HC_OK;
}

enum hc_status
hc_pattern_fits(struct hc_pattern *pattern, const char *value,
    struct hc_error *err)
{
	enum hc_status rc;
	int no;

	if (!pattern->compiled && (rc = compile(pattern, err)) != HC_OK)
		return rc;
	no = regexec(&pattern->regex, value, 0, NULL, 0);
	return no == 0 ? HC_OK : no == REG_ESPACE ? hc_error_nomem(err) :
	    HC_NOTFOUND;
}

void
hc_pattern_clear(struct hc_pattern *pattern)
{
	if (pattern->compiled)
		regfree(&pattern->regex);
	pattern->compiled = false;
}
