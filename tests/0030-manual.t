#!/bin/sh
# The EXAMPLES of every manual work.
#
# Lines ".Dl $ command" of the section EXAMPLES are run in order, in one
# folder that tests/manual-setup.sh has prepared; each must exit 0, or 1
# where the page has none found.  A comment before a line says otherwise:
#	.\" exits 64		it exits so
#	.\" not run: why	it cannot be run here (it needs a mail server)
. "${0%/*}/lib.sh"
need mandoc

# Print "status<TAB>command" of a page, or "-<TAB>command<TAB>why".
examples()
{
	awk '
	/^\.Sh / { inside = ($2 == "EXAMPLES"); status = 0 }
	!inside { next }
	/^\.\\" exits [0-9]+$/ { status = $3; next }
	/^\.\\" not run: / { status = "-"; why = substr($0, 14); next }
	/^\.Dl \$ / {
		line = substr($0, 7)
		# What roff would have made of it.
		gsub(/\\&/, "", line)
		gsub(/\\e/, "\\", line)
		gsub(/\\-/, "-", line)
		gsub(/\\\(dq/, "\"", line)
		print status "\t" line "\t" why
		status = 0
		why = ""
	}' "$1"
}

for path in "$HC_ROOT"/man/*.[1-8] "$HC_ROOT"/man/*/*.[1-8]; do
	[ -f "$path" ] || continue
	page=${path##*/}
	folder=$tests_dir/${path#"$HC_ROOT/"}
	mkdir -p "$folder"
	examples "$path" >"$folder.list"
	[ -s "$folder.list" ] || continue
	cd "$folder" || exit 1
	. "$HC_ROOT/tests/manual-setup.sh" >setup.log 2>&1
	tab=$(printf '\t')
	while IFS=$tab read -r status command why; do
		if [ "$status" = - ]; then
			skip "$page: $command" "$why"
			continue
		fi
		got=0
		within 120 sh -c "$command" >out 2>err </dev/null || got=$?
		if [ "$got" -eq "$status" ]; then
			pass "$page: $command"
		else
			fail "$page: $command" \
			    "exit status $got, not $status"
			note_file out
			note_file err
			note_file setup.log
		fi
	done <"$folder.list"
	cd "$tests_dir" || exit 1
done
done_testing
