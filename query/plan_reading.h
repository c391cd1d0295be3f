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

/* Words that hyphens join, or characters side by side: what a query's word is made of,
 * which other signs part ("and/or", "COVID-19" before a Chinese word). */
typedef struct kh_chain {
    kh_str text; /* from its first word to its last */
    bool has_hyphen;
    bool has_non_joiner; /* one of its hyphens is one */
    bool has_character;
} kh_chain;

typedef struct kh_chains {
    kh_chain *items;
    size_t n;
    size_t capacity;
} kh_chains;

kh_chains kh_plan_chains(kh_plan_maker *maker, kh_str text);

/* Read a text; all lives in the maker's arena. Words that are too long are noted. */
kh_readings kh_plan_read(kh_plan_maker *maker, kh_str text);
