/* verify - whether an article of the engine's answer really matches. Inside query/
 * only. */
#pragma once

#include "query/plan.h"

/* A plan compiled for the records of every segment. Lives for one query. */
typedef struct kh_verifier {
    kh_index *index;
    const kh_plan *plan;
    kh_record_query **queries; /* one a segment, made when first needed */
    size_t n_segments;
    bool is_sifted; /* documents verified now went through kh_verify_sift() */
} kh_verifier;

void kh_verifier_open(kh_verifier *out, kh_index *index, const kh_plan *plan);
void kh_verifier_close(kh_verifier *verifier);

/* The plan compiled for the segment of a document. */
KH_MUST_USE kh_status kh_verifier_query(kh_record_query **out, kh_verifier *verifier,
                                        size_t segment, kh_error *err);

/* Leave out documents of which it is known, without a look at their records, that they
 * do not match: combined numbers, segment after segment, ascending in each; *n of them,
 * then those left; after an error neither is of use. */
KH_MUST_USE kh_status kh_verify_sift(kh_verifier *verifier, uint32_t *documents,
                                     uint64_t *n, kh_error *err);

/* Fetch ahead for the i-th of n documents that are verified in turn. */
void kh_verify_ahead(const kh_verifier *verifier, const uint32_t *documents, size_t n,
                     size_t i);

/**
 * Decide whether a document, which the engine's query found, matches the plan.
 *
 * @param document  combined number
 * @return          KH_OK, or KH_ERR_CORRUPT if its record is damaged
 */
KH_MUST_USE kh_status kh_verify(bool *out, kh_verifier *verifier, uint32_t document,
                                kh_error *err);

/**
 * Hits that count for people: those of plain words, and of the places where a phrase
 * holds. Words that stand only in phrases lose their other hits. In place of *hits; the
 * arrays live in the arena.
 */
KH_MUST_USE kh_status kh_verify_hits(kh_record_hits *hits, kh_verifier *verifier,
                                     uint32_t document, kh_arena *arena, kh_error *err);
