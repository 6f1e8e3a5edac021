/* What the words of hc-import's command line are: a mapping, files. */
#ifndef HC_IMPORT_WORDS_H
#define HC_IMPORT_WORDS_H

#include "program.h"
#include "store/store.h"

/* import_words_mapping(p): the mapping, if the first word is one; else NULL.
   Files have an ending, or stand in a folder, or are "-", or are there and
   alone. */
const char *import_words_mapping(const struct program *p);

/* import_words_quotes(p): exits if a file's name with spaces was typed without
   quotes. */
void import_words_quotes(const struct program *p);

/* import_words_check(store, mapping): exits with the nearest name if there is
   no such mapping; NULL is fine. */
void import_words_check(struct hc_store *store, const char *mapping);

#endif
