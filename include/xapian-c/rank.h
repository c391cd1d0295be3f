/* rank - the best documents for words by MaxScore, or all that match, without the
 * engine's matcher.
 *
 * The engine's own lists of postings are walked here, with document lengths from an
 * array: its matcher looks a length up for every posting that it weighs. A document
 * matches if it has every required group, one optional group (unless optional_is_free,
 * or there is none), every filter, no never, and is accepted.
 *
 * Source: Turtle and Flood, Query evaluation: strategies and optimizations, 1995
 * (MaxScore). BM25 as kh_match_run() has it; statistics are over all sources. */
#pragma once

#include "xapian-c/query.h"

KH_BEGIN_DECLS

/* How high wdf / (wdf + norm) gets in the documents of a term, norm being
 * k1 * (b * max(length / average length, min_normalised_length) + 1 - b) with the
 * average of the source alone. */
#define KH_RANK_DEPTHS 2
typedef struct kh_rank_bounds {
    float most;                    /* at most; rounded up */
    float at_rank[KH_RANK_DEPTHS]; /* the value at a rank (kh_rank_depths), rounded
                                      down; 0: not known */
} kh_rank_bounds;
extern const uint32_t kh_rank_depths[KH_RANK_DEPTHS]; /* 50, 200 */

/* False: nothing is known of the term. */
typedef bool kh_rank_find_bounds(kh_rank_bounds *out, const void *context, kh_str term);

/* One database, opened alone, and what is known of its documents. All borrowed. */
typedef struct kh_rank_source {
    kh_database *database;
    const unsigned char *lengths; /* of document d at (d - 1) * stride: 4 bytes, little
                                     endian */
    size_t stride;                /* bytes */
    uint32_t n_lengths;
    kh_rank_find_bounds *find_bounds; /* may be NULL; bounds hold for the k1, b and
                                         min_normalised_length that are asked for */
    const void *context;              /* of find_bounds */
} kh_rank_source;

typedef struct kh_rank_terms {
    const kh_str *terms;
    size_t n;
} kh_rank_terms;

#define KH_RANK_MAX 1e6 /* weights are added up roughly, too, in floats */

/* Variants of one word, weighed as one term whose wdf are summed. */
typedef struct kh_rank_group {
    kh_rank_terms any;
    double factor; /* times its weight; 0, or from 1 / KH_RANK_MAX to KH_RANK_MAX */
    bool is_required;
    /* 2 or more: so many groups from this one on, all optional, add only to documents
     * that have all of them, and are one optional group. The others of them have 0. */
    uint32_t n_together;
} kh_rank_group;

/* Whether a document (combined number) may be an answer. Another status than KH_OK ends
 * the run with it. Asked last, and by kh_rank_run only of what would be among the best;
 * per source in the order of documents, never twice. */
typedef kh_status kh_rank_accept(bool *out, void *context, uint32_t document,
                                 kh_error *err);

typedef struct kh_rank_request {
    const kh_rank_group *groups;
    size_t n_groups;
    bool optional_is_free;        /* optional groups only add */
    const kh_rank_terms *filters; /* one of the terms of each; no weight */
    size_t n_filters;
    const kh_rank_terms *nevers; /* none of the terms */
    size_t n_nevers;
    const uint32_t *only; /* combined numbers as kh_rank_walk() gives them: no other
                             document may be an answer; NULL: any may */
    size_t n_only;
    kh_rank_accept *accept; /* may be NULL */
    void *context;          /* of accept */
    uint32_t limit;         /* so many of the best; those that tie with the last, too */
    double k1;              /* as in kh_match_options; at most KH_RANK_MAX */
    double b;
    double min_normalised_length; /* the same */
} kh_rank_request;

typedef struct kh_rank_result {
    kh_match *matches; /* owned; weight descending, then combined number ascending */
    size_t n;
    uint64_t at_most;    /* so many match in all, or fewer */
    bool is_exact;       /* just as many as at_most */
    uint64_t n_postings; /* looked at */
} kh_rank_result;

/**
 * The best documents.
 *
 * @param sources  n of them, 1 or more; document d of source i has the combined number
 *                 (d - 1) * n + i + 1
 * @return         KH_OK, KH_ERR_ARGUMENT (as kh_match_run; a value over its limit;
 *                 groups that cannot be together), what accept returned, or an
 *                 engine's error
 *
 * A group's weight is that of a term in N (1 - (1 - n1 / N) (1 - n2 / N) ...)
 * documents, to the nearest whole, N of all and n1, n2 ... those of its variants: the
 * engine's own estimate for synonyms. A document's weight is summed in the order of the
 * groups.
 */
KH_MUST_USE kh_status kh_rank_run(kh_rank_result *out, const kh_rank_source *sources,
                                  size_t n_sources, const kh_rank_request *request,
                                  kh_error *err);
void kh_rank_release(kh_rank_result *result);

typedef struct kh_rank_documents {
    uint32_t *documents; /* owned; combined numbers, source after source, ascending in
                            each; NULL if only counted */
    uint64_t n;          /* all that match, or the limit */
    uint64_t n_postings; /* looked at */
} kh_rank_documents;

/* Documents that match, not weighed: the first ones up to the limit, UINT32_MAX: all;
 * with a limit of 0 all are counted. */
KH_MUST_USE kh_status kh_rank_walk(kh_rank_documents *out,
                                   const kh_rank_source *sources, size_t n_sources,
                                   const kh_rank_request *request, kh_error *err);
void kh_rank_documents_release(kh_rank_documents *documents);

KH_END_DECLS
