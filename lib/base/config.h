/*
 * Settings: key = value, from several places of falling precedence.
 *
 * What is set first stays.  So a program first sets what its options say,
 * then what the environment says, then reads the files, nearest first:
 * ./hc.conf, $XDG_CONFIG_HOME/hc/hc.conf, /etc/hc/hc.conf.  The library does
 * not look at the environment itself.
 *
 * A file (hc.conf(5)) is in INI form: "db = hc.db", then sections such as
 * "[mail]" with "from = ...".  A line may have 199 bytes.  To add a setting,
 * add a name here and a row to the table in config.c.
 */
#ifndef HC_BASE_CONFIG_H
#define HC_BASE_CONFIG_H

#include "base/status.h"

enum hc_config_key {
	HC_CONFIG_DB,		/* db: the database */
	HC_CONFIG_LANG,		/* lang: language of the messages: ja, en */
	HC_CONFIG_FORMAT,	/* format: of what is printed */
	HC_CONFIG_SMTP_URL,	/* [smtp] url: smtp://127.0.0.1:25 */
	HC_CONFIG_SMTP_USER,	/* [smtp] user */
	HC_CONFIG_SMTP_PASSWORD_FILE,	/* [smtp] password_file */
	HC_CONFIG_SMTP_CONNECTIONS,	/* [smtp] connections: at a time */
	HC_CONFIG_MAIL_FROM,	/* [mail] from: the sender people see */
	HC_CONFIG_MAIL_BOUNCE,	/* [mail] bounce: where bounces go */
	HC_CONFIG_MAIL_REPLY_TO,	/* [mail] reply_to */
	HC_CONFIG_MAIL_RATE,	/* [mail] rate: messages a minute */
	HC_CONFIG_FORM_URL,	/* [form] url: what links begin with */
	HC_CONFIG_FORM_LISTEN,	/* [form] listen: address:port */
	HC_CONFIG_FORM_STORE,	/* [form] store: the form machine's file */
	HC_CONFIG_KEY_FILE,	/* [office] key_file: of links and answers */
	HC_CONFIG_KEYS		/* how many there are */
};

struct hc_config;

/* hc_config_new(config): no settings yet; freed by the caller with
   hc_config_free().  HC_OK or HC_NOMEM. */
enum hc_status hc_config_new(struct hc_config **config);
void hc_config_free(struct hc_config *config);

/*
 * hc_config_set(config, key, value, where):
 * Set ${key} to ${value} unless it is set already; NULL and "" set nothing.
 * ${where} says who did, as "HC_DB" or "--db".  Both are copied.
 * Returns HC_OK or HC_NOMEM.
 */
enum hc_status hc_config_set(struct hc_config *config, enum hc_config_key key,
    const char *value, const char *where);

/*
 * hc_config_read(config, path, err):
 * Read the file ${path} for all keys not set already.  The value of a key
 * that is a file (db, password_file ...) is meant from the folder in which
 * ${path} lies.
 *
 * Returns HC_OK; HC_NOTFOUND, without words, if there is no such file (also
 * no such folder); HC_CONFIG with "FILE:LINE: ..." for an unknown key (with
 * the nearest one), a key set twice, a line too long or not understood, text
 * that is not UTF-8; HC_DENIED, HC_IO, HC_NOMEM.  On failure some keys of
 * the file may have been set.
 */
enum hc_status hc_config_read(struct hc_config *config, const char *path,
    struct hc_error *err);

/* hc_config_get(config, key): the value, ${config}'s own; NULL if not set. */
const char *hc_config_get(const struct hc_config *config,
    enum hc_config_key key);

/* hc_config_where(config, key): who set it, as "/etc/hc/hc.conf:3", for
   messages; "" if not set. */
const char *hc_config_where(const struct hc_config *config,
    enum hc_config_key key);

/* hc_config_name(key): "db", "mail.from". */
const char *hc_config_name(enum hc_config_key key);

#endif
