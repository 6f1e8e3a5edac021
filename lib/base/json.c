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
 * jansson calls a token that it has no memory for an invalid one.  What is
 * damaged and what could not be read must not be mixed up, so its requests
 * go through here.
 */
static _Thread_local bool starved;

static void *
request(size_t size)
{
	void *memory = malloc(size);

	starved = starved || memory == NULL;
	return memory;
}

static void
watch_memory(void)
{
	json_set_alloc_funcs(request, free);
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
	starved = false;
	/* jansson takes a NUL for the end and does not look behind it. */
	if (memchr(text, '\0', len) != NULL)
		return hc_error_set(err, HC_INVALID,
		    _("not JSON: it holds a NUL byte"));
	root = json_loadb(text, len, JSON_REJECT_DUPLICATES |
	    JSON_DECODE_ANY, &why);
	if (root == NULL && starved)
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
			hc_buf_printf(out, "\\%c", text[n]);
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
