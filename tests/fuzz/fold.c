/*
 * Any bytes: every key is valid UTF-8 and a key of itself; what is stored is
 * valid, and stored again stays the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/absence.h"
#include "base/fold.h"
#include "base/norm.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(void (*fold)(struct hc_buf *, const char *), const char *in)
{
	struct hc_buf once = HC_BUF_INIT, twice = HC_BUF_INIT;

	fold(&once, in);
	if (!hc_utf8_valid(hc_buf_text(&once), once.len, NULL) ||
	    strlen(hc_buf_text(&once)) != once.len)
		abort();
	fold(&twice, hc_buf_text(&once));
	if (strcmp(hc_buf_text(&once), hc_buf_text(&twice)) != 0)
		abort();
	hc_buf_free(&once);
	hc_buf_free(&twice);
}

/* hc_norm_store() as a folding; what is refused stays nothing. */
static void
store(struct hc_buf *out, const char *in)
{
	struct hc_error err;

	hc_norm_store(out, in, &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *in = malloc(size + 1);
	size_t bad;

	if (in == NULL)
		return 0;
	memcpy(in, data, size);
	in[size] = '\0';
	check(hc_fold_text, in);
	check(hc_fold_name, in);
	check(hc_fold_romaji, in);
	check(hc_fold_sound, in);
	check(store, in);
	check(hc_norm_nfc, in);
	if (hc_utf8_valid(in, size, &bad) && hc_utf8_width(in) < 0)
		abort();
	if (hc_utf8_fit(in, (int)(size / 2)) > strlen(in))
		abort();
	hc_absence_read(in);
	free(in);
	return 0;
}
