# shellcheck shell=sh
# Running the EXAMPLES of manuals; read by tests after tests/lib.sh.
#
# Lines ".Dl $ command" of the section EXAMPLES are run in order; each must
# exit 0, or as a comment before it says:
#	.\" exits 64		it exits so
#	.\" not run: why	it cannot be run here (it needs a mail server)
#	.\" by hand: command	what a person would do before it, in an editor

# manual_examples PAGE: print "status<TAB>command", or "-<TAB>command<TAB>why".
manual_examples()
{
	awk '
	/^\.Sh / { inside = ($2 == "EXAMPLES"); status = 0 }
	!inside { next }
	/^\.\\" exits [0-9]+$/ { status = $3; next }
	/^\.\\" not run: / { status = "-"; why = substr($0, 14); next }
	/^\.\\" by hand: / { print "0\t" substr($0, 14) "\t"; next }
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

# manual_run LABEL EXAMPLES: run what that file lists, in this folder.
manual_run()
{
	tab=$(printf '\t')
	while IFS=$tab read -r status command why; do
		if [ "$status" = - ]; then
			skip "$1: $command" "$why"
			continue
		fi
		got=0
		within 120 sh -c "$command" >out 2>err </dev/null || got=$?
		if [ "$got" -eq "$status" ]; then
			pass "$1: $command"
		else
			fail "$1: $command" \
			    "exit status $got, not $status"
			note_file out
			note_file err
			note_file setup.log
		fi
	done <"$2"
}
