#!/bin/sh
# scripts/lint finds what it is there to find: a small tree with one fault
# at a time.
. "${0%/*}/lib.sh"
need nm cc mandoc shellcheck msgmerge xgettext

# A tree in which there is nothing to find.
tree()
{
	rm -rf tree
	mkdir -p tree/scripts tree/bin tree/lib/base tree/lib/store \
	    tree/lib/task tree/lib/po tree/man tree/tests tree/.ci \
	    tree/build/lib/base
	cp "$HC_ROOT/scripts/lint" "$HC_ROOT/scripts/po-update" tree/scripts/
	cp "$HC_ROOT/.ci/run" tree/.ci/
	cat >tree/lib/base/word.h <<-'C'
	int hc_word_count(const char *text);
	C
	cat >tree/lib/base/word.c <<-'C'
	/* Words; strcpy(a, b) and printf("x") in a comment are fine. */
	#include "base/word.h"

	int
	hc_word_count(const char *text)
	{
		return text[0] == '"' ? 0 : text["exit(1)"[0] == '\''];
	}
	C
	cat >tree/lib/task/round.c <<-'C'
	#include "base/word.h"
	#include "store/db.h"
	static const char round_sql[] =
		"SELECT id FROM person"
		" WHERE office = :office";
	const char *hc_round = round_sql;
	C
	cat >tree/bin/hc.c <<-'C'
	{ "init", N_("make a database") },
	C
	cat >tree/bin/hc-init.c <<-'C'
	int main(void) { return puts(_("hello")); }
	C
	cat >tree/lib/po/ja.po <<-'PO'
	msgid ""
	msgstr ""
	"Project-Id-Version: hc\n"
	"PO-Revision-Date: 2020-12-25 09:00+0900\n"
	"Last-Translator: hc\n"
	"Language-Team: Japanese\n"
	"Language: ja\n"
	"MIME-Version: 1.0\n"
	"Content-Type: text/plain; charset=UTF-8\n"
	"Content-Transfer-Encoding: 8bit\n"
	"Plural-Forms: nplurals=1; plural=0;\n"

	msgid "hello"
	msgstr "こんにちは"

	msgid "make a database"
	msgstr "データベースを作る"
	PO
	cp "$HC_ROOT/man/hc.1" tree/man/hc.1
	sed 's/\.Nm hc/.Nm hc-init/; s/\.Dt HC/.Dt HC-INIT/' \
	    "$HC_ROOT/man/hc.1" >tree/man/hc-init.1
	printf '#!/bin/sh\necho "$1"\n' >tree/tests/0100-x.t
}

# finds CHECK WORDS: after the change of stdin to the tree, which must be
# clean without it.
finds()
{
	tree
	if ! tree/scripts/lint "$1" >out 2>&1; then
		fail "lint $1: nothing in a clean tree"
		note_file out
		return
	fi
	(cd tree && sh -e) || fail "lint $1: cannot make the fault"
	if [ "$1" = symbols ]; then
		cc -c -o tree/build/lib/base/word.o -Itree/lib \
		    tree/lib/base/word.c
	fi
	exits 1 tree/scripts/lint "$1"
	says "$2"
}

finds layers 'lib/base/word.c:9: includes upward: store/db.h' <<'E'
echo '#include "store/db.h"' >>lib/base/word.c
echo '#include "store/db.h"' >>lib/base/word.c
E
finds layers 'lib/store/a.c:1: includes upward: task/round.h' <<'E'
echo '#include "task/round.h"' >lib/store/a.c
E
finds layers 'lib/store/a.c:1: no such layer: wrong/round.h' <<'E'
echo '#include "wrong/round.h"' >lib/store/a.c
E
finds layers 'the library knows no program' <<'E'
echo '#include "program.h"' >>lib/task/round.c
E
finds homes 'lib/task/round.c:7: <sqlite3.h> has its home' <<'E'
echo '#include <sqlite3.h>' >>lib/task/round.c
E
finds homes 'bin/hc-init.c:2: <curl/curl.h> has its home' <<'E'
echo '#include <curl/curl.h>' >>bin/hc-init.c
E
finds banned 'bin/hc-init.c:2: banned function' <<'E'
echo 'x = atoi(y);' >>bin/hc-init.c
E
finds banned 'lib/base/word.c:9: banned function' <<'E'
echo '/* a */ strcpy (a, "b");' >>lib/base/word.c
E
finds banned 'lib/base/word.c:9: not in the library' <<'E'
echo '	exit(1);' >>lib/base/word.c
E
finds banned 'lib/base/word.c:9: not in the library' <<'E'
echo '	fputs(x, stderr);' >>lib/base/word.c
E
finds sql 'lib/task/round.c:7: SQL outside a constant' <<'E'
echo '	x = "SELECT id FROM person";' >>lib/task/round.c
E
finds sql 'lib/task/round.c:5: not in the shared subset' <<'E'
sed -i "s/:office\"/strftime('%Y')\"/" lib/task/round.c
E
finds sql 'lib/task/round.c:7: SQL through printf' <<'E'
echo '	snprintf(b, 10, round_sql, x);' >>lib/task/round.c
E
finds symbols 'hc_other_count stands in no header' <<'E'
echo 'int hc_other_count(void) { return 0; }' >>lib/base/word.c
E
finds symbols 'hc_other_count is not called hc_NOUN_' <<'E'
echo 'int hc_other_count(void);' >>lib/base/word.h
echo 'int hc_other_count(void) { return 0; }' >>lib/base/word.c
E
finds width 'lib/base/word.c:9: more than 80 columns' <<'E'
printf '\t%075d\n' 0 >>lib/base/word.c
E
finds width 'lib/base/word.c:9: spaces at the end' <<'E'
echo 'int a; ' >>lib/base/word.c
E
finds man 'bin/hc-show.c: no manual man/hc-show.1' <<'E'
echo >bin/hc-show.c
E
finds man 'man/hc.1:' <<'E'
echo '.Bl' >>man/hc.1
E
finds shell 'tests/0100-x.t:3:' <<'E'
echo 'cd $(echo /)' >>tests/0100-x.t
E
finds po 'lib/po/ja.po: not translated: "not translated"' <<'E'
echo 'x = _("not translated");' >>bin/hc.c
E
finds po 'lib/po/ja.po: not translated: "hello"' <<'E'
sed -i 's/"こんにちは"/""/' lib/po/ja.po
E
finds po 'lib/po/ja.po: not translated: "make an office"' <<'E'
sed -i 's/make a database/make an office/' bin/hc.c
E
finds programs 'bin/hc.c: does not list bin/hc-show.c' <<'E'
echo >bin/hc-show.c
E

# SQL put together from the catalogue is marked.
tree
cat >>tree/lib/task/round.c <<'C'
{
	/* SQL by the catalogue */
	x = "SELECT id FROM person";
}
C
exits 0 tree/scripts/lint sql
done_testing
