/* Words of hc as people type them: the same one, and the nearest known. */
#ifndef HC_BASE_NEAR_H
#define HC_BASE_NEAR_H

#include <stdbool.h>
#include <stddef.h>

/* hc_near_same(word, name): is ${word} the name ${name}, typed with "-" for
   "_" or with capitals? */
bool hc_near_same(const char *word, const char *name);

/*
 * hc_near_distance(a, b):
 * How many bytes must be put in, taken out, changed or swapped with their
 * neighbour to make ${a} into ${b} (optimal string alignment); words of
 * more than 63 bytes count as far from everything.
 */
size_t hc_near_distance(const char *a, const char *b);

/*
 * hc_near_better(word, candidate, best):
 * Offer ${candidate}: returns it if it is nearer to ${word} than ${best}
 * (NULL at first) and near at all (a third of its letters, at least one,
 * may differ), else ${best}.
 */
const char *hc_near_better(const char *word, const char *candidate,
    const char *best);

#endif
