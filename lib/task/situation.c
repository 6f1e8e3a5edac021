/* The situation: names, and row after row. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "record/scope.h"

#include "task/situation_part.h"

static const char *
get_episode(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return hc_situation_feed_text(s->feeds[HC_SITUATION_EPISODE].st,
	    s->episode_column[slot->field->index], slot->field, &slot->buf);
}

static const char *
get_person(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return hc_situation_feed_text(s->feeds[HC_SITUATION_EPISODE].st,
	    s->person_column[slot->field->index], slot->field, &slot->buf);
}

static const char *
cell_text(const struct hc_situation_report *report, int index)
{
	const struct hc_situation_cell *cell = &report->cells[index];

	return cell->there ? cell->text : NULL;
}

static const char *
get_last(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return cell_text(&s->last, slot->index);
}

static const char *
get_previous(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return cell_text(&s->previous, slot->index);
}

static const char *
get_worst(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return cell_text(&s->worst, slot->index);
}

enum hc_status
hc_situation_cell(struct hc_situation *s, const struct hc_field *field,
    int *index)
{
	const struct hc_field **obs;
	bool *symptom;
	size_t i, room;

	for (i = 0; i < s->nobs; i++)
		if (s->obs[i] == field) {
			*index = (int)i;
			return HC_OK;
		}
	if (s->nobs == s->obs_room) {
		room = s->obs_room ? s->obs_room * 2 : 32;
		if ((obs = realloc(s->obs, room * sizeof(*obs))) == NULL)
			return HC_NOMEM;
		s->obs = obs;
		symptom = realloc(s->symptom, room * sizeof(*symptom));
		if (symptom == NULL)
			return HC_NOMEM;
		s->symptom = symptom;
		s->obs_room = room;
	}
	s->symptom[s->nobs] = false;
	s->obs[s->nobs] = field;
	*index = (int)s->nobs++;
	s->wanted |= 1u << HC_SITUATION_REPORTS;
	s->history_wanted = true;
	return HC_OK;
}

/* A name before a report's field, as "worst_". */
static enum hc_status
resolve_report(struct hc_situation *s, struct hc_situation_slot *slot)
{
	static const struct {
		const char *prefix;
		const char *(*get)(struct hc_situation *s,
		    struct hc_situation_slot *slot);
	} kinds[] = {
		{ "last_", get_last }, { "previous_", get_previous },
		{ "worst_", get_worst },
	};
	const struct hc_field *f;
	size_t i, len;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		len = strlen(kinds[i].prefix);
		if (strncmp(slot->name, kinds[i].prefix, len) != 0)
			continue;
		f = hc_catalogue_field(s->observation, slot->name + len);
		if (f == NULL)
			return HC_NOTFOUND;
		if (slot->field == NULL)
			slot->field = f;
		slot->get = kinds[i].get;
		return hc_situation_cell(s, f, &slot->index);
	}
	return HC_NOTFOUND;
}

/* "episode.x_floor", or only "x_floor" where no column is called so. */
static enum hc_status
resolve_record(struct hc_situation *s, struct hc_situation_slot *slot)
{
	bool episode = true, person = true;
	const char *name = slot->name;

	if (strncmp(name, "episode.", 8) == 0) {
		person = false;
		name += 8;
	} else if (strncmp(name, "person.", 7) == 0) {
		episode = false;
		name += 7;
	}
	if (episode && (slot->field = hc_catalogue_field(s->episode, name)) !=
	    NULL) {
		s->episode_column[slot->field->index] = 0;
		slot->get = get_episode;
		return HC_OK;
	}
	if (person && (slot->field = hc_catalogue_field(s->person, name)) !=
	    NULL) {
		s->person_column[slot->field->index] = 0;
		slot->get = get_person;
		return HC_OK;
	}
	return HC_NOTFOUND;
}

