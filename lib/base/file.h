/*
 * Writing files so that they are whole and stay: all functions leave errno
 * as the failed call set it.
 */
#ifndef HC_BASE_FILE_H
#define HC_BASE_FILE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * hc_file_write(fd, data, len):
 * Write all of ${data}.  Returns 0, or -1; some bytes may be written then.
 */
int hc_file_write(int fd, const void *data, size_t len);

/*
 * hc_file_append(fd, lines, len):
 * The same at the end of a file of lines, opened with O_RDWR and O_APPEND.  A
 * last line that was cut short when a disk was full is ended first.
 */
int hc_file_append(int fd, const void *lines, size_t len);

/*
 * hc_file_beside(path, name):
 * Make a new, empty file ".NAME.XXXXXX" (mode 0600) in the folder of ${path},
 * whose name is NAME, to be renamed once it is whole.  Its name is put into
 * ${name}, which the caller frees.  Returns the descriptor, or -1.
 */
int hc_file_beside(const char *path, struct hc_buf *name);

/*
 * hc_file_place(from, to):
 * Rename the file ${from} to ${to} in the same folder, durably.  What is
 * there is never replaced (EEXIST).  Returns 0 or -1.
 */
int hc_file_place(const char *from, const char *to);

/*
 * hc_file_replace(path, data, len):
 * Let the file ${path}, new or old, hold just ${data}: all of it, or it stays
 * as it was.  What is no regular file is written to.  Returns 0 or -1.
 */
int hc_file_replace(const char *path, const void *data, size_t len);

/*
 * hc_file_unnamed(folder):
 * Open a file without a name, for reading and writing, in ${folder}; it goes
 * when it is closed, however the program ends.  Returns the descriptor, or -1.
 */
int hc_file_unnamed(const char *folder);

/*
 * hc_file_sync_folder(path):
 * A new name is as durable as the folder that holds it: sync the folder of
 * ${path}.  Returns 0 or -1.
 */
int hc_file_sync_folder(const char *path);

#endif
