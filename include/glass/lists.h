/* lists - read the posting lists of a database in Xapian's glass format.
 *
 * The engine gives one posting at a call, which costs ten times what its bytes do; here
 * a list comes in batches. The table is mapped and never changes. What is not
 * understood (a tag in pieces, another format, a list that does not hold what its heads
 * say) is left to the engine, whose words for damage stay the only ones: every function
 * here may say no. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* Of one thread at a time: what was read once is kept. */
typedef struct kh_glass_lists kh_glass_lists;

/* folder: of the database. */
KH_MUST_USE kh_status kh_glass_lists_open(kh_glass_lists **out, const char *folder,
                                          kh_error *err);
void kh_glass_lists_free(kh_glass_lists *lists); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_glass_lists, kh_glass_lists_free)

/* As kh_map_let_go(), of the table: for who reads all lists. */
void kh_glass_lists_let_go(const kh_glass_lists *lists);

/* Of a look-up. */
typedef enum kh_glass_answer {
    KH_GLASS_FOUND,
    KH_GLASS_ABSENT, /* the table has no such term */
    KH_GLASS_UNREAD, /* ask the engine; so for the empty term, which is all documents */
} kh_glass_answer;

/* n: documents that have the term; total: the sum of their numbers, in 32 bits. */
kh_glass_answer kh_glass_lists_count(uint32_t *n, uint32_t *total,
                                     kh_glass_lists *lists, kh_str term);

/**
 * Set the bit of every document that has a term.
 *
 * @param bits           bit d % 64 of number d / 64 is document d
 * @param last_document  the highest that has a bit
 * @return               false: not read, or not all of it; bits may have been set
 */
bool kh_glass_lists_mark(kh_glass_lists *lists, kh_str term, uint64_t *bits,
                         uint32_t last_document);

/* The first metadata at or behind a key, appended: its key and its value.
 * KH_GLASS_ABSENT: there is none. */
kh_glass_answer kh_glass_lists_metadata(kh_buf *key, kh_buf *value,
                                        kh_glass_lists *lists, kh_str from);

/* ---- one list, from front to end ---- */

#define KH_GLASS_BATCH 128u

typedef struct kh_glass_batch {
    uint32_t n;
    uint32_t documents[KH_GLASS_BATCH]; /* ascending, from 1 */
    uint32_t wdfs[KH_GLASS_BATCH];
} kh_glass_batch;

typedef struct kh_glass_walk kh_glass_walk;

/* The lists must outlive it. out is set if the answer is KH_GLASS_FOUND. */
kh_glass_answer kh_glass_walk_open(kh_glass_walk **out, kh_glass_lists *lists,
                                   kh_str term);
void kh_glass_walk_free(kh_glass_walk *walk); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_glass_walk, kh_glass_walk_free)

/* What the last kh_glass_walk_to() found; none before the first. One place for the life
 * of the walk. */
const kh_glass_batch *kh_glass_walk_batch(const kh_glass_walk *walk);

/* The postings from the first at or behind a document on, some of them: the batch is
 * empty behind the last of all. Never backwards. False: the list cannot be read any
 * further, the batch is empty. */
bool kh_glass_walk_to(kh_glass_walk *walk, uint32_t document);

KH_END_DECLS
