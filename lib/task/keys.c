/* The office's secrets. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "task/keys.h"

enum hc_status
hc_keys_path(const char *db, struct hc_buf *path, struct hc_error *err)
{
	hc_buf_printf(path, "%s.key", db);
	return hc_buf_failed(path) ? hc_error_nomem(err) : HC_OK;
}

static enum hc_status
make_text(struct hc_buf *text)
{
	struct hc_keys keys;
	enum hc_status rc;

	if ((rc = hc_seal_random(keys.link, sizeof(keys.link))) != HC_OK ||
	    (rc = hc_seal_keypair(keys.public_key, keys.secret_key)) != HC_OK)
		return rc;
	hc_buf_puts(text, "link ");
	hc_hex_format(text, keys.link, sizeof(keys.link));
	hc_buf_puts(text, "\nsecret ");
	hc_hex_format(text, keys.secret_key, sizeof(keys.secret_key));
	hc_buf_puts(text, "\n");
	hc_seal_wipe(&keys, sizeof(keys));
	return hc_buf_failed(text) ? HC_NOMEM : HC_OK;
}

enum hc_status
hc_keys_create(const char *path, struct hc_error *err)
{
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;
	int fd;

	if ((rc = make_text(&text)) != HC_OK) {
		hc_buf_free(&text);
		return hc_error_set(err, rc, _("cannot make keys"));
	}
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd == -1 && errno == EEXIST)
		rc = hc_error_set(err, HC_CONFIG, _("'%s' exists already and "
		    "belongs to another database; move it away first"), path);
	else if (fd == -1)
		rc = hc_error_set(err, HC_IO, _("cannot make '%s': %s"), path,
		    strerror(errno));
	else if (hc_file_write(fd, text.data, text.len) == -1 ||
	    fsync(fd) == -1 || hc_file_sync_folder(path) == -1) {
		rc = hc_error_set(err, HC_IO, _("cannot write '%s': %s"),
		    path, strerror(errno));
		unlink(path);
	}
	if (fd != -1)
		close(fd);
	if (text.data != NULL)
		hc_seal_wipe(text.data, text.len);
	hc_buf_free(&text);
	return rc;
}

/* "link HEX" after the word. */
static enum hc_status
read_key(const char *text, const char *word, unsigned char key[32])
{
	const char *p = strstr(text, word);
	char hex[65];

	if (p == NULL || strlen(p) < strlen(word) + 64)
		return HC_INVALID;
	memcpy(hex, p + strlen(word), 64);
	hex[64] = '\0';
	return hc_hex_parse(hex, key, 32);
}

enum hc_status
hc_keys_load(const char *path, struct hc_keys *keys, struct hc_error *err)
{
	char text[512];
	struct stat st;
	enum hc_status rc = HC_OK;
	ssize_t n;
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return hc_error_set(err, errno == ENOENT ? HC_NOINPUT :
		    HC_DENIED, _("cannot open the key file '%s': %s"), path,
		    strerror(errno));
	if (fstat(fd, &st) == 0 && (st.st_mode & S_IRWXO) != 0)
		rc = hc_error_set(err, HC_DENIED,
		    _("others may read the key file '%s'; chmod o= it"), path);
	else if ((n = read(fd, text, sizeof(text) - 1)) == -1)
		rc = hc_error_set(err, HC_IO, _("cannot read '%s': %s"), path,
		    strerror(errno));
	else {
		text[n] = '\0';
		if (read_key(text, "link ", keys->link) != HC_OK ||
		    read_key(text, "secret ", keys->secret_key) != HC_OK ||
		    hc_seal_public(keys->public_key, keys->secret_key) !=
		    HC_OK)
			rc = hc_error_set(err, HC_CONFIG,
			    _("the key file '%s' does not hold both keys"),
			    path);
	}
	hc_seal_wipe(text, sizeof(text));
	close(fd);
	return rc;
}
