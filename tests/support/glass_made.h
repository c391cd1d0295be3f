/* glass_made - made-up content for databases, drawn from a seed; written by both
 * writers, and compared with what a reader finds. */
#pragma once

#include "base/arena.h"
#include "glass/writer.h"
#include "xapian-c/database.h"

typedef struct made_term {
    kh_str text;
    size_t first; /* its postings, in made.documents and made.wdfs */
    size_t n;
} made_term;

typedef struct made_entry {
    kh_str key;
    kh_str value;
} made_entry;

typedef struct made {
    kh_arena *arena;   /* owned; all below is in it */
    uint32_t *numbers; /* of the documents, ascending */
    uint32_t *lengths;
    kh_str *data; /* "" for none */
    size_t n_documents;
    bool has_gaps;    /* numbers are not 1 to n */
    made_term *terms; /* in the order of bytes */
    size_t n_terms;
    uint32_t *documents; /* numbers */
    uint32_t *wdfs;
    size_t n_postings;
    kh_glass_values *slots;
    size_t n_slots;
    made_entry *metadata; /* in the order of bytes */
    size_t n_metadata;
} made;

typedef struct made_shape {
    uint64_t seed;
    unsigned n_documents;
    unsigned n_terms;        /* or fewer: what is drawn twice is one */
    unsigned term_bytes_max; /* 1 to KH_GLASS_TERM_MAX */
    unsigned n_slots;        /* up to MADE_SLOTS */
    unsigned n_metadata;
    unsigned data_percent;   /* documents with data; large ones among them */
    unsigned data_bytes_max; /* 0: no maximum; over 8192 the engine's writer fails */
    bool has_gaps;
} made_shape;

#define MADE_SLOTS 16u

made *made_open(const made_shape *shape);
void made_free(made *content); /* NULL is allowed */
KH_DEFINE_CLEANUP(made, made_free)

/* A shape that a seed stands for: mostly small, now and then thousands of documents. */
made_shape made_shape_of(uint64_t seed);
uint32_t made_block_of(uint64_t seed); /* a block size */

KH_MUST_USE kh_status made_write(const made *content, const char *path,
                                 uint32_t block_bytes, kh_error *err);

/* By the engine's own writer; of content without gaps. */
KH_MUST_USE kh_status made_write_engine(const made *content, const char *path,
                                        kh_error *err);

/* KH_ERR_CORRUPT, with the first difference, if a database is not sound or holds
 * anything else: statistics, metadata, terms, postings, lengths, values, data, read in
 * turn and sought. */
KH_MUST_USE kh_status made_compare(const made *content, const char *path,
                                   kh_error *err);
