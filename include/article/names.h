/* names - whether a line looks like the names of those who wrote an article. */
#pragma once

#include <stdbool.h>

#include "base/decls.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* Whether a line is two to six words of letters, each with a capital where its script
 * has them or a small word of names: "Staff Reporter", "Juan de la Cruz", "राम शर्मा". A
 * comma may stand behind a word, but not at the end. */
bool kh_names_look(kh_str line);

KH_END_DECLS
