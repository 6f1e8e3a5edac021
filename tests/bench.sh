# What the scripts of tests/bench share: the programs, an empty folder that
# is removed at the end, and $root, the repository.  To be sourced there.
set -eu
root=$PWD
PATH=$root/build/bin:$root/build/tests/bin:$PATH
HC_LANG=en
export PATH HC_LANG
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
