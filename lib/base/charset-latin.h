/*
 * The Western encodings Windows-1252 and ISO-8859-1: what their bytes are, and
 * whether a text looks like one of them.  For charset*.c.
 */
#ifndef HC_BASE_CHARSET_LATIN_H
#define HC_BASE_CHARSET_LATIN_H

#include <stdbool.h>
#include <stddef.h>

struct hc_charset_look;

/* hc_charset_latin_point(byte, windows): the character of a byte from 0x80;
   0 if it is none, as 0x80 to 0x9f without ${windows}. */
unsigned int hc_charset_latin_point(unsigned char byte, bool windows);

/* hc_charset_latin_look(look, bytes, len): count the bytes from 0x80; points
   for one or two of them beside plain letters, as in José. */
void hc_charset_latin_look(struct hc_charset_look *look,
    const unsigned char *bytes, size_t len);

/* hc_charset_latin_like(look): is it a Western text?  Words of such bytes are
   something else. */
bool hc_charset_latin_like(const struct hc_charset_look *look);

#endif