static enum hc_status
resolve_slot(struct hc_situation *s, int index, struct hc_error *err)
{
	struct hc_situation_slot *slot = &s->slots[index];
	enum hc_status rc;

	slot->field = hc_catalogue_field(s->situation, slot->name);
	if (slot->field != NULL) {
		rc = hc_situation_column(s, index, err);
		if (rc != HC_NOTFOUND)
			return rc;
	}
	slot = &s->slots[index];
	if ((rc = resolve_report(s, slot)) != HC_NOTFOUND)
		return rc;
	return resolve_record(s, slot);
}

enum hc_status
hc_situation_slot(struct hc_situation *s, const char *name, int *slot,
    struct hc_error *err)
{
	struct hc_situation_slot *grown;
	enum hc_status rc;
	size_t i;

	for (i = 0; i < s->nslots; i++)
		if (strcmp(s->slots[i].name, name) == 0) {
			*slot = (int)i;
			return s->slots[i].get != NULL ? HC_OK :
			    HC_NOTFOUND;
		}
	if (s->nslots == s->slots_room) {
		s->slots_room = s->slots_room ? s->slots_room * 2 : 64;
		grown = realloc(s->slots, s->slots_room * sizeof(*grown));
		if (grown == NULL)
			return hc_error_nomem(err);
		s->slots = grown;
	}
	*slot = (int)s->nslots++;
	memset(&s->slots[*slot], 0, sizeof(*s->slots));
	s->slots[*slot].name = hc_arena_text(&s->arena, name);
	if (s->slots[*slot].name == NULL) {
		s->nslots--;
		return hc_error_nomem(err);
	}
	rc = resolve_slot(s, *slot, err);
	return rc == HC_NOMEM ? hc_error_nomem(err) : rc;
}

const char *
hc_situation_need(struct hc_situation *s, enum hc_situation_need need)
{
	return s->need[need] > 0 ?
	    hc_situation_value(s, s->need[need] - 1) : NULL;
}

static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	struct hc_situation *s = arg;
	enum hc_status rc;
	int slot;

	memset(out, 0, sizeof(*out));
	if ((rc = hc_situation_slot(s, name, &slot, err)) != HC_OK)
		return rc;
	out->name = s->slots[slot].name;
	out->type = s->slots[slot].field->type;
	out->decimals = s->slots[slot].field->decimals;
	out->slot = slot;
	out->field = s->slots[slot].field;
	return HC_OK;
}

/* Policies speak of the episode: their bare names are its fields. */
static enum hc_status
resolve_episode(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	struct hc_situation *s = arg;
	char full[64];

	if (strchr(name, '.') == NULL &&
	    hc_catalogue_field(s->episode, name) != NULL)
		snprintf(full, sizeof(full), "episode.%s", name);
	else
		snprintf(full, sizeof(full), "%s", name);
	return resolve(s, full, out, err);
}

/* Red flags speak of one report. */
static enum hc_status
resolve_flag(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	struct hc_situation *s = arg;
	const struct hc_field *f = hc_catalogue_field(s->observation, name);

	memset(out, 0, sizeof(*out));
	if (f == NULL)
		return HC_NOTFOUND;
	out->name = f->name;
	out->type = f->type;
	out->decimals = f->decimals;
	out->field = f;
	if (hc_situation_cell(s, f, &out->slot) != HC_OK)
		return hc_error_nomem(err);
	return HC_OK;
}

static void
each_name(void *arg, hc_expr_word *word, void *to)
{
	struct hc_situation *s = arg;
	size_t i;

	for (i = 0; i < s->situation->nfields; i++)
		word(to, s->situation->fields[i]->name);
	for (i = 0; i < s->episode->nfields; i++)
		word(to, s->episode->fields[i]->name);
	for (i = 0; i < s->person->nfields; i++)
		word(to, s->person->fields[i]->name);
}

static void
make_scopes(struct hc_situation *s)
{
	s->scope.arg = s;
	s->scope.resolve = resolve;
	s->scope.each_name = each_name;
	hc_scope_choices(&s->scope);
	s->episode_scope = s->scope;
	s->episode_scope.resolve = resolve_episode;
	s->flag_scope = s->scope;
	s->flag_scope.resolve = resolve_flag;
	s->flag_scope.each_name = NULL;
}

