/*
 * Messages in the user's language.  English stands in the source, Japanese
 * in lib/po/ja.po.  _() translates now, N_() only marks a string of a table.
 */
#ifndef HC_BASE_I18N_H
#define HC_BASE_I18N_H

#include <libintl.h>

#define _(text) dgettext("hc", text)
#define N_(text) (text)

#endif
