/* Rows that are refused, as a list to be mended and imported again. */
#include "task/import_reject.h"

static bool
is_reasons(const struct hc_import_reject *reject, size_t column)
{
	return column < reject->map->nsheet &&
	    reject->map->columns[column].how == HC_IMPORT_REASONS;
}

static void
end_line(struct hc_import_reject *reject, struct hc_buf *line)
{
	hc_buf_puts(line, "\r\n");
	fwrite(hc_buf_text(line), 1, line->len, reject->file);
	hc_buf_free(line);
}

/* A BOM tells Excel that it is UTF-8. */
void
hc_import_reject_headings(struct hc_import_reject *reject)
{
	const struct hc_import_map *map = reject->map;
	struct hc_buf line = HC_BUF_INIT;
	int year, month, day;
	size_t i;

	hc_buf_puts(&line, "\xef\xbb\xbf");
	if (map->title_day != HC_DATE_NONE) {
		hc_date_split(map->title_day, &year, &month, &day);
		hc_buf_printf(&line, "%d年%d月%d日現在\r\n", year, month,
		    day);
	}
	hc_csv_cell(&line, HC_IMPORT_REASONS_HEADING);
	for (i = 0; i < map->nsheet; i++)
		if (!is_reasons(reject, i)) {
			hc_buf_putc(&line, ',');
			hc_csv_cell(&line, map->columns[i].heading);
		}
	end_line(reject, &line);
}

/* A row with a year alone is the year of those below it. */
static void
tell_year(struct hc_import_reject *reject, int year)
{
	struct hc_buf line = HC_BUF_INIT;

	if (year == reject->told)
		return;
	hc_buf_printf(&line, "%d年", reject->told = year);
	end_line(reject, &line);
}

void
hc_import_reject_row(struct hc_import_reject *reject,
    const struct hc_import_reader *reader, const char *reasons)
{
	int year = hc_import_reader_year(reader);
	struct hc_buf line = HC_BUF_INIT;
	size_t i, n = hc_import_sheet_cells(reject->sheet);

	tell_year(reject, year != 0 ? year : reject->year);
	hc_csv_cell(&line, reasons);
	for (i = 0; i < n || i < reject->map->nsheet; i++) {
		/* The reasons of an earlier time are not carried along. */
		if (is_reasons(reject, i))
			continue;
		hc_buf_putc(&line, ',');
		hc_csv_cell(&line, hc_import_reader_written(reader, i));
	}
	end_line(reject, &line);
}
