/* late_tags - tags that resolve cuts out of glued lines, on their way to the writer.
 *
 * They are known when all articles were read. So their postings and spellings are runs
 * of their own, and their cuts, in batches of their own, wait in a file in the order of
 * the articles. */
#pragma once

#include "indexer/invert.h"
#include "indexer/resolve.h"

typedef struct kh_late_tags kh_late_tags;

/* Where they are kept and how much memory they take while they are inverted. */
typedef struct kh_late_plan {
    const char *folder;
    uint32_t number; /* of the inverter: one that no worker has */
    uint64_t memory_bytes;
    uint32_t runs_max;
} kh_late_plan;

/* Cut, invert and keep the tags of all articles that stay; lengthens them in resolve.
 */
KH_MUST_USE kh_status kh_late_tags_make(kh_late_tags **out, const kh_late_plan *plan,
                                        kh_resolve *resolve, kh_error *err);
void kh_late_tags_free(kh_late_tags *late); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_late_tags, kh_late_tags_free)

/* Runs and batches of all; owned by late. */
const char *const *kh_late_tags_runs(const kh_late_tags *late, size_t *n);
const kh_inverter_batch_files *kh_late_tags_batches(const kh_late_tags *late,
                                                    size_t *n);

/* Append what is kept of the articles below a number that were not asked for yet. */
KH_MUST_USE kh_status kh_late_tags_upto(kh_late_tags *late, uint64_t number,
                                        kh_buf *out, kh_error *err);

/* An article's, as kh_late_tags_upto() gave them. */
typedef struct kh_late_entry {
    uint64_t number; /* of the article */
    uint32_t batch;  /* the cut counts by the words of this one */
    kh_tag *tags;    /* in the arena; names are views */
    size_t n_tags;
    kh_str cut;
} kh_late_entry;

/* The next one; KH_END when there are no more. */
KH_MUST_USE kh_status kh_late_entry_next(kh_late_entry *out, kh_cursor *cursor,
                                         kh_arena *arena, kh_error *err);
