#!/bin/sh
# Every row of lib/catalogue/policy.tsv: on its first and its last day it
# gives the last day of observation that its source says, and the day before
# and after another rule does.
. "${0%/*}/lib.sh"

hc-init -q --office 112038 --name 見本市保健所 || exit 1

# One episode for each line: NAME KIND FIELDS.  The number is its NAME.
make_episodes()
{
	while read -r name kind fields; do
		id=$(add person name="見本 $name" </dev/null)
		# shellcheck disable=SC2086
		add episode person="$id" kind="$kind" number="$name" $fields \
		    </dev/null >made
	done
}

# expect NAME TODAY POLICY LAST: see check_all.
expect()
{
	printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>wanted
}

# The situation of all episodes on each wanted day, beside what was wanted.
check_all()
{
	cut -f 2 wanted | sort -u >days
	while read -r day; do
		hc-followup situation --today "$day" -f tsv |
		    awk -F'\t' -v day="$day" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ print $at["number"] "\t" day "\t" $at["policy"] "\t" \
		    $at["policy_until"] }' >>seen
	done <days
	while IFS= read -r line; do
		key=$(printf '%s\n' "$line" | cut -f 1,2)
		got=$(grep "^$key	" seen)
		is "$(printf '%s\n' "$line" | tr '\t' ' ')" "$got" "$line"
	done <wanted
}

make_episodes <<'END'
sym case onset_date=2022-09-01
better case onset_date=2022-09-01 improved_date=2022-09-09
asym case sampled_date=2022-09-01 symptomatic=0
diagnosed case diagnosed_date=2022-09-01
tested case sampled_date=2022-09-01 symptomatic=0 negative_tests=1
home case onset_date=2022-09-01 care_home=1
vent case onset_date=2022-09-01 ventilated=1
contact contact last_exposure_date=2022-09-01
house contact last_exposure_date=2022-09-01 precautions_from=2022-09-03
essential contact last_exposure_date=2022-09-01 essential_worker=1 negative_tests=1
negative contact last_exposure_date=2022-09-01 negative_tests=1
suspect suspected last_exposure_date=2022-09-01
early case onset_date=2022-09-01 improved_date=2022-09-02
other other last_exposure_date=2022-09-01
END

