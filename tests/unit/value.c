/* record/value.h, with the built-in catalogue and some fields of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "record/value.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct hc_catalogue *catalogue;

static const struct hc_field *
field(const char *name)
{
	const struct hc_entity *e;
	const struct hc_field *f;
	char entity[64];
	const char *dot = strchr(name, '.');

	snprintf(entity, sizeof(entity), "%.*s", (int)(dot - name), name);
	e = hc_catalogue_entity(catalogue, entity);
	assert_non_null(e);
	if ((f = hc_catalogue_field(e, dot + 1)) == NULL)
		fail_msg("no field %s", name);
	return f;
}

/* 25 December 2020, office 112038, Japan. */
static enum hc_status
read_value(const struct hc_field *f, const char *text, struct hc_buf *out,
    struct hc_error *err)
{
	struct hc_value_rule rule;

	hc_value_rule_plain(&rule, 112038, "2020-12-25", 540);
	err->text[0] = '\0';
	return hc_value_read(f, &rule, text, out, err);
}

static const struct {
	const char *field, *in, *out;
} good[] = {
	/* texts: tidied, one line but where the field has lines */
	{ "person.name", " 高橋　花子 ", "高橋　花子" },
	{ "person.name", "ｶﾅ", "カナ" },
	{ "person.note", "ｶﾅ", "ｶﾅ" },
	{ "person.name", "a\tb\nc", "a b c" },
	{ "person.note", "a\nb", "a\nb" },
	{ "person.note", "'; DROP TABLE person; --",
	    "'; DROP TABLE person; --" },
	/* whole numbers */
	{ "episode.age", "34", "34" },
	{ "episode.age", "３４", "34" },
	{ "episode.age", "34歳", "34" },
	{ "episode.age", "34 才", "34" },
	{ "episode.age", "034", "34" },
	{ "episode.age", "+34", "34" },
	{ "episode.age", "34.0", "34" },
	{ "episode.age", "0", "0" },
	{ "episode.age", "-0", "0" },
	{ "episode.age", "000", "0" },
	{ "episode.age", "-3", "-3" },
	{ "episode.spo2_at_report", "97％", "97" },
	{ "facility.capacity", "1,000", "1000" },
	{ "facility.capacity", "１，２３４，５６７", "1234567" },
	/* decimals */
	{ "observation.temperature", "36.5", "36.5" },
	{ "observation.temperature", "３６．５℃", "36.5" },
	{ "observation.temperature", "36.5度", "36.5" },
	{ "observation.temperature", "37", "37.0" },
	{ "observation.temperature", "36,5", "36.5" },
	{ "observation.temperature", "36.50", "36.5" },
	{ "observation.temperature", "-0.0", "0.0" },
	{ "observation.temperature", "-0.5", "-0.5" },
	/* days */
	{ "person.birth_date", "2020-12-25", "2020-12-25" },
	{ "person.birth_date", "S60.1.2", "1985-01-02" },
	{ "person.birth_date", "昭和60年1月2日", "1985-01-02" },
	{ "person.birth_date", "令和元年５月１日", "2019-05-01" },
	{ "person.birth_date", "2020/3/4", "2020-03-04" },
	{ "person.birth_date", "today", "2020-12-25" },
	{ "episode.onset_date", "12/24", "2020-12-24" },
	{ "episode.onset_date", "12/26", "2019-12-26" },
	/* instants: a time without a zone is the office's */
	{ "consultation.at", "2020-12-25T00:30:00Z", "2020-12-25T00:30:00Z" },
	{ "consultation.at", "2020-12-25 08:30", "2020-12-24T23:30:00Z" },
	{ "consultation.at", "2020-12-25", "2020-12-24T15:00:00Z" },
	/* yes and no */
	{ "person.pregnant", "1", "1" },
	{ "person.pregnant", "○", "1" },
	{ "person.pregnant", "〇", "1" },
	{ "person.pregnant", "有り", "1" },
	{ "person.pregnant", "ＹＥＳ", "1" },
	{ "person.pregnant", "はい", "1" },
	{ "person.pregnant", "0", "0" },
	{ "person.pregnant", "×", "0" },
	{ "person.pregnant", "無", "0" },
	{ "person.pregnant", "No", "0" },
	/* choices by code, label, spelling */
	{ "person.sex", "male", "male" },
	{ "person.sex", "女性", "female" },
	{ "person.sex", "女", "female" },
	{ "person.sex", "２", "female" },
	{ "person.sex", "ｆｅｍａｌｅ", "female" },
	{ "person.sex", "♂", "male" },
	{ "episode.age_band", "３０代", "30s" },
	{ "episode.age_band", "20 歳代", "20s" },
	{ "episode.age_band", "10歳未満", "under10" },
	{ "episode.age_band", "34歳", "30s" },
	{ "episode.severity", "中等症Ⅱ", "moderate2" },
	/* several, in the list's order, each once */
	{ "episode.symptoms", "咳、発熱", "fever;cough" },
	{ "episode.symptoms", "cough;fever;咳", "fever;cough" },
	{ "episode.symptoms", "鼻汁・鼻閉", "runny_nose" },
	{ "episode.symptoms", "発熱　痰", "fever;sputum" },
	{ "episode.symptoms", "咳、味覚・嗅覚障害", "cough;taste_smell" },
	{ "episode.symptoms", "・咳・発熱", "fever;cough" },
	{ "episode.symptoms", "；発熱；；", "fever" },
	/* references */
	{ "person.workplace", "12", "112038000000012" },
	{ "person.workplace", "１２", "112038000000012" },
	{ "person.workplace", "112038000000012", "112038000000012" },
	{ "person.workplace", "999999999999999", "999999999999999" },
	/* numbers and addresses to reach people by */
	{ "phone.number", "０３（００００）１２３４", "03(0000)1234" },
	{ "person.email", "a..b@example.jp", "a..b@example.jp" },
};

