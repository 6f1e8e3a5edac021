/* Generations of backups. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/generation.h"

#define STAMP 16	/* 20201225T003000Z */

struct backups {
	char **names;
	size_t len;
};

void
hc_generation_name(struct hc_buf *out, const char *folder,
    const char *instant, bool sealed)
{
	hc_buf_puts(out, folder);
	if (out->len > 0 && out->data[out->len - 1] != '/')
		hc_buf_putc(out, '/');
	hc_buf_puts(out, "hc-");
	for (; *instant != '\0'; instant++)
		if (*instant != '-' && *instant != ':')
			hc_buf_putc(out, *instant);
	hc_buf_puts(out, sealed ? ".sealed" : ".db");
}

int
hc_generation_parse(const char *text, struct hc_generation_keep *keep)
{
	size_t *const parts[] = { &keep->days, &keep->weeks, &keep->months };
	char *end;
	size_t i;

	for (i = 0; i < 3; i++) {
		unsigned long n = strtoul(text, &end, 10);

		if (*text < '0' || *text > '9' || n > 10000 ||
		    *end != (i < 2 ? ':' : '\0'))
			return -1;
		*parts[i] = n;
		text = end + 1;
	}
	return 0;
}

/* The day of a backup's name; HC_DATE_NONE if it is no such name. */
static int32_t
day_of(const char *name)
{
	const char *digits = name + 3, *end = digits + STAMP;
	int year, month, day;
	size_t i;

	if (strlen(name) < 3 + STAMP + 3 || strncmp(name, "hc-", 3) != 0 ||
	    digits[8] != 'T' || digits[15] != 'Z' ||
	    (strcmp(end, ".db") != 0 && strcmp(end, ".sealed") != 0))
		return HC_DATE_NONE;
	for (i = 0; i < 15; i++)
		if (i != 8 && (digits[i] < '0' || digits[i] > '9'))
			return HC_DATE_NONE;
	if (sscanf(digits, "%4d%2d%2d", &year, &month, &day) != 3)
		return HC_DATE_NONE;
	return hc_date_make(year, month, day);
}

static enum hc_status
add(struct backups *b, const char *name)
{
	char **grown = realloc(b->names, (b->len + 1) * sizeof(*grown));

	if (grown == NULL)
		return HC_NOMEM;
	b->names = grown;
	if ((grown[b->len] = strdup(name)) == NULL)
		return HC_NOMEM;
	b->len++;
	return HC_OK;
}

static int
newest_first(const void *a, const void *b)
{
	return -strcmp(*(char *const *)a, *(char *const *)b);
}

static enum hc_status
list(struct backups *b, const char *folder, struct hc_error *err)
{
	DIR *dir = opendir(folder);
	enum hc_status rc = HC_OK;
	struct dirent *entry;

	if (dir == NULL)
		return hc_error_set(err, HC_IO, _("cannot read '%s': %s"),
		    folder, strerror(errno));
	while (rc == HC_OK && (entry = readdir(dir)) != NULL)
		if (day_of(entry->d_name) != HC_DATE_NONE)
			rc = add(b, entry->d_name);
	closedir(dir);
	if (b->len > 1)
		qsort(b->names, b->len, sizeof(*b->names), newest_first);
	return rc == HC_OK ? HC_OK : hc_error_nomem(err);
}

/* Counts the days, weeks or months that have a backup. */
struct rule {
	size_t left;
	int last;	/* the one that was seen last, none at first */
};

static bool
is_first(struct rule *rule, int period)
{
	if (rule->left == 0 || rule->last == period)
		return false;
	rule->last = period;
	rule->left--;
	return true;
}

enum hc_status
hc_generation_thin(const char *folder, const struct hc_generation_keep *keep,
    size_t *removed, struct hc_error *err)
{
	struct rule days = { keep->days, -1 }, weeks = { keep->weeks, -1 },
	    months = { keep->months, -1 };
	struct backups b = { 0 };
	struct hc_buf path = HC_BUF_INIT;
	int year, month, iso_year, week;
	enum hc_status rc;
	size_t i;

	*removed = 0;
	rc = list(&b, folder, err);
	for (i = 0; rc == HC_OK && i < b.len; i++) {
		int32_t day = day_of(b.names[i]);
		bool first;

		hc_date_split(day, &year, &month, NULL);
		hc_date_iso_week(day, &iso_year, &week);
		first = is_first(&days, day);
		first = is_first(&weeks, iso_year * 60 + week) || first;
		first = is_first(&months, year * 12 + month) || first;
		if (first || i == 0)
			continue;
		hc_buf_clear(&path);
		hc_buf_printf(&path, "%s/%s", folder, b.names[i]);
		if (hc_buf_failed(&path))
			rc = hc_error_nomem(err);
		else if (unlink(path.data) == -1)
			rc = hc_error_set(err, HC_IO,
			    _("cannot remove '%s': %s"), path.data,
			    strerror(errno));
		else
			++*removed;
	}
	for (i = 0; i < b.len; i++)
		free(b.names[i]);
	free(b.names);
	hc_buf_free(&path);
	return rc;
}
