/* finding - one search for candidates: what candidates.c and candidates_best.c share.
 */
#pragma once

#include "query/candidates.h"
#include "query/rank.h"
#include "xapian-c/query.h"

KH_BEGIN_DECLS

typedef struct kh_finding {
    kh_candidates *out;
    kh_verifier *verifier;
    kh_rank_source *sources;
    size_t n_sources;
    kh_rank_request request;
    bool is_simple; /* the request says it all */
    kh_arena *arena;
    kh_error *err;
} kh_finding;

void kh_finding_open(kh_finding *f, kh_candidates *out, kh_verifier *verifier,
                     kh_error *err);
void kh_finding_release(kh_finding *f);

/* Let the first stage ask of each document whether it lives, and if is_verified whether
 * it matches; it asks nothing if all live and the lists alone decide. */
void kh_finding_accept(kh_finding *f, bool is_verified);

/* Append a document; the second: if it lives and, where that is asked, matches. */
void kh_finding_push(kh_finding *f, uint32_t document, double weight);
KH_MUST_USE kh_status kh_finding_consider(kh_finding *f, const kh_match *match,
                                          bool is_verified);

/* The engine's query of a plan that the lists cannot say. */
KH_MUST_USE kh_status kh_finding_query(kh_finding *f, kh_query **out);

/* What matches and lives as far as the lists say, up to a limit. */
KH_MUST_USE kh_status kh_finding_walk(kh_rank_documents *out, kh_finding *f,
                                      uint32_t limit);

/* The records of each in turn: they are fetched ahead. keeps: whether the articles
 * themselves are wanted, not only how many. */
KH_MUST_USE kh_status kh_finding_verify(kh_finding *f, kh_rank_documents *found,
                                        bool keeps);

KH_END_DECLS
