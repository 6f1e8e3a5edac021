/* What lists write about a row that no longer counts. */
#include <string.h>

#include "base/norm.h"

#include "task/import_state.h"

#define LONGEST 120	/* bytes; what is longer tells a story */
#define BARE 24		/* nothing but the word and brackets */

/* The digits before "と重複" or behind "重複"; none of a date. */
static void
other_number(const char *text, struct hc_buf *number)
{
	const char *word = strstr(text, "重複"), *p = word, *end;
	size_t with = strlen("と");

	if ((size_t)(word - text) > with &&
	    strncmp(word - with, "と", with) == 0) {
		for (p = word - with; p > text && p[-1] >= '0' &&
		    p[-1] <= '9';)
			p--;
	} else
		p += strcspn(p, "0123456789");
	end = p + strspn(p, "0123456789");
	if (strncmp(end, "月", strlen("月")) != 0 &&
	    strncmp(end, "日", strlen("日")) != 0)
		hc_buf_add(number, p, (size_t)(end - p));
}

const char *
hc_import_state_read(const char *text, struct hc_buf *number)
{
	struct hc_buf plain = HC_BUF_INIT, other = HC_BUF_INIT;
	const char *status = NULL, *p;

	if (strlen(text) > LONGEST)
		return NULL;
	hc_norm_ascii(&plain, text);
	p = hc_buf_text(&plain);
	if (strstr(p, "重複") != NULL)
		other_number(p, &other);
	if (other.len > 0 || (plain.len <= BARE && strstr(p, "重複") != NULL))
		status = "duplicate";
	else if (strstr(p, "欠番") != NULL ||
	    ((strstr(p, "取り下げ") != NULL || strstr(p, "取下") != NULL) &&
	    (plain.len <= BARE || strstr(p, "届") != NULL)))
		status = "withdrawn";
	if (status != NULL && number != NULL)
		hc_buf_puts(number, hc_buf_text(&other));
	hc_buf_free(&plain);
	hc_buf_free(&other);
	return status;
}
