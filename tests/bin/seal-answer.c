/*
 * Seals made-up answers as a form machine, or somebody who broke into it,
 * could: for each line "ANSWER LINK JSON" (parted by tabs) of stdin one row
 * of what hc-form take prints.
 *
 *	seal-answer PUBLIC <LINES	the key in base64
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"

static void
seal(char *line, const unsigned char *key)
{
	struct hc_buf box = HC_BUF_INIT, text = HC_BUF_INIT;
	const char *answer, *link;

	line[strcspn(line, "\n")] = '\0';
	answer = strsep(&line, "\t");
	link = strsep(&line, "\t");
	if (link == NULL || line == NULL)
		errx(64, "not ANSWER LINK JSON");
	if (hc_seal_close(&box, line, strlen(line), key) != HC_OK)
		errx(70, "cannot seal");
	hc_base64_format(&text, box.data, box.len);
	printf("%s\t%s\t2020-12-25T00:00:00Z\t%s\n", answer, link,
	    hc_buf_text(&text));
	hc_buf_free(&box);
	hc_buf_free(&text);
}

int
main(int argc, char **argv)
{
	struct hc_buf key = HC_BUF_INIT;
	char *line = NULL;
	size_t room = 0;

	if (argc != 2 || hc_base64_parse(argv[1], &key) != HC_OK ||
	    key.len != HC_SEAL_KEY)
		errx(64, "usage: seal-answer PUBLIC");
	puts("answer\tlink\tat\tsealed");
	while (getline(&line, &room, stdin) != -1)
		seal(line, (const unsigned char *)key.data);
	free(line);
	hc_buf_free(&key);
	return 0;
}
