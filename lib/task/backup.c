/* Sealed backups. */
#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "task/backup.h"

#define PIECE ((size_t)1 << 20)
#define TAG 16
#define HEAD (TAG + 4 + 1)	/* tag, number, last */
#define SEALED_MOST (HEAD + PIECE + HC_SEAL_EXTRA)

static const char magic[] = "hc-sealed 1\n";

static void
put_number(unsigned char out[4], size_t n)
{
	out[0] = (unsigned char)(n >> 24);
	out[1] = (unsigned char)(n >> 16);
	out[2] = (unsigned char)(n >> 8);
	out[3] = (unsigned char)n;
}

static size_t
get_number(const unsigned char in[4])
{
	return (size_t)in[0] << 24 | (size_t)in[1] << 16 |
	    (size_t)in[2] << 8 | in[3];
}

/* ---- Sealing ---- */

static enum hc_status
seal_piece(FILE *out, const unsigned char *piece, size_t len,
    const unsigned char key[HC_SEAL_KEY])
{
	struct hc_buf sealed = HC_BUF_INIT;
	unsigned char size[4];
	enum hc_status rc;

	rc = hc_seal_close(&sealed, piece, len, key);
	put_number(size, sealed.len);
	if (rc == HC_OK && (fwrite(size, sizeof(size), 1, out) != 1 ||
	    fwrite(sealed.data, sealed.len, 1, out) != 1))
		rc = HC_IO;
	hc_buf_free(&sealed);
	return rc;
}

/* HC_IO leaves errno. */
static enum hc_status
seal_stream(FILE *in, FILE *out, const unsigned char key[HC_SEAL_KEY])
{
	unsigned char *piece = malloc(HEAD + PIECE);
	enum hc_status rc = HC_OK;
	size_t number = 0, len = PIECE;
	int next;

	if (piece == NULL)
		return HC_NOMEM;
	rc = hc_seal_random(piece, TAG);
	if (rc == HC_OK && fputs(magic, out) == EOF)
		rc = HC_IO;
	while (rc == HC_OK && len == PIECE) {
		len = fread(piece + HEAD, 1, PIECE, in);
		next = len == PIECE ? getc(in) : EOF;
		if (next != EOF)
			ungetc(next, in);
		put_number(piece + TAG, number++);
		piece[TAG + 4] = next == EOF;
		rc = ferror(in) ? HC_IO :
		    seal_piece(out, piece, HEAD + len, key);
		if (next == EOF)
			break;
	}
	free(piece);
	return rc;
}

/* The file ${from} sealed into the new file ${to}, which appears whole. */
static enum hc_status
seal_file(const char *from, const char *to,
    const unsigned char key[HC_SEAL_KEY], struct hc_error *err)
{
	struct hc_buf temp = HC_BUF_INIT;
	FILE *in = fopen(from, "re"), *out = NULL;
	enum hc_status rc = HC_IO;
	int fd;

	if (in == NULL)
		return hc_error_set(err, HC_IO, _("cannot read '%s': %s"),
		    from, strerror(errno));
	if ((fd = hc_file_beside(to, &temp)) != -1 &&
	    (out = fdopen(fd, "w")) != NULL &&
	    (rc = seal_stream(in, out, key)) == HC_OK &&
	    (fflush(out) == EOF || fchmod(fd, 0660) == -1 ||
	    fsync(fd) == -1 ||
	    hc_file_place(hc_buf_text(&temp), to) == -1))
		rc = HC_IO;
	if (rc == HC_IO)
		hc_error_set(err, rc, _("cannot write '%s': %s"), to,
		    strerror(errno));
	else if (rc != HC_OK)
		hc_error_set(err, rc, "%s", rc == HC_NOMEM ?
		    _("out of memory") : _("the key is no public key"));
	if (rc != HC_OK && temp.len > 0)
		unlink(temp.data);
	if (out != NULL)
		fclose(out);
	else if (fd != -1)
		close(fd);
	fclose(in);
	hc_buf_free(&temp);
	return rc;
}

