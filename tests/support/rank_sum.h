/* rank_sum - what kh_rank_run() must give: every posting of every term added up. */
#pragma once

#include "xapian-c/rank.h"

KH_BEGIN_DECLS

/* All documents that match, by weight, then by number; n of them, to be freed with
 * kh_free(). Without weights (is_boolean) all weigh 0. A fault of a database ends the
 * program. */
kh_match *rank_sum(size_t *n, const kh_rank_source *sources, size_t n_sources,
                   const kh_rank_request *request, bool is_boolean);

/* How many of them are among the best `limit`: those that tie with the last, too. */
size_t rank_cut(const kh_match *matches, size_t n, uint32_t limit);

KH_END_DECLS
