/*
 * Reading the XML parts of Office files as a stream: names without their
 * namespaces, the strict and the transitional ones being the same, and
 * nothing that a hostile file could make use of: no document types, so no
 * entities and no other files; bounded depth, tokens and memory.
 */
#ifndef HC_BASE_XML_H
#define HC_BASE_XML_H

#include <stddef.h>

#include "base/status.h"
#include "base/zip.h"

#define HC_XML_DEPTH_MAX	256
#define HC_XML_TOKEN_MAX	1048576		/* bytes of one tag */
#define HC_XML_MEMORY_MAX	33554432	/* bytes of the parser */

/*
 * What is called for the elements of SpreadsheetML, WordprocessingML and of
 * relationships, by their names without a prefix.  Elements of other
 * namespaces are passed over, what stands inside them is not; but of
 * alternatives (mc:AlternateContent) only the fallback is read.  Any of the
 * three may be NULL.
 */
struct hc_xml_handler {
	void (*start)(void *arg, const char *name, const char **attributes);
	void (*end)(void *arg, const char *name);
	void (*text)(void *arg, const char *text, size_t len);
};

struct hc_xml;

/*
 * hc_xml_open(xml, zip, part, handler, arg, err):
 * Begin to read a part of ${zip}; ${err} takes the words until hc_xml_close().
 * HC_OK, else as hc_zip_part_open().
 */
enum hc_status hc_xml_open(struct hc_xml **xml, struct hc_zip *zip,
    const char *part, const struct hc_xml_handler *handler, void *arg,
    struct hc_error *err) __attribute__((nonnull(1, 2, 3, 4, 6)));

/*
 * hc_xml_run(xml):
 * Read on until a handler calls hc_xml_pause(): HC_OK; or to the end:
 * HC_NOTFOUND.  HC_INVALID if it is not XML or beyond the limits, HC_IO,
 * HC_NOMEM, or what a handler gave to hc_xml_fail(); nothing can be read
 * after these.
 */
enum hc_status hc_xml_run(struct hc_xml *xml);

/* hc_xml_pause(xml), hc_xml_fail(xml, status): for handlers only.  After a
   pause the end of an empty element may still be reported. */
void hc_xml_pause(struct hc_xml *xml);
void hc_xml_fail(struct hc_xml *xml, enum hc_status status);

void hc_xml_close(struct hc_xml *xml);

/* hc_xml_attribute(attributes, name): its value, NULL if it is not there.
   "r:id" is the attribute that names a relationship; others stand without
   prefix. */
const char *hc_xml_attribute(const char **attributes, const char *name);

#endif
