/*
 * The types of fields.  Every value has one canonical text, which is what
 * programs pipe to each other, what the change log keeps, and what a
 * struct hc_record holds; absent is NULL, never "".
 */
#ifndef HC_BASE_TYPE_H
#define HC_BASE_TYPE_H

enum hc_type {
	HC_TYPE_TEXT,		/* any text: UTF-8, NFC */
	HC_TYPE_INTEGER,	/* -12 */
	HC_TYPE_DECIMAL,	/* 37.5: as many decimals as the field has;
				   stored as the integer 375 */
	HC_TYPE_DATE,		/* 2020-12-25, in the office's time zone */
	HC_TYPE_INSTANT,	/* 2020-12-25T00:30:00Z */
	HC_TYPE_YESNO,		/* 1 or 0 */
	HC_TYPE_CHOICE,		/* a code of the field's choice list */
	HC_TYPE_MULTI,		/* codes in the list's order, joined by ';' */
	HC_TYPE_REF,		/* the id of a record of another entity */
	HC_TYPE_PHONE,		/* as written, tidied; digits stand beside */
	HC_TYPE_EMAIL		/* one address */
};

/* hc_type_parse(name, type): "text" to HC_TYPE_TEXT; 0, or -1 if unknown. */
int hc_type_parse(const char *name, enum hc_type *type);

/* hc_type_name(type): HC_TYPE_TEXT to "text". */
const char *hc_type_name(enum hc_type type);

#endif
