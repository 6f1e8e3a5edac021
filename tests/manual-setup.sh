# What the EXAMPLES of the manuals find in their folder; read by
# tests/0030-manual.t, in a fresh folder for each page, with the page's name
# as $page.
#
# A page whose examples need records is listed here with what makes them.
# shellcheck shell=sh
case $page in
hc.1)	;;
esac
