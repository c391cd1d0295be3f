/* batches - words as codes, opened when a piece needs them and freed behind the last
 * that does. */
#pragma once

#include "indexer/late_tags.h"
#include "indexer/read_stage.h"
#include "record/writer.h"

typedef struct kh_batches kh_batches;

/* All borrowed; numbers: finished, the batches of the stage added in their
 * order.
 */
KH_MUST_USE kh_status kh_batches_open(kh_batches **out, const kh_numbers *numbers,
                                      const kh_read_stage *stage,
                                      const kh_late_tags *late, kh_error *err);
void kh_batches_free(kh_batches *batches); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_batches, kh_batches_free)

/* The words that the cuts of a piece count by. */
KH_MUST_USE kh_status kh_batches_of(kh_batches *batches, const kh_piece_head *head,
                                    const kh_batch **out, kh_error *err);

/* The words of late tags, by the batch of their entries. */
const kh_batch *const *kh_batches_late(const kh_batches *batches, size_t *n);

/* Nobody uses a piece's batch any more, nor those of pieces before it. */
void kh_batches_done(kh_batches *batches, const kh_piece_head *head);
