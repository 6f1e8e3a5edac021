#!/bin/sh
# The EXAMPLES of every manual work, each page's in a folder that
# tests/manual-setup.sh has prepared.
. "${0%/*}/lib.sh"
. "$HC_ROOT/tests/manual.sh"
need mandoc

for path in "$HC_ROOT"/man/*.[1-8] "$HC_ROOT"/man/*/*.[1-8]; do
	[ -f "$path" ] || continue
	page=${path##*/}
	# A day of its own: tests/0290-first-day.t.
	[ "$page" != hc-migrate.7 ] || continue
	folder=$tests_dir/${path#"$HC_ROOT/"}
	mkdir -p "$folder"
	manual_examples "$path" >"$folder.list"
	[ -s "$folder.list" ] || continue
	cd "$folder" || exit 1
	. "$HC_ROOT/tests/manual-setup.sh" >setup.log 2>&1
	manual_run "$page" "$folder.list"
	cd "$tests_dir" || exit 1
done
done_testing
