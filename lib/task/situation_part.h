/*
 * What the files that make up task/situation.h share among themselves:
 * situation.c (names, rows), situation_feed.c (the queries),
 * situation_report.c (observations), situation_column.c (the columns),
 * situation_policy.c (periods).
 */
#ifndef HC_TASK_SITUATION_PART_H
#define HC_TASK_SITUATION_PART_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "task/situation.h"

/* One query over the open episodes; ${episode} is that of its present row,
   0 after the last. */
struct hc_situation_feed {
	struct hc_stmt *st;
	int64_t episode;
};

enum hc_situation_source {
	HC_SITUATION_EPISODE,	/* the leading one */
	HC_SITUATION_REPORTS,
	HC_SITUATION_CALLS,
	HC_SITUATION_MAILS,
	HC_SITUATION_STAYS,
	HC_SITUATION_TESTS,
	HC_SITUATION_PHONES,
	HC_SITUATION_ACTIVITIES,
	HC_SITUATION_FEEDS	/* how many */
};

/* One value of a report. */
struct hc_situation_cell {
	bool there;
	int64_t n;		/* number, or place in the choice list */
	const char *text;	/* canonical; own, small or the catalogue's */
	char *own;
	char small[24];
};

/* A report, or the worst of a round: a cell for each field of ${obs}. */
struct hc_situation_report {
	struct hc_situation_cell *cells;
};

/* A column that somebody asked for. */
struct hc_situation_slot {
	char *name;		/* as "worst_temperature", "episode.age" */
	const struct hc_field *field;
	const char *(*get)(struct hc_situation *s,
	    struct hc_situation_slot *slot);
	int index;		/* cell or column of the query */
	bool known;		/* value is that of the present row */
	const char *value;
	struct hc_buf buf;	/* where get() puts a text of its own */
};

struct hc_situation_policy {
	char *name, *subject, *from, *until_day;
	struct hc_expr *applies, *until;	/* NULL: all; nobody */
};

struct hc_situation_flag {
	char *name;		/* of the form's item */
	struct hc_expr *expr;
};

/* The few columns of the best row of a feed: stay, test, message. */
#define HC_SITUATION_PICK 8
struct hc_situation_pick {
	bool there;
	char day[HC_DATE_SIZE];	/* the latest wins, */
	int64_t order;		/* of one day the greatest */
	char text[HC_SITUATION_PICK][64];
};

struct hc_situation_call {
	char at[HC_INSTANT_SIZE], next_at[HC_INSTANT_SIZE];
	int32_t day;
	char outcome[24];
	bool reached;
};

/* Fields of the records that columns are made of, by where they stand in
   situation_column.c's table. */
enum hc_situation_need {
	HC_NEED_NUMBER, HC_NEED_KIND, HC_NEED_AGE, HC_NEED_BIRTH,
	HC_NEED_SYMPTOMATIC, HC_NEED_ONSET, HC_NEED_RISKS,
	HC_NEED_DIAGNOSED, HC_NEED_SAMPLED, HC_NEED_EXPOSURE,
	HC_NEED_FROM, HC_NEED_UNTIL, HC_NEED_DIED, HC_NEED_SEVERITY,
	HC_NEED_CALL_AT, HC_NEED_EMAIL, HC_NEED_MAIL_OK, HC_NEED_NO_MAIL,
	HC_NEED_LANGUAGE, HC_NEED_PAUSED,
	HC_SITUATION_NEEDS
};

/* All that is known of the present episode, before columns are made. */
struct hc_situation_facts {
	int64_t episode, person;

	int64_t reports;
	int32_t last_day, first_day, previous_day;
	int last_slot, previous_slot;
	char last_at[HC_INSTANT_SIZE], answered_at[HC_INSTANT_SIZE];
	bool answered;
	int32_t fever_day, ill_day;	/* last ones, or HC_DATE_NONE */
	int fever_run;			/* days with fever up to the last */
	bool run_open;
	int32_t run_day;		/* day that is being looked at */
	bool run_fever;
	int64_t max_3d;			/* tenths; INT64_MIN: none */
	uint64_t flags;			/* red ones of the last round */

