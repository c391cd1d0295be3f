/* results - what is shown of a ranked article: passages, excerpt, score parts. Inside
 * query/. */
#pragma once

#include "query/candidates.h"
#include "query/passages.h"

/* An article in its final place. */
typedef struct kh_ranked {
    kh_candidate candidate;
    double score;    /* article + bonus */
    double bonus;    /* what the second stage added; 0 beyond its depth */
    kh_passage best; /* parts of the bonus, as they were added */
    bool is_ranked_again;
} kh_ranked;

/* Add the second stage's part to an article's score. */
void kh_rank(kh_ranked *ranked, const kh_plan *plan, const kh_passages *passages);

/* Hits of the plan's words in a document, those of phrases only where they hold. */
KH_MUST_USE kh_status kh_results_hits(kh_record_hits *out, kh_verifier *verifier,
                                      uint32_t document, kh_arena *arena,
                                      kh_error *err);

/* Units to highlight, ascending, each once. */
uint32_t *kh_results_positions(size_t *n, const kh_plan *plan,
                               const kh_record_hits *hits, kh_arena *arena);

typedef struct kh_results_request {
    kh_verifier *verifier;
    const kh_plan *plan;
    const kh_search_options *options;
    const kh_ranked *ranked;
    uint64_t n_skip; /* passages of this article to pass over */
    size_t n_left;   /* passages still wanted */
    kh_arena *scratch;
    kh_arena *arena; /* of the results */
} kh_results_request;

typedef struct kh_article_results {
    kh_result *results;
    size_t n_results;
    uint64_t n_passed; /* results of this article, skipped ones included */
} kh_article_results;

KH_MUST_USE kh_status kh_results_of(kh_article_results *out,
                                    const kh_results_request *request, kh_error *err);
