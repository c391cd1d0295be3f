/* merge - runs of postings as one list of terms, articles as documents. */
#pragma once

#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* Which document an article is; 0: none, its postings are left out. Ascending. */
typedef struct kh_article_map {
    const uint32_t *documents; /* by article */
    uint64_t n;                /* articles */
} kh_article_map;

/* A term and its postings; views until the next call. */
typedef struct kh_term_postings {
    kh_str term;
    const uint32_t *documents; /* ascending, n of 1 or more */
    const uint32_t *wdfs;
    size_t n;
} kh_term_postings;

typedef struct kh_term_merge kh_term_merge;

/**
 * Open n runs.
 *
 * @param paths  runs of one thread beside each other, in the order of its articles:
 *               nothing but speed depends on it
 * @param map    borrowed
 */
KH_MUST_USE kh_status kh_term_merge_open(kh_term_merge **out, const char *const *paths,
                                         size_t n, const kh_article_map *map,
                                         kh_error *err);
void kh_term_merge_free(kh_term_merge *merge); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_term_merge, kh_term_merge_free)

/* The next term that has postings, in the order of bytes; KH_END behind the last. A
 * list that names an unknown article is KH_ERR_CORRUPT. */
KH_MUST_USE kh_status kh_term_merge_next(kh_term_merge *merge, kh_term_postings *out,
                                         kh_error *err);

/* To the beginning again. */
KH_MUST_USE kh_status kh_term_merge_rewind(kh_term_merge *merge, kh_error *err);

KH_END_DECLS
