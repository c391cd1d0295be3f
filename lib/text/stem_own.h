/* stem_own - stemmers that are written for khabar, where libstemmer has none or none
 * that serves. Each takes a folded word and returns a part of it, never nothing. */
#pragma once

#include "base/str.h"

KH_BEGIN_DECLS

/* Arabic: without "and", article and endings, stem_arabic.c. */
kh_str kh_stem_arabic(kh_str folded);

/* Korean: without particles and the plural, stem_korean.c. */
kh_str kh_stem_korean(kh_str folded);

KH_END_DECLS