static enum hc_status
make_columns(struct hc_situation *s)
{
	size_t i;

	s->episode_column = malloc((s->episode->nfields + 1) *
	    sizeof(*s->episode_column));
	s->person_column = malloc((s->person->nfields + 1) *
	    sizeof(*s->person_column));
	if (s->episode_column == NULL || s->person_column == NULL)
		return hc_db_nomem(s->store->db);
	for (i = 0; i < s->episode->nfields; i++)
		s->episode_column[i] = -1;
	for (i = 0; i < s->person->nfields; i++)
		s->person_column[i] = -1;
	return HC_OK;
}

static enum hc_status
load_settings(struct hc_situation *s)
{
	enum hc_status rc;
	char *text = NULL, *end;
	double fever;

	if ((rc = hc_store_setting(s->store, "fever_threshold", &text)) !=
	    HC_OK)
		return rc;
	fever = text != NULL ? strtod(text, &end) : 37.5;
	if (text != NULL && (*end != '\0' || fever < 34 || fever > 43))
		rc = hc_db_fail(s->store->db, HC_CONFIG,
		    _("setting 'fever_threshold': '%s' is no temperature"),
		    text);
	s->fever = (int)(fever * 10 + 0.5);
	free(text);
	if (rc == HC_OK)
		rc = hc_round_plan_load(s->store, s->clock->zone, &s->plan);
	return rc;
}

/* Is the round's day one without a round? */
static void
look_for_day_off(struct hc_situation *s)
{
	char day[HC_DATE_SIZE];

	hc_date_format(s->round.day, day);
	s->day_off = s->holidays != NULL &&
	    hc_catalogue_has(s->holidays, ',', day, strlen(day));
}

enum hc_status
hc_situation_new(struct hc_situation **out, struct hc_store *store,
    const struct hc_expr_clock *clock)
{
	struct hc_situation *s;
	enum hc_status rc;

	if ((*out = s = calloc(1, sizeof(*s))) == NULL)
		return hc_db_nomem(store->db);
	s->store = store;
	s->clock = clock;
	if (hc_date_parse_iso(clock->today, &s->today) != HC_OK ||
	    hc_instant_parse(clock->now, &s->now) != HC_OK)
		return hc_db_fail(store->db, HC_INVALID,
		    _("'%s' is no day"), clock->today);
	s->situation = hc_catalogue_entity(store->catalogue, "situation");
	s->episode = hc_catalogue_entity(store->catalogue, "episode");
	s->person = hc_catalogue_entity(store->catalogue, "person");
	s->observation = hc_catalogue_entity(store->catalogue, "observation");
	make_scopes(s);
	if ((rc = load_settings(s)) != HC_OK ||
	    (rc = make_columns(s)) != HC_OK)
		return rc;
	if ((rc = hc_store_setting(store, "holidays", &s->holidays)) != HC_OK)
		return rc;
	hc_round_at(&s->plan, s->now, &s->round);
	look_for_day_off(s);
	return HC_OK;
}

void
hc_situation_free(struct hc_situation *s)
{
	size_t i;

	if (s == NULL)
		return;
	hc_situation_end(s);
	hc_situation_report_free(s);
	for (i = 0; i < s->npolicies; i++) {
		hc_expr_free(s->policies[i].applies);
		hc_expr_free(s->policies[i].until);
	}
	for (i = 0; i < s->nflags; i++)
		hc_expr_free(s->flags[i].expr);
	for (i = 0; i < s->nslots; i++)
		hc_buf_free(&s->slots[i].buf);
	free(s->holidays);
	free(s->policies);
	free(s->flags);
	free(s->slots);
	free(s->episode_column);
	free(s->person_column);
	free(s->obs);
	free(s->symptom);
	free(s->f.calls);
	hc_buf_free(&s->f.phones);
	hc_arena_free(&s->arena);
	free(s);
}

