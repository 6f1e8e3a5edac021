/*
 * What the office does with the form's links and answers, for tests:
 *
 *	form-office key		print a new public and secret key, base64
 *	form-office link KEY ID...
 *				token and hash of invitations' links under
 *				the link key KEY (a word)
 *	form-office open SECRET	read what hc-form take prints, print the JSON
 *				of the answers
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"
#include "task/token.h"

static void
print_key(void)
{
	unsigned char public_key[HC_SEAL_KEY], secret_key[HC_SEAL_KEY];
	struct hc_buf out = HC_BUF_INIT;

	if (hc_seal_keypair(public_key, secret_key) != HC_OK)
		errx(70, "no key");
	hc_base64_format(&out, public_key, sizeof(public_key));
	hc_buf_putc(&out, '\t');
	hc_base64_format(&out, secret_key, sizeof(secret_key));
	puts(hc_buf_text(&out));
	hc_buf_free(&out);
}

static void
print_link(const char *word, const char *id)
{
	unsigned char key[HC_TOKEN_KEY] = { 0 }, token[HC_TOKEN_SIZE];
	unsigned char hash[HC_TOKEN_HASH];
	char text[HC_TOKEN_TEXT + 1];
	struct hc_buf hex = HC_BUF_INIT;

	memcpy(key, word, strnlen(word, sizeof(key)));
	hc_token_make(token, key, strtoll(id, NULL, 10), "");
	hc_token_format(text, token);
	hc_token_hash(hash, token);
	hc_hex_format(&hex, hash, sizeof(hash));
	printf("%s\t%s\n", text, hc_buf_text(&hex));
	hc_buf_free(&hex);
}

static void
open_line(char *line, const unsigned char *public_key,
    const unsigned char *secret_key)
{
	struct hc_buf box = HC_BUF_INIT, text = HC_BUF_INIT;
	char *sealed = strrchr(line, '\t');

	line[strcspn(line, "\n")] = '\0';
	if (sealed == NULL || hc_base64_parse(sealed + 1, &box) != HC_OK ||
	    hc_seal_open(&text, box.data, box.len, public_key,
	    secret_key) != HC_OK)
		errx(65, "cannot open: %s", line);
	puts(hc_buf_text(&text));
	hc_buf_free(&box);
	hc_buf_free(&text);
}

static void
open_all(const char *secret)
{
	unsigned char public_key[HC_SEAL_KEY];
	struct hc_buf key = HC_BUF_INIT;
	char *line = NULL;
	size_t room = 0;
	int n;

	if (hc_base64_parse(secret, &key) != HC_OK || key.len != HC_SEAL_KEY)
		errx(64, "no secret key");
	hc_seal_public(public_key, (unsigned char *)key.data);
	for (n = 0; getline(&line, &room, stdin) != -1; n++)
		if (n > 0)
			open_line(line, public_key,
			    (unsigned char *)key.data);
	free(line);
	hc_buf_free(&key);
}

int
main(int argc, char **argv)
{
	int i;

	if (argc == 2 && strcmp(argv[1], "key") == 0)
		print_key();
	else if (argc > 3 && strcmp(argv[1], "link") == 0)
		for (i = 3; i < argc; i++)
			print_link(argv[2], argv[i]);
	else if (argc == 3 && strcmp(argv[1], "open") == 0)
		open_all(argv[2]);
	else
		errx(64, "usage: form-office key | link KEY ID... | "
		    "open SECRET");
	return 0;
}
