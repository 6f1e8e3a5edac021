/* hc-content DB: print the hash of all that a database says. */
#include <stdio.h>

#include "record/content.h"
#include "store/store.h"

int
main(int argc, char **argv)
{
	struct hc_who who = { .login = "test", .program = "hc-content",
	    .version = "0" };
	struct hc_store *store = NULL;
	enum hc_status rc;
	char hex[65];

	if (argc != 2) {
		fprintf(stderr, "usage: hc-content db\n");
		return 64;
	}
	if ((rc = hc_store_open(&store, argv[1], HC_DB_READ, &who)) !=
	    HC_OK || (rc = hc_content_hash(store, hex)) != HC_OK)
		fprintf(stderr, "hc-content: %s\n", store != NULL ?
		    hc_store_error(store) : "out of memory");
	else
		printf("%s\n", hex);
	hc_store_close(store);
	return hc_status_exit(rc);
}