# Symptomatic cases.
expect better 2020-02-04 case_symptomatic_20200204 2022-09-12
expect better 2020-05-28 case_symptomatic_20200204 2022-09-12
expect sym 2020-05-28 case_symptomatic_20200204 ''
expect sym 2020-05-29 case_symptomatic_20200529 2022-09-15
expect sym 2020-06-11 case_symptomatic_20200529 2022-09-15
expect sym 2020-06-12 case_symptomatic_20200612 2022-09-11
expect better 2020-06-12 case_symptomatic_20200612 2022-09-12
expect early 2020-06-12 case_symptomatic_20200612 2022-09-11
expect sym 2022-09-06 case_symptomatic_20200612 2022-09-11
expect sym 2022-09-07 case_symptomatic_20220907 2022-09-08
expect better 2022-09-07 case_symptomatic_20220907 2022-09-10
expect sym 2023-05-07 case_symptomatic_20220907 2022-09-08
expect sym 2023-05-08 case_symptomatic_20230508 2022-09-06
expect better 2023-05-08 case_symptomatic_20230508 2022-09-10
# In a care home or in hospital for another cause.
expect home 2022-09-06 case_symptomatic_20200612 2022-09-11
expect home 2022-09-07 case_inpatient_20220907 2022-09-11
expect home 2023-05-07 case_inpatient_20220907 2022-09-11
expect home 2023-05-08 case_symptomatic_20230508 2022-09-06
# On a ventilator.
expect vent 2021-02-24 case_symptomatic_20200612 2022-09-11
expect vent 2021-02-25 case_ventilated_20210225 2022-09-16
expect vent 2023-05-07 case_ventilated_20210225 2022-09-16
expect vent 2023-05-08 case_symptomatic_20230508 2022-09-06
# Without symptoms, from the sample, else from the diagnosis.
expect asym 2020-02-03 '' ''
expect asym 2020-02-04 case_asymptomatic_20200204 2022-09-14
expect asym 2020-02-17 case_asymptomatic_20200204 2022-09-14
expect asym 2020-02-18 case_asymptomatic_20200218 2022-09-12
expect asym 2020-05-28 case_asymptomatic_20200218 2022-09-12
expect asym 2020-05-29 case_asymptomatic_20200529 2022-09-15
expect asym 2020-06-11 case_asymptomatic_20200529 2022-09-15
expect asym 2020-06-12 case_asymptomatic_20200612 2022-09-11
expect diagnosed 2020-06-12 case_asymptomatic_20200612 2022-09-11
expect asym 2022-01-27 case_asymptomatic_20200612 2022-09-11
expect asym 2022-01-28 case_asymptomatic_20220128 2022-09-08
expect asym 2022-09-06 case_asymptomatic_20220128 2022-09-08
expect asym 2022-09-07 case_asymptomatic_20220907 2022-09-08
expect asym 2023-05-07 case_asymptomatic_20220907 2022-09-08
expect asym 2023-05-08 case_asymptomatic_20230508 2022-09-06
# Released earlier after negative tests.
expect tested 2020-06-11 case_asymptomatic_20200529 2022-09-15
expect tested 2020-06-12 case_asymptomatic_tested_20200612 2022-09-07
expect tested 2022-01-27 case_asymptomatic_tested_20200612 2022-09-07
expect tested 2022-01-28 case_asymptomatic_20220128 2022-09-08
expect tested 2022-09-07 case_asymptomatic_tested_20220907 2022-09-06
expect tested 2023-05-07 case_asymptomatic_tested_20220907 2022-09-06
# Contacts.
expect contact 2020-01-31 '' ''
expect contact 2020-02-01 contact_20200201 2022-09-15
expect contact 2022-01-13 contact_20200201 2022-09-15
expect contact 2022-01-14 contact_20220114 2022-09-11
expect contact 2022-01-27 contact_20220114 2022-09-11
expect contact 2022-01-28 contact_20220128 2022-09-08
expect contact 2022-07-21 contact_20220128 2022-09-08
expect contact 2022-07-22 contact_20220722 2022-09-06
expect contact 2023-05-07 contact_20220722 2022-09-06
expect contact 2023-05-08 contact_20230508 ''
expect suspect 2022-07-22 contact_20220722 2022-09-06
expect house 2022-02-01 contact_20220128 2022-09-08
expect house 2022-02-02 contact_household_20220202 2022-09-10
expect house 2022-07-21 contact_household_20220202 2022-09-10
expect house 2022-07-22 contact_20220722 2022-09-08
expect essential 2022-01-27 contact_20220114 2022-09-11
expect essential 2022-01-28 contact_essential_20220128 2022-09-06
expect essential 2022-07-21 contact_essential_20220128 2022-09-06
expect negative 2022-07-21 contact_20220128 2022-09-08
expect negative 2022-07-22 contact_tested_20220722 2022-09-04
expect negative 2023-05-07 contact_tested_20220722 2022-09-04
expect other 2022-07-22 '' ''
check_all

# Is there a policy that no line above names?
cut -f 3 wanted | grep . | sort -u >named
sed 1d "$HC_ROOT/lib/catalogue/policy.tsv" | cut -f 1 | sort -u >expected
same 'every policy is tried' expected named

# What is stated in the record wins; under no rule nobody is observed.
situation()
{
	hc-followup situation --today "$2" -f tsv | awk -F'\t' -v n="$1" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["number"] == n { print $at["observe_until"], $at["observed"],
	    $at["days_left"] }'
}
make_episodes <<'END'
stated case onset_date=2022-09-01 observe_until=2022-09-20
left contact last_exposure_date=2023-05-07
END
is 'the stated day wins' "$(situation stated 2022-09-08)" '2022-09-20 1 12'
is 'the last day is observed' "$(situation sym 2022-09-08)" '2022-09-08 1 0'
is 'the day after is not' "$(situation sym 2022-09-09)" '2022-09-08 0 -1'
is 'contacts are no longer observed' "$(situation left 2023-05-08)" ' 0 '
done_testing
