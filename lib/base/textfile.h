/*
 * A text file of any size, in whatever encoding, as a private file in UTF-8:
 * by blocks, so that memory does not grow with it.
 */
#ifndef HC_BASE_TEXTFILE_H
#define HC_BASE_TEXTFILE_H

#include "base/charset.h"

struct hc_textfile {
	int fd;			/* UTF-8 without BOM; -1: none */
	enum hc_charset charset;	/* in which it was written */
};

/*
 * hc_textfile_open(text, fd, folder, name, err):
 * Find the encoding from the whole file ${fd}, which can seek and stays the
 * caller's (its position is lost), and decode it into a file without a name
 * in ${folder}.  The caller closes ${text} with hc_textfile_close() in any
 * case.
 *
 * HC_OK; HC_INVALID if no encoding fits, or with line and column where bytes
 * stand that are no characters; HC_IO; HC_CONFIG; HC_NOMEM.
 */
enum hc_status hc_textfile_open(struct hc_textfile *text, int fd,
    const char *folder, const char *name, struct hc_error *err);
void hc_textfile_close(struct hc_textfile *text);

#endif
