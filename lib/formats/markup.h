/* markup - what HTML, XML and programs begin with, so that none becomes an article. */
#pragma once

#include "base/str.h"

KH_BEGIN_DECLS

/* What the first bytes of a file are: "XML", "an HTML page"; NULL if they are no markup
 * that is left alone. Byte-order marks, white space and comments may come first; the
 * bytes may be UTF-16 or UTF-32. */
const char *kh_markup_of(kh_str head);

KH_END_DECLS