static const struct {
	const char *field, *in, *words;
} bad[] = {
	{ "person.name", "a\xff" "b", NULL },
	{ "person.name", "\xed\xa0\x80", NULL },
	{ "episode.age", "三十", "'三十' is no whole number" },
	{ "episode.age", "34.5", "'34.5' is no whole number" },
	{ "episode.age", "1,00", "'1,00' is no whole number" },
	{ "episode.age", "12.", "'12.' is no whole number" },
	{ "episode.age", "1234567890123456", "is no whole number" },
	{ "episode.age", "-", "'-' is no whole number" },
	{ "episode.age", "+-3", "is no whole number" },
	{ "episode.age", "0x10", "is no whole number" },
	{ "episode.age", "1e3", "is no whole number" },
	{ "episode.age", "歳", "is no whole number" },
	{ "facility.capacity", "1,0000", "is no whole number" },
	{ "facility.capacity", "1,000,00", "is no whole number" },
	{ "observation.temperature", "36.55",
	    "'36.55' is no number with at most 1 decimals" },
	{ "observation.temperature", "36.5.5", "is no number" },
	{ "observation.temperature", ".5", "is no number" },
	{ "observation.temperature", "NaN", "is no number" },
	{ "person.birth_date", "2021-02-29", NULL },
	{ "person.birth_date", "調査中", NULL },
	{ "person.birth_date", "S65.1.1", NULL },
	{ "person.birth_date", "43904", NULL },
	{ "consultation.at", "きのう", NULL },
	{ "person.pregnant", "不明", "is neither yes" },
	{ "person.pregnant", "2", "is neither yes" },
	{ "person.pregnant", "△", "is neither yes" },
	{ "person.sex", "人", "'人' is none of the choices: male, female, "
	    "other" },
	{ "person.sex", "malefemale", "is none of the choices" },
	{ "person.sex", "+", "is none of the choices" },
	{ "episode.symptoms", "発熱、踊り", "'踊り' is none of the choices" },
	{ "episode.age_band", "若い", "is none of the choices" },
	{ "person.workplace", "0", "is no number of a record of" },
	{ "person.workplace", "-12", "is no number of a record of" },
	{ "person.workplace", "12a", "is no number of a record of" },
	{ "person.workplace", "1000000000000000", "is no number of a record" },
	{ "person.workplace", "99999999999999999999", "is no number of a" },
	{ "person.workplace", "高仁会", "is no number of a record of" },
	{ "phone.number", "電話なし", NULL },
	{ "person.email", "a@b@example.jp", NULL },
	{ "person.email", "a@example.jp\r\nBcc: b@example.jp", NULL },
};

static const char *const empty[] = { "", " ", "　", "\t\n", "\xc2\xa0" };

static void
test_good(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	enum hc_status rc;
	size_t i;

	(void)state;
	for (i = 0; i < N(good); i++) {
		hc_buf_clear(&out);
		hc_buf_puts(&out, "before");
		rc = read_value(field(good[i].field), good[i].in, &out, &err);
		if (rc != HC_OK)
			fail_msg("%s '%s': %s", good[i].field, good[i].in,
			    err.text);
		assert_memory_equal(hc_buf_text(&out), "before", 6);
		assert_string_equal(hc_buf_text(&out) + 6, good[i].out);
	}
	hc_buf_free(&out);
}

/* What was read is read again as itself: programs pipe it to each other. */
static void
test_canonical(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < N(good); i++) {
		hc_buf_clear(&out);
		assert_int_equal(read_value(field(good[i].field),
		    good[i].out, &out, &err), HC_OK);
		assert_string_equal(hc_buf_text(&out), good[i].out);
	}
	hc_buf_free(&out);
}

static void
test_bad(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	enum hc_status rc;
	size_t i;

	(void)state;
	for (i = 0; i < N(bad); i++) {
		hc_buf_clear(&out);
		hc_buf_puts(&out, "before");
		rc = read_value(field(bad[i].field), bad[i].in, &out, &err);
		if (rc != HC_INVALID)
			fail_msg("%s '%s': %d %s", bad[i].field, bad[i].in,
			    rc, hc_buf_text(&out));
		assert_string_equal(hc_buf_text(&out), "before");
		assert_true(err.text[0] != '\0');
		if (bad[i].words != NULL &&
		    strstr(err.text, bad[i].words) == NULL)
			fail_msg("'%s' does not say '%s'", err.text,
			    bad[i].words);
	}
	hc_buf_free(&out);
}

