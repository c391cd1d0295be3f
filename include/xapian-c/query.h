/* query - build a query, run it ranked by BM25, get plain arrays back. */
#pragma once

#include "xapian-c/database.h"

KH_BEGIN_DECLS

/* A query tree. Every builder copies what it is given and never keeps its arguments:
 * the caller still frees them. Builders end the program only when memory is out;
 * what else goes wrong is kept in the tree, passed on to what is built from it, and
 * returned by kh_query_describe and kh_match_run. */
typedef struct kh_query kh_query;
typedef struct kh_match_options kh_match_options;

void kh_query_free(kh_query *query); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_query, kh_query_free)

/* Not of a rare term (kh_query_word). wqf: times it stands in the query. The term "" is
 * in every document, weight 0. */
kh_query *kh_query_term(kh_str term, uint32_t wqf);
kh_query *kh_query_all(void);  /* every document, weight 0 */
kh_query *kh_query_none(void); /* no document */
/* NULL items are left out; none left: kh_query_none(). */
kh_query *kh_query_and(const kh_query *const *parts, size_t n);
kh_query *kh_query_or(const kh_query *const *parts, size_t n);
/* Variants of one word, all terms: weighed as one term whose wdf are summed. */
kh_query *kh_query_group(const kh_query *const *parts, size_t n);
/* The same of n terms that may be rare (pulsed/pulsed.h): of those of the database that
 * kh_match_run() will ask (NULL: there is none), and weighed as its options say, which
 * are given to both. Not is_weighed: any of the terms, weight 0; options may be NULL.
 */
kh_query *kh_query_word(kh_database *database, const kh_str *terms, size_t n,
                        bool is_weighed, const kh_match_options *options);
/* A left of NULL gives kh_query_none(), a right of NULL the left. */
kh_query *kh_query_not(const kh_query *left, const kh_query *right);
kh_query *kh_query_filter(const kh_query *left, const kh_query *right); /* right: 0 */
kh_query *kh_query_maybe(const kh_query *left, const kh_query *right);  /* right adds */
/* Weights times a factor of 0 or more: KH_ERR_ARGUMENT for another. */
kh_query *kh_query_scale(const kh_query *query, double factor);

/* Append how the engine reads it, for --explain. */
KH_MUST_USE kh_status kh_query_describe(kh_buf *out, const kh_query *query,
                                        kh_error *err);

struct kh_match_options {
    uint32_t offset; /* matches to leave out */
    uint32_t limit;  /* matches to give back, best first; UINT32_MAX: all */
    double k1;       /* BM25: Robertson and Walker 1994; 1.2 */
    double b;        /* 0.75 */
    double min_normalised_length; /* shorter documents count as this; 0.5 */
    bool is_boolean;              /* no weights: order of document number */
};

typedef struct kh_match {
    uint32_t document; /* combined number */
    double weight;
} kh_match;

typedef struct kh_matches {
    kh_match *matches; /* owned; weight descending, then document ascending */
    size_t n;
    uint32_t lower_bound; /* how many match in all, at least */
    uint32_t estimate;
    uint32_t upper_bound; /* at most; all three are equal if nothing was cut off */
} kh_matches;

/* Run a query. */
KH_MUST_USE kh_status kh_match_run(kh_matches *out, kh_database *database,
                                   const kh_query *query,
                                   const kh_match_options *options, kh_error *err);
void kh_matches_release(kh_matches *matches);

KH_END_DECLS
