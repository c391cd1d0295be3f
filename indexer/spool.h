/* spool - what a build keeps on disk between its two stages: packed pieces, in order.
 *
 * The input is read once (standard input cannot be read twice), so what the writer
 * needs after the archive-wide stage waits in INDEX/tmp. Pieces are packed and unpacked
 * by the threads that make and use them; the file only moves bytes. */
#pragma once

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"

/* A piece: whole articles that one worker cut into one batch. */
typedef struct kh_piece_head {
    uint64_t first;      /* number of its first article */
    uint32_t n_articles; /* that follow each other, but in a sample */
    uint32_t batch;      /* whose words its cuts count by */
    uint64_t plain_bytes;
} kh_piece_head;

typedef struct kh_spool kh_spool;

KH_MUST_USE kh_status kh_spool_create(kh_spool **out, const char *path, kh_error *err);
void kh_spool_free(kh_spool *spool); /* NULL is allowed; the file stays */
KH_DEFINE_CLEANUP(kh_spool, kh_spool_free)

/* Append a piece; head->plain_bytes: before it was packed. */
KH_MUST_USE kh_status kh_spool_add(kh_spool *spool, const kh_piece_head *head,
                                   kh_str packed, kh_error *err);

/* Bytes of the file, as long as pieces are added. */
uint64_t kh_spool_bytes(const kh_spool *spool);

/* No more will be added, or all again: reading begins. */
KH_MUST_USE kh_status kh_spool_rewind(kh_spool *spool, kh_error *err);

/* The next piece, appended to packed; KH_END behind the last. */
KH_MUST_USE kh_status kh_spool_next(kh_spool *spool, kh_piece_head *head,
                                    kh_buf *packed, kh_error *err);

/* Packs and unpacks pieces. One a thread. */
typedef struct kh_press kh_press;

KH_MUST_USE kh_status kh_press_open(kh_press **out, kh_error *err);
void kh_press_free(kh_press *press); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_press, kh_press_free)

/* Append a piece, packed. */
KH_MUST_USE kh_status kh_press_pack(kh_press *press, kh_buf *out, kh_str plain,
                                    kh_error *err);

/* Append it, unpacked. */
KH_MUST_USE kh_status kh_press_unpack(kh_press *press, kh_buf *out, kh_str packed,
                                      uint64_t plain_bytes, kh_error *err);
