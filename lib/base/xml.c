/* Reading XML with expat. */
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/i18n.h"

#include "base/xml.h"

#define CHUNK 65536
#define BAR '|'		/* between namespace and name, as expat gives them */

struct hc_xml {
	XML_Parser parser;
	struct hc_zip_part *part;
	char *name;		/* of the part, for messages */
	const struct hc_xml_handler *handler;
	void *arg;
	struct hc_error *err;
	enum hc_status status;	/* not HC_OK: reading has ended */
	bool paused;
	bool end;		/* of the part, not yet of what was read */
	int depth;
	int skip;		/* depth of the alternative that is left out;
				   0 if none */
	size_t unreported;	/* bytes read since the last event */
};

enum space { OFFICE, RELATION, ALTERNATIVE, OTHER };

/* The namespaces, in the order in which they are met most. */
#define SPACE(uri, space) { uri "|", sizeof(uri "|") - 1, space }
static const struct {
	const char *prefix;	/* of a name, as expat gives it */
	size_t len;
	enum space space;
} spaces[] = {
	SPACE("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
	    OFFICE),
	SPACE("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	    OFFICE),
	SPACE("http://purl.oclc.org/ooxml/spreadsheetml/main", OFFICE),
	SPACE("http://purl.oclc.org/ooxml/wordprocessingml/main", OFFICE),
	SPACE("http://schemas.openxmlformats.org/package/2006/relationships",
	    OFFICE),
	SPACE("http://schemas.openxmlformats.org/officeDocument/2006/"
	    "relationships", RELATION),
	SPACE("http://purl.oclc.org/ooxml/officeDocument/relationships",
	    RELATION),
	SPACE("http://schemas.openxmlformats.org/markup-compatibility/2006",
	    ALTERNATIVE),
};

/*
 * expat keeps every name that it has met, so a file of nothing but new names
 * would fill the memory.  It asks for memory without saying for which
 * parser; so what all parsers of this thread have is counted.
 */
static _Thread_local size_t taken;
static _Thread_local bool too_much;

static void *
take(void *old, size_t size)
{
	size_t before = old != NULL ? malloc_usable_size(old) : 0;
	void *p;

	if (size > HC_XML_MEMORY_MAX || taken > HC_XML_MEMORY_MAX) {
		too_much = true;
		return NULL;
	}
	if ((p = realloc(old, size)) == NULL)
		return NULL;
	taken += malloc_usable_size(p) - before;
	return p;
}

static void *
take_new(size_t size)
{
	return take(NULL, size);
}

static void
give_back(void *p)
{
	if (p != NULL)
		taken -= malloc_usable_size(p);
	free(p);
}

/* The namespace of ${*name}, which is moved to the name itself.  A name
   without any is taken for one of ours: some programs leave them out. */
static enum space
split(const char **name)
{
	const char *bar;
	size_t i;

	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (strncmp(*name, spaces[i].prefix, spaces[i].len) == 0) {
			*name += spaces[i].len;
			return spaces[i].space;
		}
	if ((bar = strrchr(*name, BAR)) == NULL)
		return OFFICE;
	*name = bar + 1;
	return OTHER;
}

static void
fail(struct hc_xml *xml, enum hc_status status)
{
	if (xml->status == HC_OK)
		xml->status = status;
	XML_StopParser(xml->parser, XML_FALSE);
}

/* expat may go on for an event or two after it was stopped. */
static bool
reported(const struct hc_xml *xml, enum space space)
{
	return space == OFFICE && xml->skip == 0 && xml->status == HC_OK;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct hc_xml *xml = arg;
	enum space space = split(&name);

	xml->unreported = 0;
	if (++xml->depth > HC_XML_DEPTH_MAX) {
		fail(xml, hc_error_set(xml->err, HC_INVALID,
		    _("the file is nested too deep ('%s')"), xml->name));
		return;
	}
	if (xml->skip == 0 && space == ALTERNATIVE &&
	    strcmp(name, "Choice") == 0)
		xml->skip = xml->depth;
	if (reported(xml, space) && xml->handler->start != NULL)
		xml->handler->start(xml->arg, name, attributes);
}

static void
on_end(void *arg, const char *name)
{
	struct hc_xml *xml = arg;
	enum space space = split(&name);

	xml->unreported = 0;
	if (reported(xml, space) && xml->handler->end != NULL)
		xml->handler->end(xml->arg, name);
	if (xml->skip == xml->depth)
		xml->skip = 0;
	xml->depth--;
}

static void
on_text(void *arg, const char *text, int len)
{
	struct hc_xml *xml = arg;

	xml->unreported = 0;
	if (reported(xml, OFFICE) && xml->handler->text != NULL)
		xml->handler->text(xml->arg, text, (size_t)len);
}

static void
on_doctype(void *arg, const char *name, const char *system_id,
    const char *public_id, int internal)
{
	struct hc_xml *xml = arg;

	(void)name;
	(void)system_id;
	(void)public_id;
	(void)internal;
	fail(xml, hc_error_set(xml->err, HC_INVALID, _("the file defines "
	    "entities ('%s'), which no Office program writes and which are "
	    "not read for safety"), xml->name));
}

static enum hc_status
open_parser(struct hc_xml *xml)
{
	static const XML_Memory_Handling_Suite memory = {
		take_new, take, give_back
	};
	static const char bar[] = { BAR, '\0' };

	xml->parser = XML_ParserCreate_MM(NULL, &memory, bar);
	if (xml->parser == NULL)
		return hc_error_nomem(xml->err);
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_start, on_end);
	XML_SetCharacterDataHandler(xml->parser, on_text);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
	return HC_OK;
}

