/* plan_reading - the text of a query as all languages of the index read it. Inside
 * query/ only. */
#pragma once

#include "query/plan.h"

/* A token as all languages read it. */
typedef struct kh_reading {
    kh_token_kind kind;
    kh_word_kind word_kind;
    kh_str surface; /* in the text */
    kh_str folded;  /* by the neutral language */
    kh_str form;
    kh_str *foldeds; /* by language, neutral first; n_languages + 1 */
    kh_str *forms;
    kh_str *terms;
    uint32_t position;
    uint32_t n_units;
    bool ends_run; /* a character with no other directly behind it */
    bool begins_run;
} kh_reading;

typedef struct kh_readings {
    kh_reading *items;
    size_t n;
    size_t capacity;
} kh_readings;

/* Read a text; all lives in the maker's arena. Words that are too long are noted. */
kh_readings kh_plan_read(kh_plan_maker *maker, kh_str text);
