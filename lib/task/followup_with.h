/* A work list under rules that are not live yet, beside the live ones. */
#ifndef HC_TASK_FOLLOWUP_WITH_H
#define HC_TASK_FOLLOWUP_WITH_H

#include "base/tsv.h"
#include "task/define.h"
#include "task/followup.h"

struct hc_followup_trial {
	struct hc_tsv_reader *rules;	/* as "hc-define apply" reads them */
	hc_define_fault *fault;		/* is told what is wrong with them */
	void *arg;

	size_t enters, leaves, stays;	/* what came out */
};

/*
 * hc_followup_with(f, name, trial):
 * Within a run, which the caller rolls back, as the rules are applied in it:
 * ${f->table} gets whoever would enter or leave the list ${name} or have
 * another priority on it.  Columns: the subject's id, person, name, change
 * (enters, leaves, moves), priority_before, priority, conditions_before,
 * conditions.  ${name} may be a list that only one of the two has.
 *
 * HC_OK; HC_NOTFOUND if neither has it; HC_INVALID after the faults of the
 * rules were told; HC_CONFIG if they make no sense; a failure.
 */
enum hc_status hc_followup_with(struct hc_followup *f, const char *name,
    struct hc_followup_trial *trial);

#endif