enum hc_status
hc_backup_seal(struct hc_store *store, const char *path,
    const unsigned char key[HC_SEAL_KEY], hc_check_db_fault *fault,
    void *arg, struct hc_check_db *result)
{
	struct hc_buf copy = HC_BUF_INIT;
	struct hc_error err;
	enum hc_status rc;

	memset(result, 0, sizeof(*result));
	if (access(path, F_OK) == 0)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("'%s' exists already"), path);
	hc_buf_printf(&copy, "%s.copy.%ld", hc_db_path(store->db),
	    (long)getpid());
	if (hc_buf_failed(&copy))
		return hc_db_nomem(store->db);
	rc = hc_check_db_backup(store, copy.data, fault, arg, result);
	if (rc == HC_OK &&
	    (rc = seal_file(copy.data, path, key, &err)) != HC_OK)
		hc_db_fail(store->db, rc, "%s", err.text);
	unlink(copy.data);
	hc_buf_free(&copy);
	return rc;
}

/* ---- Opening ---- */

static enum hc_status
changed(struct hc_error *err, const char *path)
{
	return hc_error_set(err, HC_INVALID,
	    _("'%s' was changed or cut off, or is sealed for another key"),
	    path);
}

static enum hc_status
open_piece(FILE *in, const struct hc_keys *keys, struct hc_buf *box,
    struct hc_buf *piece)
{
	unsigned char size[4];
	size_t len;

	hc_buf_clear(box);
	hc_buf_clear(piece);
	if (fread(size, sizeof(size), 1, in) != 1 ||
	    (len = get_number(size)) > SEALED_MOST)
		return HC_INVALID;
	while (box->len < len) {
		char some[4096];
		size_t n = len - box->len < sizeof(some) ? len - box->len :
		    sizeof(some);

		if (fread(some, n, 1, in) != 1)
			return HC_INVALID;
		hc_buf_add(box, some, n);
	}
	if (hc_buf_failed(box))
		return HC_NOMEM;
	return hc_seal_open(piece, box->data, box->len, keys->public_key,
	    keys->secret_key);
}

static enum hc_status
open_stream(FILE *in, const struct hc_keys *keys, FILE *out)
{
	struct hc_buf box = HC_BUF_INIT, piece = HC_BUF_INIT;
	unsigned char tag[TAG], *head;
	enum hc_status rc = HC_OK;
	char line[sizeof(magic)];
	size_t number = 0;
	bool last = false;

	if (fgets(line, sizeof(line), in) == NULL || strcmp(line, magic) != 0)
		rc = HC_INVALID;
	while (rc == HC_OK && !last) {
		if ((rc = open_piece(in, keys, &box, &piece)) != HC_OK)
			break;
		head = (unsigned char *)piece.data;
		if (number == 0 && piece.len >= HEAD)
			memcpy(tag, head, TAG);
		if (piece.len < HEAD || memcmp(tag, head, TAG) != 0 ||
		    get_number(head + TAG) != number++)
			rc = HC_INVALID;
		else if (piece.len > HEAD && fwrite(piece.data + HEAD,
		    piece.len - HEAD, 1, out) != 1)
			rc = HC_IO;
		else
			last = head[TAG + 4] != 0;
	}
	if (rc == HC_OK && getc(in) != EOF)
		rc = HC_INVALID;
	hc_buf_free(&box);
	hc_buf_free(&piece);
	return rc;
}

enum hc_status
hc_backup_open(const char *path, const struct hc_keys *keys, FILE *out,
    struct hc_error *err)
{
	FILE *in = fopen(path, "re");
	enum hc_status rc;

	if (in == NULL)
		return hc_error_set(err, HC_NOINPUT,
		    _("cannot read '%s': %s"), path, strerror(errno));
	rc = open_stream(in, keys, out);
	if (rc == HC_INVALID)
		changed(err, path);
	else if (rc == HC_IO)
		hc_error_set(err, rc, _("cannot write: %s"), strerror(errno));
	else if (rc != HC_OK)
		hc_error_nomem(err);
	fclose(in);
	return rc;
}
