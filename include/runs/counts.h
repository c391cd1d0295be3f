/* counts - texts with how often each was met: collected, written as sorted runs,
 * merged. */
#pragma once

#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_counts kh_counts;

kh_counts *kh_counts_open(void);
void kh_counts_free(kh_counts *counts); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_counts, kh_counts_free)

/* The number of a text, until all are forgotten. hash: kh_table_hash() of it. */
uint32_t kh_counts_text(kh_counts *counts, kh_str text, uint64_t hash);
void kh_counts_fetch_text(const kh_counts *counts, uint64_t hash); /* ahead */

/* Count one, once an article: article is a number that the last one counted did not
 * have, or one that it had; never 0. */
void kh_counts_add(kh_counts *counts, uint32_t text, uint32_t article);

/* Begin to fetch what kh_counts_add() of this text will need. */
void kh_counts_fetch(const kh_counts *counts, uint32_t text);

size_t kh_counts_bytes(const kh_counts *counts); /* of memory */

/* Write what was counted as a run, texts in the order of bytes, and begin the next.
 * Texts keep their numbers. */
KH_MUST_USE kh_status kh_counts_spill(kh_counts *counts, const char *path,
                                      kh_error *err);

/* Forget all texts; nothing may be counted. */
void kh_counts_forget(kh_counts *counts);

/* All runs as one. */
typedef struct kh_counts_merge kh_counts_merge;

KH_MUST_USE kh_status kh_counts_merge_open(kh_counts_merge **out,
                                           const char *const *paths, size_t n,
                                           kh_error *err);
void kh_counts_merge_free(kh_counts_merge *merge); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_counts_merge, kh_counts_merge_free)

/* The next text, a view until the next call, and its sum. KH_END behind the last. */
KH_MUST_USE kh_status kh_counts_merge_next(kh_counts_merge *merge, kh_str *text,
                                           uint64_t *count, kh_error *err);

KH_END_DECLS
