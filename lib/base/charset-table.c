/* Double-byte characters as tables, read from iconv(3). */
#include <iconv.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/charset-table.h"

static struct hc_charset_table table;
static bool complete;

/* Convert one character; 0 if it is none, or not a single one. */
static unsigned int
convert(iconv_t cd, const unsigned char *from, size_t len)
{
	unsigned char to[4];
	char *in = (char *)from, *out = (char *)to;
	size_t room = sizeof(to);

	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &in, &len, &out, &room) != 0 || room != 2)
		return 0;
	return (unsigned int)to[0] << 8 | to[1];
}

/* All of ${first} to ${last} as lead, before each trail from 0x40. */
static void
read_pairs(iconv_t cd, uint16_t *pairs, int first, int last)
{
	unsigned char bytes[2];
	int lead, trail;

	for (lead = first; lead <= last; lead++)
		for (trail = 0x40; trail <= 0xfe; trail++) {
			bytes[0] = (unsigned char)lead;
			bytes[1] = (unsigned char)trail;
			pairs[lead << 8 | trail] =
			    (uint16_t)convert(cd, bytes, 2);
		}
}

static bool
read_cp932(void)
{
	iconv_t cd;

	if ((cd = iconv_open("UTF-16BE", "CP932")) == (iconv_t)-1)
		return false;
	read_pairs(cd, table.cp932, 0x81, 0x9f);
	read_pairs(cd, table.cp932, 0xe0, 0xfc);
	iconv_close(cd);
	return true;
}

static bool
read_eucjp(void)
{
	unsigned char bytes[3] = { 0x8f, 0, 0 };
	iconv_t cd;
	int lead, trail;

	if ((cd = iconv_open("UTF-16BE", "EUC-JP-MS")) == (iconv_t)-1)
		return false;
	read_pairs(cd, table.eucjp, 0xa1, 0xfe);
	for (lead = 0xa1; lead <= 0xfe; lead++)
		for (trail = 0xa1; trail <= 0xfe; trail++) {
			bytes[1] = (unsigned char)lead;
			bytes[2] = (unsigned char)trail;
			table.eucjp3[lead << 8 | trail] =
			    (uint16_t)convert(cd, bytes, 3);
		}
	iconv_close(cd);
	return true;
}

/*
 * The way back is asked for again: where CP932 has a character twice (NEC
 * and IBM), iconv knows which of them Windows writes.
 */
static bool
read_to_cp932(void)
{
	unsigned char bytes[2];
	unsigned int c, i;
	iconv_t cd;

	if ((cd = iconv_open("CP932", "UTF-16BE")) == (iconv_t)-1)
		return false;
	for (i = 0x8140; i <= 0xffff; i++) {
		if ((c = table.cp932[i]) == 0 || table.to_cp932[c] != 0)
			continue;
		bytes[0] = (unsigned char)(c >> 8);
		bytes[1] = (unsigned char)c;
		table.to_cp932[c] = (uint16_t)convert(cd, bytes, 2);
	}
	for (i = 0xa1; i <= 0xdf; i++)
		table.to_cp932[0xff61 + i - 0xa1] = (uint16_t)i;
	iconv_close(cd);
	return true;
}

static void
read_all(void)
{
	complete = read_cp932() && read_eucjp() && read_to_cp932();
}

const struct hc_charset_table *
hc_charset_table(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, read_all);
	return complete ? &table : NULL;
}
