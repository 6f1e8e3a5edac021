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
hc_book_close(struct hc_book *book)
{
	if (book != NULL)
		book->driver->close(book);
}
