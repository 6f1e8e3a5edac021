/*
 * The form machine's own store: one file with link hashes, the forms they
 * show, and sealed answers.  No name, no address, no telephone number of
 * anyone but the office, and nothing that opens an answer.
 *
 *	bundle	a form as it came from the office; links name theirs
 *	link	hash of a token, when it is open, language, family rows
 *	answer	a sealed answer, kept until the office says it has it
 *	state	"generation" grows whenever bundles or links change, so that
 *		a server knows when to forget what it remembers
 *
 * One thread uses one store.
 */
#ifndef HC_TASK_FORM_STORE_H
#define HC_TASK_FORM_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "task/form_answer.h"
#include "task/token.h"

struct hc_form_store;

/*
 * hc_form_store_open(store, path):
 * Open the store in the file ${path}, and make it first where there is
 * none.  ${store} is set even on failure, for hc_form_store_error(), unless
 * memory ran out (then it is NULL); the caller closes it in any case.
 *
 * Returns HC_OK; HC_CONFIG if the file is a newer program's or something
 * else than a store; or what hc_db_open() returns.
 */
enum hc_status hc_form_store_open(struct hc_form_store **store,
    const char *path);
void hc_form_store_close(struct hc_form_store *store);

/* hc_form_store_error(store): the words of the last failure. */
const char *hc_form_store_error(const struct hc_form_store *store);

/* hc_form_store_patience(store, seconds): how long others are waited for. */
void hc_form_store_patience(struct hc_form_store *store, int seconds);

/* A transaction, as hc_db_begin() and the rest; what is changed outside of
   one is refused. */
enum hc_status hc_form_store_begin(struct hc_form_store *store);
enum hc_status hc_form_store_commit(struct hc_form_store *store);
void hc_form_store_rollback(struct hc_form_store *store);

/* hc_form_store_generation(store, generation): the present number. */
enum hc_status hc_form_store_generation(struct hc_form_store *store,
    int64_t *generation);

/*
 * hc_form_store_add_bundle(store, text, len, id):
 * Keep a bundle's JSON (already checked) and give its number; the one it
 * has if it is there already.
 */
enum hc_status hc_form_store_add_bundle(struct hc_form_store *store,
    const char *text, size_t len, int64_t *id);

/* hc_form_store_get_bundle(store, id, text): append the JSON of bundle
   ${id}, of the newest for 0.  HC_NOTFOUND if there is none. */
enum hc_status hc_form_store_get_bundle(struct hc_form_store *store,
    int64_t id, struct hc_buf *text);

struct hc_form_link {
	unsigned char hash[HC_TOKEN_HASH];
	int64_t bundle;
	const char *lang;
	const char *round;	/* what it is for, or NULL */
	const char *rows;	/* JSON, or NULL */
	const char *opens_at;	/* instants: from opens_at on, */
	const char *expires_at;	/* before expires_at */
	bool closed;		/* taken back by the office */
};

/* hc_form_store_put_link(store, link): insert it, or make it as ${link}
   says; nothing happens if it is so already. */
enum hc_status hc_form_store_put_link(struct hc_form_store *store,
    const struct hc_form_link *link);

/*
 * hc_form_store_get_link(store, hash, link):
 * Find a link.  Its strings are the store's, good until the next call.
 * HC_OK, HC_NOTFOUND, or the database's failure.
 */
enum hc_status hc_form_store_get_link(struct hc_form_store *store,
    const unsigned char hash[HC_TOKEN_HASH], struct hc_form_link *link);

#define HC_FORM_WAITING 50	/* answers of one link not yet taken away */

/*
 * hc_form_store_add_answer(store, id, link, at, sealed):
 * Keep an answer.  One with this id and link that is there already stays as
 * it is, which is HC_OK too.  HC_DENIED, and the transaction may go on, if
 * HC_FORM_WAITING answers of the link wait already: nobody corrects so
 * often, and a stolen link must not fill the disk.
 */
enum hc_status hc_form_store_add_answer(struct hc_form_store *store,
    const unsigned char id[HC_FORM_ID],
    const unsigned char link[HC_TOKEN_HASH], const char *at,
    const struct hc_buf *sealed);

/*
 * hc_form_store_take(store, after, limit, out):
 * Append up to ${limit} answers behind number ${*after} (0 at first), oldest
 * first, as lines "answer TAB link TAB at TAB sealed" (hexadecimal and
 * base64), and put the number of the last into ${*after}.  HC_NOTFOUND when
 * there are no more.
 */
enum hc_status hc_form_store_take(struct hc_form_store *store,
    int64_t *after, int limit, struct hc_buf *out);

/*
 * hc_form_store_drop(store, ids, dropped):
 * Remove the answers with these ids, HC_FORM_ID bytes each, one behind the
 * other, which the office has.  ${ids} is sorted on the way; ${dropped}
 * grows by those that were there.
 */
enum hc_status hc_form_store_drop(struct hc_form_store *store,
    struct hc_buf *ids, int64_t *dropped);

/*
 * hc_form_store_sweep(store, before, swept):
 * Remove links that expired before the instant ${before} and have no answer
 * waiting, then bundles without a link, but the newest, which still says
 * whom to telephone.  ${swept} grows by the links removed.
 */
enum hc_status hc_form_store_sweep(struct hc_form_store *store,
    const char *before, int64_t *swept);

#endif