enum hc_status
hc_xml_open(struct hc_xml **out, struct hc_zip *zip, const char *part,
    const struct hc_xml_handler *handler, void *arg, struct hc_error *err)
{
	struct hc_xml *xml;
	enum hc_status rc;

	*out = NULL;
	if ((xml = calloc(1, sizeof(*xml))) == NULL)
		return hc_error_nomem(err);
	xml->handler = handler;
	xml->arg = arg;
	xml->err = err;
	if ((xml->name = strdup(part)) == NULL)
		rc = hc_error_nomem(err);
	else if ((rc = open_parser(xml)) == HC_OK)
		rc = hc_zip_part_open(&xml->part, zip, part, err);
	if (rc != HC_OK) {
		hc_xml_close(xml);
		xml = NULL;
	}
	*out = xml;
	return rc;
}

void
hc_xml_close(struct hc_xml *xml)
{
	if (xml == NULL)
		return;
	if (xml->parser != NULL)
		XML_ParserFree(xml->parser);
	hc_zip_part_close(xml->part);
	free(xml->name);
	free(xml);
}

/* expat has stopped, on its own account or because of a handler. */
static enum hc_status
fault(struct hc_xml *xml)
{
	enum XML_Error code = XML_GetErrorCode(xml->parser);

	if (xml->status != HC_OK)
		return xml->status;
	if (code == XML_ERROR_NO_MEMORY)
		return !too_much ? hc_error_nomem(xml->err) :
		    hc_error_set(xml->err, HC_INVALID, _("the file holds more "
		    "different names than any Office program writes ('%s')"),
		    xml->name);
	return hc_error_set(xml->err, HC_INVALID, _("the file is damaged "
	    "('%s', line %lu: %s): ask for it again, or let Excel repair it"),
	    xml->name, (unsigned long)XML_GetCurrentLineNumber(xml->parser),
	    XML_ErrorString(code));
}

/* Give the parser the next bytes. */
static enum hc_status
feed(struct hc_xml *xml, enum XML_Status *answer)
{
	void *bytes = XML_GetBuffer(xml->parser, CHUNK);
	enum hc_status rc;
	size_t got;

	if (bytes == NULL)
		return fault(xml);
	if ((rc = hc_zip_part_read(xml->part, bytes, CHUNK, &got,
	    xml->err)) != HC_OK)
		return rc;
	xml->end = got == 0;
	*answer = XML_ParseBuffer(xml->parser, (int)got, got == 0);
	/* A tag that does not end would be kept until it does. */
	if ((xml->unreported += got) > HC_XML_TOKEN_MAX)
		return hc_error_set(xml->err, HC_INVALID,
		    _("the file holds a tag that is too long ('%s')"),
		    xml->name);
	return HC_OK;
}

enum hc_status
hc_xml_run(struct hc_xml *xml)
{
	enum XML_Status answer = XML_STATUS_OK;
	enum hc_status rc = HC_OK;

	if (xml->status != HC_OK)
		return xml->status;
	too_much = false;
	if (xml->paused) {
		xml->paused = false;
		answer = XML_ResumeParser(xml->parser);
	}
	while (answer == XML_STATUS_OK && !xml->end && rc == HC_OK)
		rc = feed(xml, &answer);
	if (rc == HC_OK && answer == XML_STATUS_SUSPENDED)
		return HC_OK;
	if (rc == HC_OK)
		rc = answer == XML_STATUS_ERROR ? fault(xml) : HC_NOTFOUND;
	/* What a handler said comes first. */
	if (xml->status == HC_OK)
		xml->status = rc;
	return xml->status;
}

void
hc_xml_pause(struct hc_xml *xml)
{
	if (XML_StopParser(xml->parser, XML_TRUE) == XML_STATUS_OK)
		xml->paused = true;
}

void
hc_xml_fail(struct hc_xml *xml, enum hc_status status)
{
	fail(xml, status);
}

const char *
hc_xml_attribute(const char **attributes, const char *name)
{
	enum space wanted = OFFICE;
	const char *own;

	if (strncmp(name, "r:", 2) == 0) {
		wanted = RELATION;
		name += 2;
	}
	for (; *attributes != NULL; attributes += 2) {
		own = *attributes;
		if (split(&own) == wanted && strcmp(own, name) == 0)
			return attributes[1];
	}
	return NULL;
}