const struct hc_expr_scope *
hc_situation_scope(struct hc_situation *s)
{
	return &s->scope;
}

enum hc_status
hc_situation_want(struct hc_situation *s, const char *name, int *slot,
    struct hc_error *err)
{
	enum hc_status rc = hc_situation_slot(s, name, slot, err);
	const char *near;

	if (rc != HC_NOTFOUND)
		return rc;
	near = hc_catalogue_near_field(s->situation, name);
	if (near != NULL)
		return hc_error_set(err, HC_INVALID, _("unknown column '%s', "
		    "did you mean '%s'?"), name, near);
	return hc_error_set(err, HC_INVALID, _("unknown column '%s'"), name);
}

const struct hc_field *
hc_situation_field(const struct hc_situation *s, int slot)
{
	return s->slots[slot].field;
}

const struct hc_expr_clock *
hc_situation_clock(const struct hc_situation *s)
{
	return s->clock;
}

const struct hc_round *
hc_situation_round(const struct hc_situation *s)
{
	return &s->round;
}

const struct hc_round_plan *
hc_situation_plan(const struct hc_situation *s)
{
	return &s->plan;
}

void
hc_situation_set_round(struct hc_situation *s, int32_t day, int slot)
{
	hc_round_of(&s->plan, day, slot, &s->round);
	look_for_day_off(s);
}

enum hc_status
hc_situation_begin(struct hc_situation *s,
    const struct hc_situation_filter *filter)
{
	enum hc_status rc;
	int i;

	hc_situation_end(s);
	if ((rc = hc_situation_report_new(s)) != HC_OK ||
	    (rc = hc_db_snapshot(s->store->db)) != HC_OK)
		return rc;
	s->snapshot = true;
	s->wanted |= 1u << HC_SITUATION_EPISODE;
	for (i = 0; rc == HC_OK && i < HC_SITUATION_FEEDS; i++)
		if (s->wanted & 1u << i)
			rc = hc_situation_feed_open(s, i, filter);
	return rc;
}

enum hc_status
hc_situation_next(struct hc_situation *s)
{
	enum hc_status rc;
	size_t i;

	for (i = 0; i < s->nslots; i++)
		s->slots[i].known = false;
	if (s->f.episode != 0 && (rc = hc_situation_feed_next(s,
	    HC_SITUATION_EPISODE)) != HC_OK)
		return rc;
	if (s->feeds[HC_SITUATION_EPISODE].episode == 0)
		return HC_NOTFOUND;
	return hc_situation_feed_read(s);
}

void
hc_situation_end(struct hc_situation *s)
{
	int i;

	for (i = 0; i < HC_SITUATION_FEEDS; i++) {
		hc_stmt_free(s->feeds[i].st);
		s->feeds[i].st = NULL;
		s->feeds[i].episode = 0;
	}
	if (s->snapshot)
		hc_db_snapshot_end(s->store->db);
	s->snapshot = false;
	s->f.episode = 0;
}

int64_t
hc_situation_episode(const struct hc_situation *s)
{
	return s->f.episode;
}

int64_t
hc_situation_person(const struct hc_situation *s)
{
	return s->f.person;
}

const char *
hc_situation_value(struct hc_situation *s, int index)
{
	struct hc_situation_slot *slot = &s->slots[index];
	const char *value;

	if (!slot->known) {
		hc_buf_clear(&slot->buf);
		value = slot->get(s, slot);
		slot->value = value != NULL && value[0] != '\0' ? value :
		    NULL;
		slot->known = true;
	}
	return slot->value;
}

static const char *
value(void *arg, const struct hc_expr_name *name)
{
	return hc_situation_value(arg, name->slot);
}

bool
hc_situation_holds(struct hc_situation *s, const struct hc_expr *expr)
{
	struct hc_expr_values values = { .arg = s, .value = value };

	return hc_expr_true(expr, &values, s->clock);
}
