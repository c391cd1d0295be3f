/* postings - the database of a segment, made of what the segment holds. Internal to
 * lib/index.
 *
 * kh_postings_write() goes through the content in the order that the database wants and
 * hands it to one of two makers. */
#pragma once

#include "index/segment.h"
#include "metadata.h"

KH_BEGIN_DECLS

/* A maker: called in this order, a failure ends all. */
typedef struct kh_postings_maker {
    void *self; /* owned; given to all functions */
    kh_metadata metadata;
    /* all metadata is there: dates and lengths */
    kh_status (*heads)(void *self, const kh_segment_content *content, kh_error *err);
    kh_status (*term)(void *self, const kh_term_postings *term, kh_error *err);
    /* all terms were given; *again: all of them once more */
    kh_status (*end)(void *self, bool *again, kh_error *err);
    /* complete, synced */
    kh_status (*close)(void *self, kh_error *err);
    void (*free)(void *self);
} kh_postings_maker;

/* Both make a database in the folder at path. */
KH_MUST_USE kh_status kh_postings_direct(kh_postings_maker *out, const char *path,
                                         kh_error *err);
KH_MUST_USE kh_status kh_postings_engine(kh_postings_maker *out, const char *path,
                                         kh_error *err);

/* What is known of a segment once its postings are written. */
typedef struct kh_postings_done {
    uint32_t n_tags;
    kh_digest digest; /* of everything that was written */
    kh_buf bounds;    /* content of the file; the caller's to release */
} kh_postings_done;

/* Write everything; the maker is freed in either case. */
KH_MUST_USE kh_status kh_postings_write(kh_postings_maker *maker,
                                        const kh_segment_content *content,
                                        kh_str fingerprint, kh_postings_done *done,
                                        kh_error *err);

/* The first and the last of n packed dates; left alone if none is dated. */
void kh_date_span(const uint32_t *dates, uint32_t n, uint32_t *first, uint32_t *last);

KH_END_DECLS
