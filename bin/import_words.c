/* What the words of hc-import's command line are: a mapping, files. */
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/near.h"
#include "task/import_map.h"

#include "import_words.h"
#include "office.h"

const char *
import_words_mapping(const struct program *p)
{
	const char *first = p->options.args[0];

	if (first[0] == '-' || strpbrk(first, "./") != NULL ||
	    (p->options.nargs == 1 && access(first, F_OK) == 0))
		return NULL;
	return first;
}

/* Such a name is several words, and none of them is there. */
void
import_words_quotes(const struct program *p)
{
	const char *const *words = p->options.args;
	size_t n = (size_t)p->options.nargs;
	struct hc_buf name = HC_BUF_INIT;
	size_t i, j;

	for (i = 0; i + 1 < n; i++) {
		hc_buf_clear(&name);
		hc_buf_puts(&name, words[i]);
		for (j = i + 1; j < n && access(words[i], F_OK) == -1; j++) {
			hc_buf_printf(&name, " %s", words[j]);
			if (access(hc_buf_text(&name), F_OK) == 0)
				program_usage(_("a file's name with spaces "
				    "stands between quotes: '%s'"),
				    hc_buf_text(&name));
		}
	}
	hc_buf_free(&name);
}

void
import_words_check(struct hc_store *store, const char *mapping)
{
	enum hc_status rc;

	if (mapping == NULL)
		return;
	if ((rc = hc_import_map_check(store, mapping)) == HC_NOTFOUND &&
	    hc_near_better(mapping, "sniff", NULL) != NULL)
		program_usage(_("there is no mapping '%s': did you mean "
		    "'hc-import sniff'?"), mapping);
	if (rc == HC_NOTFOUND)
		program_usage("%s", hc_store_error(store));
	if (rc != HC_OK)
		office_fail(store, rc);
}