static void
test_empty(void **state)
{
	static const char *const fields[] = { "person.name", "episode.age",
	    "observation.temperature", "person.birth_date", "consultation.at",
	    "person.pregnant", "person.sex", "episode.symptoms",
	    "person.workplace", "phone.number", "person.email" };
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	size_t i, j;

	(void)state;
	for (i = 0; i < N(fields); i++)
		for (j = 0; j < N(empty); j++)
			assert_int_equal(read_value(field(fields[i]),
			    empty[j], &out, &err), HC_NOTFOUND);
	/* Nothing but marks is no choice either. */
	assert_int_equal(read_value(field("episode.symptoms"), "；；", &out,
	    &err), HC_NOTFOUND);
	assert_int_equal((int)out.len, 0);
	hc_buf_free(&out);
}

static const struct {
	const char *field, *value;
	enum hc_status status;
} checks[] = {
	{ "episode.age", "0", HC_OK },
	{ "episode.age", "120", HC_OK },
	{ "episode.age", "121", HC_INVALID },
	{ "episode.age", "-1", HC_INVALID },
	{ "observation.temperature", "45.0", HC_OK },
	{ "observation.temperature", "45.1", HC_INVALID },
	{ "person.birth_date", "2020-12-25", HC_OK },
	{ "person.birth_date", "2020-12-26", HC_INVALID },
	{ "person.birth_date", "1889-12-31", HC_INVALID },
};

static void
test_range(void **state)
{
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < N(checks); i++) {
		err.text[0] = '\0';
		if (hc_value_check(field(checks[i].field), "2020-12-25",
		    checks[i].value, &err) != checks[i].status)
			fail_msg("%s %s: %s", checks[i].field,
			    checks[i].value, err.text);
	}
}

static void
test_pattern(void **state)
{
	struct hc_pattern fits = { .text = "[0-9]{3}|ab" };
	struct hc_pattern broken = { .text = "[0-9" };
	struct hc_field f = *field("person.name");
	struct hc_error err;

	(void)state;
	f.low = f.high = NULL;
	/* The whole value must fit, each alternative too. */
	f.pattern = &fits;
	assert_int_equal(hc_value_check(&f, NULL, "123", &err), HC_OK);
	assert_int_equal(hc_value_check(&f, NULL, "ab", &err), HC_OK);
	assert_int_equal(hc_value_check(&f, NULL, "1234", &err), HC_INVALID);
	assert_int_equal(hc_value_check(&f, NULL, "xab", &err), HC_INVALID);
	assert_string_equal(err.text,
	    "'xab' does not have the form '[0-9]{3}|ab'");
	hc_pattern_clear(&fits);
	f.pattern = &broken;
	assert_int_equal(hc_value_check(&f, NULL, "1", &err), HC_CONFIG);
}

static const struct {
	const char *field, *value, *shown;
} shows[] = {
	{ "person.sex", "female", "female" },
	{ "person.sex", "gone", "gone" },
	{ "episode.symptoms", "fever;cough", "fever, cough" },
	{ "person.pregnant", "1", "yes" },
	{ "person.pregnant", "0", "no" },
	{ "person.name", "高橋", "高橋" },
	{ "person.name", NULL, "" },
};

static void
test_show(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < N(shows); i++) {
		hc_buf_clear(&out);
		hc_value_show(field(shows[i].field), shows[i].value, &out);
		assert_string_equal(hc_buf_text(&out), shows[i].shown);
	}
	hc_buf_free(&out);
}

/* No choice is spelt like another of its list: who would be meant? */
static void
test_choices_apart(void **state)
{
	const struct hc_choice_list *list;
	struct hc_field f = *field("person.sex");
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	size_t i, j;

	(void)state;
	for (i = 0; i < catalogue->nlists; i++) {
		list = f.choices = &catalogue->lists[i];
		for (j = 0; j < list->len; j++) {
			const struct hc_choice *c = &list->items[j];
			const char *texts[] = { c->code, c->label_ja,
			    c->label_en };
			size_t k;

			for (k = 0; k < N(texts); k++) {
				hc_buf_clear(&out);
				assert_int_equal(read_value(&f, texts[k],
				    &out, &err), HC_OK);
				if (strcmp(hc_buf_text(&out), c->code) != 0)
					fail_msg("%s: '%s' is %s, not %s",
					    list->name, texts[k],
					    hc_buf_text(&out), c->code);
			}
		}
	}
	hc_buf_free(&out);
}

static int
load(void **state)
{
	struct hc_error err;

	(void)state;
	if (hc_catalogue_new(&catalogue, &err) == HC_OK &&
	    hc_catalogue_load_builtin(catalogue, &err) == HC_OK)
		return 0;
	print_error("%s\n", err.text);
	return -1;
}

static int
unload(void **state)
{
	(void)state;
	hc_catalogue_free(catalogue);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_pattern),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_choices_apart),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
