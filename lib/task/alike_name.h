/*
 * What two folded names, or two sounds, have in common.  Letters are
 * characters, not bytes.
 */
#ifndef HC_TASK_ALIKE_NAME_H
#define HC_TASK_ALIKE_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* hc_alike_name_share(a, b): have they, as written, half of their letters in
   common?  A quick look before a comparison. */
bool hc_alike_name_share(const char *a, const char *b);

/* hc_alike_name_turned(a, b): the same letters in another order, or not. */
bool hc_alike_name_turned(const char *a, const char *b);

/* hc_alike_name_slipped(a, b, least): may one be a slip of the other?  One
   letter may differ of ${least}, two of three times as many. */
bool hc_alike_name_slipped(const char *a, const char *b, size_t least);

/* hc_alike_name_words(a, b): are all the words of one, two at least, words
   of the other? */
bool hc_alike_name_words(const char *a, const char *b);

/* hc_alike_name_given(a, b): is the last of several words the same?  Of
   names in one word, do they end in the same two letters or more? */
bool hc_alike_name_given(const char *a, const char *b);

#endif
