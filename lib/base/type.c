/* The types of fields and their names. */
#include <string.h>

#include "base/type.h"

static const char *const names[] = {
	[HC_TYPE_TEXT] = "text",
	[HC_TYPE_INTEGER] = "integer",
	[HC_TYPE_DECIMAL] = "decimal",
	[HC_TYPE_DATE] = "date",
	[HC_TYPE_INSTANT] = "instant",
	[HC_TYPE_YESNO] = "yesno",
	[HC_TYPE_CHOICE] = "choice",
	[HC_TYPE_MULTI] = "multi",
	[HC_TYPE_REF] = "ref",
	[HC_TYPE_PHONE] = "phone",
	[HC_TYPE_EMAIL] = "email",
};

int
hc_type_parse(const char *name, enum hc_type *type)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0) {
			*type = (enum hc_type)i;
			return 0;
		}
	return -1;
}

const char *
hc_type_name(enum hc_type type)
{
	return names[type];
}
