/* rank - a plan as a request for the first stage. Inside query/ only. */
#pragma once

#include "query/plan.h"
#include "xapian-c/rank.h"

/**
 * Translate a plan, if it is of the shape that kh_rank_run() takes: words, phrases and
 * filters that must, may or must not be there, and words that may be there together.
 * Brackets that only group are opened.
 *
 * @param[out] out   without accept, limit and BM25; in the arena
 * @param      root  a BRANCH
 * @return           false: only the engine's matcher takes it
 */
bool kh_rank_request_of(kh_rank_request *out, const kh_plan_node *root,
                        kh_arena *arena);

/* The segments of an index, n of them, in the arena. */
kh_rank_source *kh_rank_sources_of(size_t *n, kh_index *index, kh_arena *arena);
