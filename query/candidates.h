/* candidates - the articles that match, in the order of the first stage. Inside query/
 * only. */
#pragma once

#include "query/verify.h"

typedef struct kh_candidate {
    uint32_t document; /* combined number */
    uint32_t date;     /* packed; 0 none */
    uint64_t key;
    double weight; /* of the first stage */
} kh_candidate;

typedef struct kh_candidates {
    kh_candidate *items; /* owned; if there are documents, the first n_ordered count */
    size_t n;
    size_t capacity;
    size_t n_ordered;      /* the first so many are in their final place */
    uint32_t *documents;   /* owned; all n, where the date alone orders them and few
                            were asked for yet; or NULL */
    const kh_index *index; /* of the documents */
    uint64_t n_matches;    /* articles that match; at most so many if not exact */
    bool is_exact;
    bool is_verified;    /* every item matches; else kh_candidates_verify() says */
    bool by_matcher;     /* the engine's own matcher ran */
    bool is_walk;        /* without weights */
    uint64_t n_postings; /* looked at, unless by the matcher */
    kh_error damage;     /* of the last article left out because it is damaged */
    size_t n_damaged;
} kh_candidates;

void kh_candidates_release(kh_candidates *candidates);

/**
 * The best articles: living, verified, by weight, then date (newest first), then key.
 *
 * @param wanted  at least so many, if there are; articles of equal weight are never
 * parted
 */
KH_MUST_USE kh_status kh_candidates_best(kh_candidates *out, kh_verifier *verifier,
                                         size_t wanted, kh_error *err);

/* All matching articles that live, in no order; weights are 0. What is looked at is
 * what kh_candidates_order() has put in place; kh_candidates_document() gives any.
 * is_verified: those alone whose record says that they match. */
KH_MUST_USE kh_status kh_candidates_all(kh_candidates *out, kh_verifier *verifier,
                                        bool is_verified, kh_error *err);

/* The document of the i-th candidate, in no order. */
static inline uint32_t kh_candidates_document(const kh_candidates *candidates, size_t i)
{
    return candidates->documents != NULL ? candidates->documents[i]
                                         : candidates->items[i].document;
}

/* How many articles match: living, verified. The items of out are not
 * touched; its counts and what is said of the search are. */
KH_MUST_USE kh_status kh_candidates_count(kh_candidates *out, kh_verifier *verifier,
                                          kh_error *err);

/* Whether an article of unverified candidates matches; a damaged one does not, and is
 * remembered. */
KH_MUST_USE kh_status kh_candidates_verify(bool *out, kh_candidates *candidates,
                                           kh_verifier *verifier, uint32_t document,
                                           kh_error *err);

/* ---- candidates_order.c ---- */

typedef enum kh_candidate_order {
    KH_BY_WEIGHT, /* then newest first, then key */
    KH_BY_NEWEST, /* articles without date last; then key */
    KH_BY_OLDEST,
} kh_candidate_order;

/* Put the first n of them, or a few more, in their final place. Always with the same
 * order; what is done is not done again. */
void kh_candidates_order(kh_candidates *candidates, kh_candidate_order order, size_t n);
