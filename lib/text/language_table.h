/* language_table - the rows of languages, and other codes that name them. */
#pragma once

#include "text/language.h"

KH_BEGIN_DECLS

/* Sorted by code. The neutral row stands behind the last one, so that numbers of rows
 * are addresses. */
extern const kh_language kh_language_rows[];
extern const size_t kh_language_n_rows;

typedef struct kh_language_alias {
    const char *alias; /* lower case */
    const char *code;
} kh_language_alias;

/* Sorted by alias. */
extern const kh_language_alias kh_language_aliases[];
extern const size_t kh_language_n_aliases;

KH_END_DECLS
