/*
 * "hc-followup collect": what hc-form took comes in.
 */
#ifndef HC_ANSWERS_H
#define HC_ANSWERS_H

#include "program.h"

/* answers(p): store those of standard input, print what is safely stored;
   returns the exit status. */
int answers(const struct program *p);

#endif
