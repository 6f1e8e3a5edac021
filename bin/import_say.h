/* What hc-import says while it works: problems, news, progress. */
#ifndef HC_IMPORT_SAY_H
#define HC_IMPORT_SAY_H

#include "task/import.h"

/* import_say_begin(errors): all problems go to that file too; NULL: only the
   first to standard error.  Exits if it cannot be made. */
void import_say_begin(const char *errors);

/* import_say_by(options): the import speaks by this. */
void import_say_by(struct hc_import_options *options);

/* import_say_news(arg, words): something that everyone should know. */
void import_say_news(void *arg, const char *words);

/* import_say_end(): save that file, and tell how many problems were not
   told. */
void import_say_end(void);

#endif
