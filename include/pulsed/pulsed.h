/* pulsed - the postings of rare terms, beside the terms themselves.
 *
 * Most terms of an archive are in an article or two. In the engine's table each costs
 * some 20 bytes besides its text; here it shares its first bytes with the term before
 * it, and its postings stand behind it. The file lies in the folder of the database,
 * whose table has all other terms: a term is in one of them. A folder without the file
 * has all terms in its table; whether it should have one is for others to know
 * (segment.json).
 *
 * Source: Cutting and Pedersen, Optimizations for dynamic inverted index maintenance,
 * 1989 ("pulsing": the postings of a rare term in the place where its list would be
 * named). The file byte for byte: docs/index-format.md, section 2. */
#pragma once

#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

#define KH_PULSED_FILE "pulsed" /* its name */

/* A term of no more postings is rare. */
#define KH_PULSED_MAX 8u

#define KH_PULSED_TERM_MAX 245u /* bytes; the engine's own limit */

typedef struct kh_pulsed_postings {
    uint32_t n;                        /* 0: there is no such term */
    uint32_t documents[KH_PULSED_MAX]; /* ascending, from 1 */
    uint32_t wdfs[KH_PULSED_MAX];
} kh_pulsed_postings;

/* ---- reading; any number of threads may read one ---- */

typedef struct kh_pulsed kh_pulsed;

/* folder: of the database. KH_ERR_NOT_FOUND: all terms are in its table. */
KH_MUST_USE kh_status kh_pulsed_open(kh_pulsed **out, const char *folder,
                                     kh_error *err);
void kh_pulsed_free(kh_pulsed *pulsed); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_pulsed, kh_pulsed_free)

uint64_t kh_pulsed_n_terms(const kh_pulsed *pulsed);

KH_MUST_USE kh_status kh_pulsed_find(kh_pulsed_postings *out, const kh_pulsed *pulsed,
                                     kh_str term, kh_error *err);

/* All terms from one on, in the order of bytes. A plain value: nothing is to be freed.
 */
typedef struct kh_pulsed_cursor {
    const kh_pulsed *pulsed;
    uint32_t block; /* the next one */
    const char *at; /* in the one before it */
    const char *end;
    size_t len; /* of the term */
    char term[KH_PULSED_TERM_MAX];
} kh_pulsed_cursor;

/* Go to the first term at or behind `from`; what next then gives. */
KH_MUST_USE kh_status kh_pulsed_seek(kh_pulsed_cursor *out, const kh_pulsed *pulsed,
                                     kh_str from, kh_error *err);
/* term: a view that holds until the next call. KH_END behind the last. */
KH_MUST_USE kh_status kh_pulsed_next(kh_pulsed_cursor *cursor, kh_str *term,
                                     kh_pulsed_postings *postings, kh_error *err);

/* ---- writing ---- */

typedef struct kh_pulsed_writer kh_pulsed_writer;

KH_MUST_USE kh_status kh_pulsed_writer_open(kh_pulsed_writer **out, const char *folder,
                                            kh_error *err);
void kh_pulsed_writer_free(kh_pulsed_writer *writer); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_pulsed_writer, kh_pulsed_writer_free)

/* Terms ascend, of 1 to KH_PULSED_TERM_MAX bytes; so do the documents of one, from 1
 * on, 1 to KH_PULSED_MAX of them. */
KH_MUST_USE kh_status kh_pulsed_add(kh_pulsed_writer *writer, kh_str term,
                                    const uint32_t *documents, const uint32_t *wdfs,
                                    size_t n, kh_error *err);

/* Finish and sync. The writer is freed in either case. */
KH_MUST_USE kh_status kh_pulsed_writer_close(kh_pulsed_writer *writer, kh_error *err);

KH_END_DECLS
