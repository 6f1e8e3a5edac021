/* A workbook, whatever kind of file it was. */
#include "base/i18n.h"

#include "base/book.h"

enum hc_status
hc_book_select(struct hc_book *book, size_t sheet)
{
	if (sheet >= book->nsheets)
		return hc_error_set(&book->error, HC_NOTFOUND,
		    _("there is no sheet %zu, only %zu"), sheet + 1,
		    book->nsheets);
	return book->driver->select(book, sheet);
}

enum hc_status
hc_book_next(struct hc_book *book, struct hc_book_row *row)
{
	return book->driver->next(book, row);
}

bool
hc_book_hidden(const struct hc_book *book, size_t column)
{
	return book->driver->hidden(book, column);
}

void
hc_book_letter(size_t column, char out[8])
{
	char reversed[8];
	size_t n = 0, i;

	for (column++; column > 0 && n < sizeof(reversed) - 1; column =
	    (column - 1) / 26)
		reversed[n++] = (char)('A' + (column - 1) % 26);
	for (i = 0; i < n; i++)
		out[i] = reversed[n - 1 - i];
	out[n] = '\0';
}

void
hc_book_close(struct hc_book *book)
{
	if (book != NULL)
		book->driver->close(book);
}
