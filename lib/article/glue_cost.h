/* glue_cost - what a cut of a glued line costs: where one may lie, and each tag. */
#pragma once

#include "glue.h"

/* A stretch that somebody says. */
typedef struct kh_glue_span {
    uint16_t start; /* code points of the line */
    uint16_t end;
    uint32_t said;  /* by the body, as a phrase or word */
    uint32_t known; /* articles that list it as a tag */
    uint32_t word;  /* tags that have it as a word */
} kh_glue_span;

typedef struct kh_glue_costs {
    const kh_glue *glue;
    const kh_known_tags *known; /* may be NULL */
    const kh_glue_weights *weights;
    kh_glue_span *spans; /* ascending by start, then end */
    size_t n_spans;
    uint32_t *first_span; /* n + 1: of those from a code point on */
    bool *may_cut;        /* n + 1: a tag may begin or end here */
    float *cut;           /* n + 1: what a cut here costs */
    float *changes;       /* n + 1: sum of costs of changes in words, before here */
    float *seams;         /* n + 1: the same of those behind a bracket */
    bool *is_plain;       /* n + 1: nothing but words tells of a cut here */
    float lower_start;    /* cost of a tag that begins in lower case */
    float *whole;         /* n + 1: sum of costs of the words that begin before here */
    float *head;          /* n + 1: cost of the rest of the word from here on */
    float *tail;          /* n + 1: cost of the start of the word up to here */
    uint16_t *word_start; /* n + 1: of the word that ends here or goes on */
    uint16_t *word_end;   /* n + 1 */
} kh_glue_costs;

void kh_glue_costs_make(kh_glue_costs *out, const kh_glue *glue,
                        const kh_known_tags *known, const kh_glue_weights *weights,
                        kh_arena *arena);

/* Cost of the tag from start to end, its cut at start included. */
float kh_glue_tag_cost(const kh_glue_costs *costs, size_t start, size_t end);
