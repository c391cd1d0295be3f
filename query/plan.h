/* plan - what a query asks of the engine and of the records. Inside query/ only.
 *
 * A plan is a tree of three kinds of leaves under one kind of branch:
 *   WORD    a group of terms: the engine alone decides it
 *   PHRASE  words whose order, distance or spelling the record decides; the engine only
 * says which articles have all of them FILTER  terms of weight 0, any of which will do:
 * tags, languages, dates, addresses, ids BRANCH  all of `must`, none of `never`, and
 * one of `may` unless may_is_free
 */
#pragma once

#include "index/index.h"
#include "query/parse.h"
#include "query/search.h"
#include "text/analysis.h"
#include "xapian-c/query.h"

#define KH_PREFIX_FORMS_MAX \
    256 /* forms that prefix* becomes; more: those in most articles */
#define KH_MATCHER_TERMS_MAX                                                          \
    4096 /* terms that tag:x* or url:x may be in a nested plan: the matcher opens all \
          */

/* A word of the query as the record looks for it, and how much it counts. */
typedef struct kh_plan_word {
    kh_str label; /* as typed */
    kh_record_word_kind kind;
    kh_str *variants; /* terms, forms, or the one folded or surface form */
    size_t n_variants;
    kh_str *terms; /* see kh_record_word */
    size_t n_terms;
    kh_str *compounds;
    size_t n_compounds;
    uint32_t n_documents;
    double weight;  /* how rare it is among passages; 0 or more */
    bool is_scored; /* stands for itself in the score: no NOT above it */
} kh_plan_word;

typedef enum kh_plan_kind {
    KH_PLAN_WORD,
    KH_PLAN_PHRASE,
    KH_PLAN_FILTER,
    KH_PLAN_BRANCH,
} kh_plan_kind;

typedef struct kh_plan_node kh_plan_node;

typedef struct kh_plan_list {
    kh_plan_node **nodes;
    size_t n;
    size_t capacity;
} kh_plan_list;

/* Terms of one word: any of them. */
typedef struct kh_plan_terms {
    kh_str *terms; /* without a field's prefix; those in no document are left out */
    size_t n;
    size_t capacity;
} kh_plan_terms;

struct kh_plan_node {
    kh_plan_kind kind;
    kh_field field; /* of WORD and PHRASE; KH_N_FIELDS: none */
    kh_plan_terms
        *terms; /* WORD: one; PHRASE: one a word; FILTER: one, prefixes included */
    size_t n_terms;
    uint8_t *words;  /* WORD: one; PHRASE: numbers in plan->words, in order */
    size_t n_words;  /* 0: more words than a record query takes */
    uint32_t window; /* of NEAR */
    bool *goes_on;   /* of NEAR, by word: see kh_record_phrase; else NULL */
    bool is_operand; /* a phrase that stands in the NEAR beside it: marks nothing */
    kh_plan_list must;
    kh_plan_list may;
    kh_plan_list never;
    bool may_is_free;  /* `may` only adds to the score */
    bool is_filter;    /* weighs nothing */
    bool needs_record; /* a PHRASE is in it */
};

typedef struct kh_plan {
    kh_plan_node *root; /* a BRANCH; NULL: the query has no word at all */
    kh_plan_word words[KH_RECORD_WORDS_MAX];
    size_t n_words;
    kh_str *notes;
    size_t n_notes;
    size_t notes_capacity;
} kh_plan; /* all in the arena */

/* What planning needs and a search keeps: analysers of the index's languages. */
typedef struct kh_planner {
    kh_index *index;
    kh_analyser *neutral;
    kh_analyser **analysers; /* one a language of the index */
    const kh_language *const *languages;
    size_t n_languages;
    kh_database_stats stats;
} kh_planner;

KH_MUST_USE kh_status kh_planner_open(kh_planner *out, kh_index *index, kh_error *err);
void kh_planner_close(kh_planner *planner);

