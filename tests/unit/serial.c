/* Tests of base/serial.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/serial.h"

static const struct {
	unsigned int id;
	const char *code;
	enum hc_serial serial;
} formats[] = {
	{ 0, NULL, HC_SERIAL_NUMBER },
	{ 13, NULL, HC_SERIAL_NUMBER },
	{ 14, NULL, HC_SERIAL_DATE },
	{ 18, NULL, HC_SERIAL_TIME },
	{ 22, NULL, HC_SERIAL_DATE },
	{ 23, NULL, HC_SERIAL_NUMBER },
	{ 27, NULL, HC_SERIAL_DATE },
	{ 31, NULL, HC_SERIAL_DATE },
	{ 32, NULL, HC_SERIAL_TIME },
	{ 33, NULL, HC_SERIAL_TIME },
	{ 36, NULL, HC_SERIAL_DATE },
	{ 37, NULL, HC_SERIAL_NUMBER },
	{ 45, NULL, HC_SERIAL_TIME },
	{ 46, NULL, HC_SERIAL_ELAPSED },
	{ 49, NULL, HC_SERIAL_NUMBER },
	{ 50, NULL, HC_SERIAL_DATE },
	{ 56, NULL, HC_SERIAL_DATE },
	{ 58, NULL, HC_SERIAL_DATE },
	{ 59, NULL, HC_SERIAL_NUMBER },
	/* A code says more than its number. */
	{ 14, "0", HC_SERIAL_NUMBER },
	{ 56, "m\"月\"d\"日\"", HC_SERIAL_DATE },
	{ 200, "", HC_SERIAL_NUMBER },
	{ 200, "@", HC_SERIAL_NUMBER },
	{ 200, "General", HC_SERIAL_NUMBER },
	{ 200, "general\"歳\"", HC_SERIAL_NUMBER },
	{ 200, "G/標準", HC_SERIAL_NUMBER },
	{ 200, "G/標準\"年\"", HC_SERIAL_NUMBER },
	{ 200, "0.00E+00", HC_SERIAL_NUMBER },
	{ 200, "##0.0e-0", HC_SERIAL_NUMBER },
	{ 200, "[Red]0", HC_SERIAL_NUMBER },
	{ 200, "[Magenta]#,##0", HC_SERIAL_NUMBER },
	{ 200, "[DBNum1][$-411]0", HC_SERIAL_NUMBER },
	{ 200, "0\"day\"", HC_SERIAL_NUMBER },
	{ 200, "0\\d", HC_SERIAL_NUMBER },
	{ 200, "_d0*y", HC_SERIAL_NUMBER },
	{ 200, "0;yyyy", HC_SERIAL_NUMBER },
	{ 200, "\"unclosed yyyy", HC_SERIAL_NUMBER },
	{ 200, "[h", HC_SERIAL_ELAPSED },
	{ 200, "0\\", HC_SERIAL_NUMBER },
	{ 200, "yyyy/m/d;@", HC_SERIAL_DATE },
	{ 200, "[$-411]ge.m.d;@", HC_SERIAL_DATE },
	{ 200, "ggge\"年\"", HC_SERIAL_DATE },
	{ 200, "[$-411]gggE\"年度\"", HC_SERIAL_DATE },
	{ 200, "rr", HC_SERIAL_DATE },
	{ 200, "aaa", HC_SERIAL_DATE },
	{ 200, "m", HC_SERIAL_DATE },
	{ 200, "[Blue]m/d", HC_SERIAL_DATE },
	{ 200, "yyyy/mm/dd\\ hh:mm", HC_SERIAL_DATE },
	{ 200, "h:mm", HC_SERIAL_TIME },
	{ 200, "h:mm AM/PM", HC_SERIAL_TIME },
	{ 200, "mm:ss.0", HC_SERIAL_TIME },
	{ 200, "[h]:mm", HC_SERIAL_ELAPSED },
	{ 200, "[mm]:ss", HC_SERIAL_ELAPSED },
	{ 200, "[ss]", HC_SERIAL_ELAPSED },
};

static void
kinds(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (hc_serial_kind(formats[i].id, formats[i].code) !=
		    formats[i].serial)
			fail_msg("%u %s", formats[i].id, formats[i].code);
}

#define NUMBER HC_SERIAL_NUMBER, false
#define DATE HC_SERIAL_DATE, false
#define DATE1904 HC_SERIAL_DATE, true
#define TIME HC_SERIAL_TIME, false
#define ELAPSED HC_SERIAL_ELAPSED, false

