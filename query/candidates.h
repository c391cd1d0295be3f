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
    kh_candidate *items; /* owned */
    size_t n;
    size_t capacity;
    uint64_t n_matches; /* articles that match; at most so many if not exact */
    bool is_exact;
    kh_error damage; /* of the last article left out because it is damaged */
    size_t n_damaged;
} kh_candidates;

void kh_candidates_release(kh_candidates *candidates);

/* BM25 as measured on the collections named in docs/decisions.md. */
#define KH_BM25_K1         1.2
#define KH_BM25_B          0.75
#define KH_BM25_MIN_LENGTH 0.5

/**
 * The best articles: living, verified, by weight, then date (newest first), then key.
 *
 * @param wanted  at least so many, if there are; articles of equal weight are never
 * parted
 */
KH_MUST_USE kh_status kh_candidates_best(kh_candidates *out, kh_verifier *verifier,
                                         size_t wanted, kh_error *err);

/* All matching articles, living and verified, in the order of documents; weights are 0.
 */
KH_MUST_USE kh_status kh_candidates_all(kh_candidates *out, kh_verifier *verifier,
                                        kh_error *err);

/* Put candidates in an order. */
void kh_candidates_by_weight(kh_candidate *items, size_t n);
void kh_candidates_by_date(kh_candidate *items, size_t n, bool is_reverse);
