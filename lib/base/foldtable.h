/*
 * The table that scripts/gen-fold makes, for fold.c alone.
 *
 * The entry of character c is
 *	hc_fold_entry[hc_fold_page[c / 128] * 128 + c % 128]:
 * one of the codes below, or, from HC_FOLD_POOL on, an offset in
 * hc_fold_pool, where a byte with the length (128 added if some character
 * in it may combine with what is around) and the UTF-8 text stand.
 */
#ifndef HC_BASE_FOLDTABLE_H
#define HC_BASE_FOLDTABLE_H

#define HC_FOLD_PAGES (0x110000 / 128)

enum {
	HC_FOLD_COPY,		/* stays as it is */
	HC_FOLD_DROP,		/* accents, apostrophes, invisible ones */
	HC_FOLD_SPACE,		/* parts words */
	HC_FOLD_HYPHEN,		/* parts words, or lengthens a kana */
	HC_FOLD_VOICED,		/* makes the kana before it voiced */
	HC_FOLD_SEMIVOICED,
	HC_FOLD_REPEAT,		/* 々 */
	HC_FOLD_REPEAT_KANA,	/* ゝ */
	HC_FOLD_REPEAT_VOICED,	/* ゞ */
	HC_FOLD_STOP,		/* full stops and commas */
	HC_FOLD_COMBINES,	/* stays, but may combine: NFC is needed */
	HC_FOLD_POOL = 16
};

extern const unsigned short hc_fold_page[HC_FOLD_PAGES];
extern const unsigned short hc_fold_entry[];
extern const unsigned char hc_fold_pool[];

#endif
