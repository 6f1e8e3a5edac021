/* Files of definitions, and what is wrong with them. */
#ifndef HC_DEFINITIONS_H
#define HC_DEFINITIONS_H

#include "base/tsv.h"

/*
 * definitions_open(name, tsv, fd) / definitions_close(tsv, fd):
 * Begin to read the file ${name} ("-": standard input) for
 * hc_define_apply(); exits if it cannot be read or has no column "kind".
 */
void definitions_open(const char *name, struct hc_tsv_reader **tsv, int *fd);
void definitions_close(struct hc_tsv_reader *tsv, int fd);

/* definitions_fault(name, what, field, words): a hc_define_fault that says
   it; ${name} is the file's, NULL where no line of it is meant. */
void definitions_fault(void *name, const char *what, const char *field,
    const char *words);

#endif
