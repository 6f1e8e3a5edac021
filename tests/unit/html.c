/* Text that stands in HTML. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/html.h"

static const struct {
	const char *text, *html;
} cases[] = {
	{ "", "" },
	{ "平熱 36.5", "平熱 36.5" },
	{ "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;" },
	{ "&lt;", "&amp;lt;" },
	{ "\"><script>", "&quot;&gt;&lt;script&gt;" },
};

static void
test_text(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hc_buf_clear(&out);
		hc_html_text(&out, cases[i].text, strlen(cases[i].text));
		assert_string_equal(hc_buf_text(&out), cases[i].html);
	}
	hc_buf_clear(&out);
	hc_html_text(&out, "a<b", 2);
	assert_string_equal(hc_buf_text(&out), "a&lt;");
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