	struct hc_situation_call *calls;
	size_t ncalls, calls_room;

	struct hc_situation_pick stay, test, mail, round_mail;
	int64_t asked_at;		/* this round's mail was sent; 0 */
	int64_t tests, activities;
	struct hc_buf phones;

	bool policy_known;
	const struct hc_situation_policy *policy;	/* or NULL */
	char policy_until[HC_DATE_SIZE];		/* or "" */
};

struct hc_situation {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	int32_t today;
	int64_t now;
	int fever;			/* threshold in tenths */
	bool day_off;			/* of the round: nobody is asked */
	char *holidays;			/* "2021-01-01,2021-01-02", or NULL */
	struct hc_round_plan plan;
	struct hc_round round;

	const struct hc_entity *situation, *episode, *person, *observation;
	struct hc_expr_scope scope, episode_scope, flag_scope;
	struct hc_arena arena;		/* texts of definitions */

	struct hc_situation_slot *slots;
	size_t nslots, slots_room;
	int *episode_column, *person_column;	/* by field->index, or -1 */
	const struct hc_field **obs;	/* fields read of reports */
	size_t nobs, obs_room;
	bool *symptom;			/* by obs: an item of a tick group */
	bool symptoms_wanted, policies_wanted;
	bool history_wanted;		/* reports of any age, their contents */
	int need[HC_SITUATION_NEEDS];	/* slots, + 1; 0: not asked for */
	char created_at[HC_INSTANT_SIZE];	/* of the present episode */

	struct hc_situation_policy *policies;
	size_t npolicies;
	struct hc_situation_flag *flags;	/* at most 64 */
	size_t nflags;

	unsigned int wanted;		/* feeds, by bit */
	struct hc_situation_feed feeds[HC_SITUATION_FEEDS];
	bool snapshot;

	struct hc_situation_facts f;
	struct hc_situation_report last, worst, previous, scratch;
};

/* ---- situation.c ---- */

/* hc_situation_slot(s, name, slot, err): find or add the column ${name}. */
enum hc_status hc_situation_slot(struct hc_situation *s, const char *name,
    int *slot, struct hc_error *err);

/* hc_situation_need(s, need): the value of a record's field that a column
   has asked for; NULL. */
const char *hc_situation_need(struct hc_situation *s,
    enum hc_situation_need need);

/* hc_situation_cell(s, field, index): the place of a report's field. */
enum hc_status hc_situation_cell(struct hc_situation *s,
    const struct hc_field *field, int *index);

/* ---- situation_column.c ---- */

/*
 * hc_situation_column(s, slot, err):
 * Give ${slot}, whose name is a field of the situation, its function, and
 * ask for what that needs.  HC_NOTFOUND if the name is none.
 */
enum hc_status hc_situation_column(struct hc_situation *s, int slot,
    struct hc_error *err);

/* ---- situation_feed.c ---- */

enum hc_status hc_situation_feed_open(struct hc_situation *s,
    enum hc_situation_source source, const struct hc_situation_filter *of);
enum hc_status hc_situation_feed_next(struct hc_situation *s,
    enum hc_situation_source source);

/* hc_situation_feed_read(s): the facts of the present episode. */
enum hc_status hc_situation_feed_read(struct hc_situation *s);

/* hc_situation_feed_cell(s, st, column, field, buf): text of a column. */
const char *hc_situation_feed_text(const struct hc_stmt *st, int column,
    const struct hc_field *field, struct hc_buf *buf);

/* ---- situation_report.c ---- */

#define HC_SITUATION_REPORT_FIXED 6	/* columns before the cells */

enum hc_status hc_situation_report_new(struct hc_situation *s);
void hc_situation_report_free(struct hc_situation *s);
enum hc_status hc_situation_report_read(struct hc_situation *s);

/* ---- situation_policy.c ---- */

enum hc_status hc_situation_policy_load(struct hc_situation *s);
enum hc_status hc_situation_flag_load(struct hc_situation *s);

/* hc_situation_policy_find(s): fill in f.policy and f.policy_until. */
void hc_situation_policy_find(struct hc_situation *s);

#endif
