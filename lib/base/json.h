/*
 * JSON in and out: the home of jansson.
 *
 * A parsed text is a tree that belongs to its root; hc_json_free(root)
 * frees all.  Text in it is valid UTF-8 without NUL bytes.  All functions
 * that look into a tree accept NULL and say "nothing there", so that
 * hc_json_text(hc_json_get(hc_json_get(root, "a"), "b")) is safe.
 */
#ifndef HC_BASE_JSON_H
#define HC_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

struct hc_json;

/*
 * hc_json_parse(json, text, len, err):
 * Read the ${len} bytes, which must be one JSON value (RFC 8259) without
 * doubled keys.  On HC_OK the caller frees ${json} with hc_json_free(); on
 * failure it is NULL.
 * Returns HC_OK; HC_INVALID with the place and the words; HC_NOMEM.
 */
enum hc_status hc_json_parse(struct hc_json **json, const char *text,
    size_t len, struct hc_error *err);
void hc_json_free(struct hc_json *json);

/* hc_json_get(object, key): its member ${key}; NULL if it has none. */
const struct hc_json *hc_json_get(const struct hc_json *object,
    const char *key);

/* hc_json_at(array, i): its ${i}th element from 0; NULL if it has none. */
const struct hc_json *hc_json_at(const struct hc_json *array, size_t i);

/* hc_json_size(json): members of an object or elements of an array; 0. */
size_t hc_json_size(const struct hc_json *json);

bool hc_json_is_object(const struct hc_json *json);
bool hc_json_is_array(const struct hc_json *json);

/* hc_json_text(json): the text of a string, the tree's own; NULL if it is
   no string. */
const char *hc_json_text(const struct hc_json *json);

/* hc_json_integer(json, otherwise): a whole number; ${otherwise} if it is
   none. */
int64_t hc_json_integer(const struct hc_json *json, int64_t otherwise);

/* hc_json_true(json): is it the word true? */
bool hc_json_true(const struct hc_json *json);

/*
 * hc_json_next(object, iterator, key):
 * Go through the members of ${object} in their order: the first for a
 * ${iterator} of NULL, then the next, NULL after the last.  ${key} is the
 * member's name, the tree's own.
 */
const struct hc_json *hc_json_next(const struct hc_json *object,
    void **iterator, const char **key);

/*
 * hc_json_format(json, out):
 * Append the value without spaces, keys sorted by bytes: equal values have
 * equal texts.  A failed append is remembered by ${out}.
 */
void hc_json_format(const struct hc_json *json, struct hc_buf *out);

/*
 * hc_json_quote(text, out):
 * Append ${text} (valid UTF-8) as a JSON string with its quotes; NULL as
 * null.
 */
void hc_json_quote(const char *text, struct hc_buf *out);

#endif
