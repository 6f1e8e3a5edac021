/*
 * Reading zip archives, as the packages that Office files are: parts found by
 * name, read as streams.  Nothing is ever written to a file by the name that
 * an archive gives it.
 */
#ifndef HC_BASE_ZIP_H
#define HC_BASE_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/*
 * What goes beyond these is refused before anything is unpacked.  Sizes are
 * those that the archive states; a part that turns out larger is refused
 * while it is read.  Deflate packs zeros 1,000 to 1, a sheet of 1,000,000
 * rows 7 to 1, one of nothing but borders 120 to 1.
 */
#define HC_ZIP_PARTS_MAX	10000
#define HC_ZIP_TOTAL_MAX	4294967296ULL	/* bytes, unpacked */
#define HC_ZIP_RATIO_MAX	200		/* of a part of more than */
#define HC_ZIP_SMALL		16777216	/* bytes, unpacked */

struct hc_zip;
struct hc_zip_part;

/*
 * hc_zip_open(zip, fd, err):
 * Open the archive that ${fd} holds, from its beginning.  What cannot seek
 * (a pipe) is first copied into a temporary file without a name.  ${fd} stays
 * the caller's, its position is lost.
 *
 * Returns HC_OK; HC_INVALID if it is no zip, empty, damaged, beyond the limits
 * or encrypted; HC_IO; HC_NOMEM; the words are in ${err}, ${zip} is then NULL.
 */
enum hc_status hc_zip_open(struct hc_zip **zip, int fd,
    struct hc_error *err);

/* hc_zip_open_bytes(zip, bytes, len, err): the same of bytes in memory, which
   stay where they are until hc_zip_close(). */
enum hc_status hc_zip_open_bytes(struct hc_zip **zip, const char *bytes,
    size_t len, struct hc_error *err);

/* hc_zip_close(zip): after all its parts; NULL is fine. */
void hc_zip_close(struct hc_zip *zip);

/* hc_zip_count(zip), hc_zip_name(zip, i): the parts' names as they stand in
   the archive. */
size_t hc_zip_count(const struct hc_zip *zip);
const char *hc_zip_name(const struct hc_zip *zip, size_t i);

/* hc_zip_has(zip, name): is there such a part?  Compared as Office does: case
   and the direction of slashes do not matter, nor one at the beginning. */
bool hc_zip_has(const struct hc_zip *zip, const char *name);

/*
 * hc_zip_part_open(part, zip, name, err):
 * Begin to read a part, the first that has the name; several may be open at
 * once.  HC_OK; HC_NOTFOUND; HC_INVALID if it is packed in a way that is not
 * known; HC_NOMEM.  The caller closes ${part}.
 */
enum hc_status hc_zip_part_open(struct hc_zip_part **part,
    struct hc_zip *zip, const char *name, struct hc_error *err);

/*
 * hc_zip_part_read(part, out, size, got, err):
 * Unpack the next bytes; ${got} is 0 at the end, where the checksum was right.
 * HC_OK, HC_INVALID if the part is damaged, HC_IO, HC_NOMEM.
 */
enum hc_status hc_zip_part_read(struct hc_zip_part *part, void *out,
    size_t size, size_t *got, struct hc_error *err);

void hc_zip_part_close(struct hc_zip_part *part);

#endif
