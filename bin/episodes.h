/* Verbs of hc-followup that change episodes: open, close, assign. */
#ifndef HC_EPISODES_H
#define HC_EPISODES_H

#include "program.h"

struct episodes_assign {
	const char *team;	/* whose staff; NULL: of any */
	bool again;		/* what somebody on duty has, too */
};

/* The verbs; each returns the exit status. */
int episodes_open(const struct program *p);
int episodes_close(const struct program *p);
int episodes_assign(const struct program *p,
    const struct episodes_assign *options);

#endif
