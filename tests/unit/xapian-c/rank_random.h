/* rank_random - made-up databases and requests, the same for the same seed. */
#pragma once

#include "xapian-c/rank.h"

#define RANK_SOURCES_MAX 3

typedef struct rank_archive {
    kh_rank_source sources[RANK_SOURCES_MAX];
    size_t n_sources;
} rank_archive;

/* Write and open n databases of so many documents. Words w0 (common) to w15 (rare),
 * their variants v0 to v11, filters X0 to X3 of wdf 0; many documents are alike. */
void rank_archive_make(rank_archive *out, uint32_t seed, const uint32_t *sizes,
                       size_t n);
void rank_archive_release(rank_archive *archive);

/* A request of everything that a request can have; it and what it points to hold until
 * the next. */
const kh_rank_request *rank_request_make(uint32_t seed);

/* Print a request, for a test that fails. */
const char *rank_request_text(const kh_rank_request *request);
