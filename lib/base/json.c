/* JSON in and out, by jansson.  A struct hc_json is its json_t. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/i18n.h"

#include "base/json.h"

static json_t *
inner(const struct hc_json *json)
{
	/* jansson takes no const pointers where it only reads. */
	return (json_t *)(uintptr_t)json;
}

static const struct hc_json *
outer(const json_t *json)
{
	return (const struct hc_json *)json;
}

/*
 * jansson does not look whether it got the memory for a token: it calls the
 * text invalid then, leaves something out, or aborts.  So its parser works
 * with a reserve behind it, out of which it is served when there is no memory,
 * and what it made then is thrown away.
 */
#define RESERVE(len) (128 * (len) + 4096)	/* no text needs more */

static _Thread_local struct {
	char *data;		/* NULL: nothing is being parsed */
	size_t used, size;
} reserve;

static void *
request(size_t size)
{
	void *memory = malloc(size);

	if (memory != NULL || reserve.data == NULL ||
	    size > reserve.size - reserve.used)
		return memory;
	memory = reserve.data + reserve.used;
	size = (size + 15) / 16 * 16;
	reserve.used = size < reserve.size - reserve.used ?
	    reserve.used + size : reserve.size;
	return memory;
}

static void
release(void *memory)
{
	uintptr_t at = (uintptr_t)memory, begin = (uintptr_t)reserve.data;

	if (reserve.data == NULL || at < begin || at >= begin + reserve.size)
		free(memory);
}

static void
watch_memory(void)
{
	json_set_alloc_funcs(request, release);
}

/* HC_NOMEM, or what jansson made of it: NULL if it is no JSON. */
static enum hc_status
load(json_t **root, const char *text, size_t len, json_error_t *why)
{
	enum hc_status rc = HC_OK;

	*root = NULL;
	reserve.used = 0;
	reserve.size = RESERVE(len);
	if (len > SIZE_MAX / 256 ||
	    (reserve.data = malloc(reserve.size)) == NULL)
		return HC_NOMEM;
	*root = json_loadb(text, len, JSON_REJECT_DUPLICATES |
	    JSON_DECODE_ANY, why);
	if (reserve.used > 0) {
		json_decref(*root);
		rc = HC_NOMEM;
	}
	free(reserve.data);
	reserve.data = NULL;
	return rc;
}

enum hc_status
hc_json_parse(struct hc_json **json, const char *text, size_t len,
    struct hc_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	json_error_t why;
	json_t *root;

	*json = NULL;
	pthread_once(&once, watch_memory);
	/* jansson takes a NUL for the end and does not look behind it. */
	if (memchr(text, '\0', len) != NULL)
		return hc_error_set(err, HC_INVALID,
		    _("not JSON: it holds a NUL byte"));
	if (load(&root, text, len, &why) != HC_OK)
		return hc_error_nomem(err);
	if (root == NULL)
		return hc_error_set(err, HC_INVALID,
		    _("not JSON: %s (line %d, column %d)"), why.text,
		    why.line, why.column);
	*json = (struct hc_json *)root;
	return HC_OK;
}

void
hc_json_free(struct hc_json *json)
{
	json_decref(inner(json));
}

const struct hc_json *
hc_json_get(const struct hc_json *object, const char *key)
{
	return outer(json_object_get(inner(object), key));
}

const struct hc_json *
hc_json_at(const struct hc_json *array, size_t i)
{
	return outer(json_array_get(inner(array), i));
}

size_t
hc_json_size(const struct hc_json *json)
{
	return json_is_object(inner(json)) ? json_object_size(inner(json)) :
	    json_array_size(inner(json));
}

bool
hc_json_is_object(const struct hc_json *json)
{
	return json_is_object(inner(json));
}

bool
hc_json_is_array(const struct hc_json *json)
{
	return json_is_array(inner(json));
}

const char *
hc_json_text(const struct hc_json *json)
{
	return json_string_value(inner(json));
}

int64_t
hc_json_integer(const struct hc_json *json, int64_t otherwise)
{
	return json_is_integer(inner(json)) ?
	    json_integer_value(inner(json)) : otherwise;
}

bool
hc_json_true(const struct hc_json *json)
{
	return json_is_true(inner(json));
}

const struct hc_json *
hc_json_next(const struct hc_json *object, void **iterator, const char **key)
{
	*iterator = *iterator == NULL ? json_object_iter(inner(object)) :
	    json_object_iter_next(inner(object), *iterator);
	if (*iterator == NULL)
		return NULL;
	*key = json_object_iter_key(*iterator);
	return outer(json_object_iter_value(*iterator));
}

static int
append(const char *data, size_t len, void *arg)
{
	struct hc_buf *out = arg;

	hc_buf_add(out, data, len);
	return hc_buf_failed(out) ? -1 : 0;
}

void
hc_json_format(const struct hc_json *json, struct hc_buf *out)
{
	if (json_dump_callback(inner(json), append, out, JSON_COMPACT |
	    JSON_SORT_KEYS | JSON_ENCODE_ANY) != 0)
		out->failed = true;
}

void
hc_json_quote(const char *text, struct hc_buf *out)
{
	size_t n;

	if (text == NULL) {
		hc_buf_puts(out, "null");
		return;
	}
	hc_buf_putc(out, '"');
	for (; *text != '\0'; text += n) {
		for (n = 0; (unsigned char)text[n] >= 0x20 &&
		    text[n] != '"' && text[n] != '\\'; n++)
			continue;
		hc_buf_add(out, text, n);
		if (text[n] == '\0')
			break;
		if ((unsigned char)text[n] >= 0x20)
			hc_buf_add(out, (char []){ '\\', text[n] }, 2);
		else if (text[n] == '\n')
			hc_buf_puts(out, "\\n");
		else if (text[n] == '\t')
			hc_buf_puts(out, "\\t");
		else
			hc_buf_printf(out, "\\u%04x", (unsigned char)text[n]);
		n++;
	}
	hc_buf_putc(out, '"');
}
