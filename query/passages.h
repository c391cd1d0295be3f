/* passages - the runs of sentences of an article that answer a query, scored. Inside
 * query/. */
#pragma once

#include "query/plan.h"

typedef struct kh_passage {
    uint32_t sentences[2]; /* first and last, both included */
    double score;          /* the four parts' sum */
    double words;          /* which words, how rare */
    double closeness;      /* how near to each other */
    double order;          /* neighbours as in the query */
    double heading; /* words of the query in the title and the heading above it */
} kh_passage;

typedef struct kh_passages {
    kh_passage *passages; /* best first, none overlapping; in the arena */
    size_t n;
    uint32_t n_with_hits; /* passages the article has in all */
    uint32_t mask;        /* words of the query that the article has, in any block */
} kh_passages;

/**
 * Cut and score the passages of an article.
 *
 * @param hits       of all words of the plan
 * @param positions  of hits that count: those of phrases that hold, and of plain words
 * @param max_words  units a passage has at most; a longer sentence is a passage by
 * itself
 * @param max        passages wanted
 */
void kh_passages_find(kh_passages *out, const kh_plan *plan, const kh_record_hits *hits,
                      uint32_t max_words, uint32_t max, kh_arena *arena);

/* The lead: the first sentences of the first paragraph (or of whatever text there is).
 * False if the article has no text. */
bool kh_passage_lead(uint32_t sentences[2], const kh_record_hits *hits,
                     uint32_t max_words);