static const struct {
	double value;
	enum hc_serial serial;
	bool from1904;
	enum hc_book_kind kind;
	const char *text;
} values[] = {
	{ 0, NUMBER, HC_BOOK_NUMBER, "0" },
	{ -0.0, NUMBER, HC_BOOK_NUMBER, "0" },
	{ 48000001, NUMBER, HC_BOOK_NUMBER, "48000001" },
	{ -12, NUMBER, HC_BOOK_NUMBER, "-12" },
	{ 36.5, NUMBER, HC_BOOK_NUMBER, "36.5" },
	{ 0.1 + 0.2, NUMBER, HC_BOOK_NUMBER, "0.3" },
	{ 0.00001, NUMBER, HC_BOOK_NUMBER, "0.00001" },
	{ 0.000012345, NUMBER, HC_BOOK_NUMBER, "0.000012345" },
	{ 123456789012345.0, NUMBER, HC_BOOK_NUMBER, "123456789012345" },
	{ 4503599627370497.0, NUMBER, HC_BOOK_NUMBER, "4503599627370497" },
	{ 1e20, NUMBER, HC_BOOK_NUMBER, "1E+20" },
	{ 1.5e-12, NUMBER, HC_BOOK_NUMBER, "1.5E-12" },
	{ 1.0 / 3, NUMBER, HC_BOOK_NUMBER, "0.333333333333333" },
	{ 44425, NUMBER, HC_BOOK_NUMBER, "44425" },
	{ 44425, DATE, HC_BOOK_DATE, "2021-08-17" },
	{ 44425.5, DATE, HC_BOOK_DATE, "2021-08-17T12:00:00" },
	{ 44425.5, TIME, HC_BOOK_DATE, "2021-08-17T12:00:00" },
	{ 44424.9999999, DATE, HC_BOOK_DATE, "2021-08-17" },
	{ 1, DATE, HC_BOOK_DATE, "1900-01-01" },
	{ 59, DATE, HC_BOOK_DATE, "1900-02-28" },
	{ 60, DATE, HC_BOOK_DATE, "1900-02-29" },
	{ 61, DATE, HC_BOOK_DATE, "1900-03-01" },
	{ 2958465, DATE, HC_BOOK_DATE, "9999-12-31" },
	{ 2958466, DATE, HC_BOOK_NUMBER, "2958466" },
	{ 20200314, DATE, HC_BOOK_NUMBER, "20200314" },
	{ -1, DATE, HC_BOOK_NUMBER, "-1" },
	{ 0, DATE, HC_BOOK_NUMBER, "0" },
	{ 0.25, DATE, HC_BOOK_TIME, "06:00:00" },
	{ 0, DATE1904, HC_BOOK_DATE, "1904-01-01" },
	{ 1, DATE1904, HC_BOOK_DATE, "1904-01-02" },
	{ 42963, DATE1904, HC_BOOK_DATE, "2021-08-17" },
	{ 2957003, DATE1904, HC_BOOK_DATE, "9999-12-31" },
	{ 2957004, DATE1904, HC_BOOK_NUMBER, "2957004" },
	{ 0, TIME, HC_BOOK_TIME, "00:00:00" },
	{ 0.395833333333333, TIME, HC_BOOK_TIME, "09:30:00" },
	{ 0.9999999, ELAPSED, HC_BOOK_TIME, "24:00:00" },
	{ 1.0625, ELAPSED, HC_BOOK_TIME, "25:30:00" },
	{ 100, ELAPSED, HC_BOOK_TIME, "2400:00:00" },
};

static void
texts(void **state)
{
	char text[HC_SERIAL_SIZE];
	enum hc_book_kind kind;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		kind = hc_serial_text(values[i].value, values[i].serial,
		    values[i].from1904, text);
		assert_string_equal(text, values[i].text);
		assert_int_equal(kind, values[i].kind);
	}
}

/* Nothing that a double can be is too long or crashes. */
static void
extremes(void **state)
{
	static const uint64_t bits[] = { 0x7ff0000000000000,
		0xfff0000000000000, 0x7ff8000000000000, 0x7fefffffffffffff,
		0xffefffffffffffff, 1, 0x8000000000000001,
		0xc33fffffffffffff, 0xbf1a36e2eb1c432c };
	char text[HC_SERIAL_SIZE];
	double value;
	size_t i;
	int serial;

	(void)state;
	for (i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		for (serial = 0; serial < 4; serial++) {
			memcpy(&value, &bits[i], sizeof(value));
			hc_serial_text(value, (enum hc_serial)serial,
			    serial == 1, text);
			assert_in_range(strlen(text), 1, HC_SERIAL_SIZE - 1);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(texts),
		cmocka_unit_test(extremes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
