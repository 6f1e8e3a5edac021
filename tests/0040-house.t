#!/bin/sh
# What stands around the programs: installation, a clean tree, setup.
. "${0%/*}/lib.sh"
need make git

# A make of its own writes nothing into the build that other tests use.
install_to()
{
	"$HC_ROOT/scripts/install-files" "$HC_BUILD" "$PWD/dest" /opt/hc
}

ok 'installs' install_to
for source in "$HC_ROOT"/bin/hc.c "$HC_ROOT"/bin/hc-*.c; do
	[ -f "$source" ] || continue
	program=${source##*/}
	program=${program%.c}
	ok "installs $program" test -x "dest/opt/hc/bin/$program"
	ok "installs its manual" \
	    test -f "dest/opt/hc/share/man/man1/$program.1"
done
ok 'installs Japanese manuals' test -f dest/opt/hc/share/man/ja/man1/hc.1
ok 'installs nothing else' test -z "$(find dest -name '*.[od]')"
if [ "$HC_TOOL" != valgrind ]; then
	HC_LANG=ja dest/opt/hc/bin/hc -h >actual
	ok 'an installed program finds its messages' \
	    grep -q '使い方:' actual
	dest/opt/hc/bin/hc help | col -b >actual
	ok 'and its manual' grep -q 'SYNOPSIS' actual
fi

# What was built lies below build/ only.
if git -C "$HC_ROOT" rev-parse >/dev/null 2>&1; then
	git -C "$HC_ROOT" status --porcelain --ignored --untracked-files=all |
	    sed -n 's/^[!?][!?] //p' | grep -v '^build/' >actual || :
	git -C "$HC_ROOT" status --porcelain --untracked-files=all |
	    sed -n 's/^?? //p' >untracked
	# Files being written by whoever works here are not the build's.
	grep -vxF -f untracked actual >made || :
	true >expected
	same 'a build leaves the tree clean' expected made
fi
ok 'make -n all knows its way' make -s -n -C "$HC_ROOT" all

# scripts/setup on a machine where nothing is installed: stand-ins for the
# system's programs write down what they are asked to do.
mkdir fake
fake()
{
	cat >"fake/$1"
	chmod +x "fake/$1"
}
fake dpkg-query <<'EOF'
#!/bin/sh
exit 1
EOF
for name in apt-get debconf-set-selections; do
	fake $name <<EOF
#!/bin/sh
echo "$name \$*" >>"\$FAKE_LOG"
test -z "\${FAKE_FAIL-}"
EOF
done
fake sudo <<'EOF'
#!/bin/sh
echo "sudo" >>"$FAKE_LOG"
exec "$@"
EOF
fake id <<'EOF'
#!/bin/sh
echo "${FAKE_UID-0}"
EOF
FAKE_LOG=$PWD/log
export FAKE_LOG
setup()
{
	rm -f log
	PATH=$PWD/fake:$PATH "$HC_ROOT/scripts/setup" "$@"
}

exits 0 setup build
ok 'setup says what it installs' grep -q '^setup: installing .*gcc' actual
ok 'and installs it' grep -q '^apt-get .*install .*libsqlite3-dev' log
fails 'as root without sudo' grep -q '^sudo' log
fails 'build needs no valgrind' grep -q valgrind log
FAKE_UID=1000
export FAKE_UID
exits 0 setup check
ok 'others go through sudo' grep -q '^sudo' log
ok 'check needs valgrind' grep -q 'install .*valgrind' log
ok 'postfix is not to start a mail server' \
    grep -q '^debconf-set-selections' log
FAKE_FAIL=1
export FAKE_FAIL
exits 69 setup
says 'could not be installed'
unset FAKE_FAIL
rm fake/sudo
for name in sh sed awk sort comm mktemp rm cat env printf; do
	ln -s "$(command -v $name)" fake/
done
PATH=$PWD/fake "$HC_ROOT/scripts/setup" >actual 2>err
is 'neither root nor sudo' $? 77
says 'neither root nor sudo'
fake dpkg-query <<'EOF'
#!/bin/sh
while [ $# -gt 0 ]; do
	case $1 in -*|*Package*) ;; *) echo "$1 installed" ;; esac
	shift
done
EOF
exits 0 setup
quiet 'nothing to do, nothing said'
ok 'and nothing done' test ! -e log -a ! -s actual
exits 64 setup everything
done_testing
