/* Verbs of hc-followup that change episodes: open, close, assign. */
#ifndef HC_EPISODES_H
#define HC_EPISODES_H

#include "task/situation.h"

#include "program.h"

struct episodes_assign {
	const char *team;	/* whose staff; NULL: of any */
	bool again;		/* what somebody on duty has, too */
};

/*
 * episodes_who(store, word, who):
 * "12" is an episode, as the lists name it first; "person=12" a person.
 * Exits when it is neither.
 */
void episodes_who(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who);

/* The verbs; each returns the exit status. */
int episodes_open(const struct program *p);
int episodes_close(const struct program *p);
int episodes_assign(const struct program *p,
    const struct episodes_assign *options);

#endif
