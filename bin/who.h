/* Whom a word of the command line is about. */
#ifndef HC_WHO_H
#define HC_WHO_H

#include "store/store.h"
#include "task/situation.h"

/*
 * who_any(store, word, who):
 * "12" is an episode, as the lists name it first; "person=12" a person, and
 * "consultation=12" a record of that kind.  Exits when it is none.
 */
void who_any(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who);

/* who_episode(store, word, who): the same where only an episode or a person
   will do. */
void who_episode(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who);

#endif
