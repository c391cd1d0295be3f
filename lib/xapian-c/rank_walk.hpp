/* rank_walk - all documents of a source that match, not weighed. */
#pragma once

#include <cstdint>
#include <vector>

#include <xapian.h>

#include "xapian-c/rank.h"

namespace kh
{

struct Walk {
    const kh_rank_request &request;
    size_t n_sources;
    kh_error *err;
    std::vector<uint32_t> documents; /* combined; empty if only counted */
    uint64_t n = 0;
    uint64_t n_postings = 0;
};

kh_status walk_source(Walk &walk, const kh_rank_source &source, size_t number);

} // namespace kh
