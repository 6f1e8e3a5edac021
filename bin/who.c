/* Whom a word of the command line is about. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/options.h"

#include "program.h"

#include "who.h"

void
who_any(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who)
{
	struct hc_buf name = HC_BUF_INIT, plain = HC_BUF_INIT;
	const struct hc_entity *entity = NULL;
	const char *digits = word, *kind = "episode";
	long long n;
	char *end;

	memset(who, 0, sizeof(*who));
	if (hc_options_pair(word, &name, &digits))
		kind = hc_buf_text(&name);
	hc_options_fold(digits, &plain);
	digits = hc_buf_text(&plain);
	n = strtoll(digits, &end, 10);
	if (*digits >= '0' && *digits <= '9' && *end == '\0' && n > 0)
		entity = hc_catalogue_entity(store->catalogue, kind);
	if (entity == NULL || entity->kind != HC_ENTITY_RECORD)
		program_usage(_("'%s' is no number of an episode, nor "
		    "person=NUMBER"), word);
	if (strcmp(entity->name, "person") == 0)
		who->person = hc_store_id(store, n);
	else if (strcmp(entity->name, "episode") == 0)
		who->episode = hc_store_id(store, n);
	else {
		who->subject = entity->name;
		who->record = hc_store_id(store, n);
	}
	hc_buf_free(&name);
	hc_buf_free(&plain);
}

void
who_episode(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who)
{
	who_any(store, word, who);
	if (who->record != 0)
		program_usage(_("'%s' is no number of an episode, nor "
		    "person=NUMBER"), word);
}