KH_MUST_USE kh_status kh_plan_make(kh_plan *out, kh_planner *planner,
                                   const kh_parsed *query,
                                   const kh_search_options *options, kh_arena *arena,
                                   kh_error *err);

/* The engine's query: every article that the plan may match, ranked. Never NULL. */
kh_query *kh_plan_query(kh_database *database, const kh_plan_node *node);

/* The most terms that any one part of it stands for. */
size_t kh_plan_widest(const kh_plan_node *node);

/* Append the plan as lines, for --explain. */
void kh_plan_describe(kh_buf *out, const kh_plan *plan);

/* ---- plan_words.c: from a word as typed to terms and record words ---- */

typedef struct kh_plan_maker {
    kh_planner *planner;
    const kh_search_options *options;
    kh_plan *plan;
    kh_arena *arena;
    kh_error *err;
    unsigned depth_of_not; /* above 0: words here are not scored */
    bool has_said_left_out;
} kh_plan_maker;

/* Nodes for a plain word: one a word in it, and one for the joined compound. Appended
 * to out. */
KH_MUST_USE kh_status kh_plan_plain(kh_plan_maker *maker, kh_plan_list *out,
                                    kh_str text, kh_field field);
/* A phrase, NEAR operand list or exact word; NULL in *out if the text has no word. */
typedef struct kh_plan_phrase_request {
    const kh_str *texts;   /* one for a phrase; several for NEAR */
    const bool *is_quoted; /* a text each: folded forms, not stems */
    size_t n_texts;
    kh_field field;
    uint32_t window;
    bool is_exact;
} kh_plan_phrase_request;
KH_MUST_USE kh_status kh_plan_phrase(kh_plan_maker *maker, kh_plan_node **out,
                                     const kh_plan_phrase_request *request);
KH_MUST_USE kh_status kh_plan_prefix(kh_plan_maker *maker, kh_plan_node **out,
                                     kh_str text, kh_field field);

/* ---- plan_compounds.c ---- */

/* Add a spelling to a word's compounds if it is one and there is room. */
void kh_plan_add_compound(kh_plan_maker *maker, kh_plan_word *word,
                          const kh_spelling *spelling);
/* The compounds of a prefix's spellings, those in most articles if there are too many,
 * with a note. */
void kh_plan_prefix_compounds(kh_plan_maker *maker, kh_plan_word *word,
                              const kh_spelling *spellings, size_t n);
/* Compounds whose term is one of the variants: E-mails is a place of email. */
KH_MUST_USE kh_status kh_plan_stem_compounds(kh_plan_maker *maker, kh_plan_word *word,
                                             kh_str form);
/* Compounds whose form is one of the variants. */
KH_MUST_USE kh_status kh_plan_form_compounds(kh_plan_maker *maker, kh_plan_word *word);
/* "shangrila", when the archive mostly writes Shangri-La, as spellings of the word say:
 * append its parts side by side. */
KH_MUST_USE kh_status kh_plan_parts(kh_plan_maker *maker, kh_plan_list *out,
                                    const kh_spelling *spellings, size_t n);

/* ---- plan_filters.c ---- */

KH_MUST_USE kh_status kh_plan_tag(kh_plan_maker *maker, kh_plan_node **out, kh_str name,
                                  bool is_prefix);
KH_MUST_USE kh_status kh_plan_dates(kh_plan_maker *maker, kh_plan_node **out,
                                    kh_date_range range);
KH_MUST_USE kh_status kh_plan_code(kh_plan_maker *maker, kh_plan_node **out,
                                   kh_field field, kh_str value);

/* ---- shared ---- */

/* Whether a text is one of n. */
bool kh_plan_lists(const kh_str *list, size_t n, kh_str text);

kh_plan_node *kh_plan_node_make(kh_plan_maker *maker, kh_plan_kind kind,
                                kh_field field);
void kh_plan_push(kh_plan_maker *maker, kh_plan_list *list, kh_plan_node *node);
void kh_plan_note(kh_plan_maker *maker, const char *format, ...) KH_PRINTF(2, 3);
