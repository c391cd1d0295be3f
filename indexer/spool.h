/* spool - articles on their way: from the reader to a worker, from a worker to the
 * writer.
 *
 * An article is bytes that any thread can read; its texts are views of them. The input
 * is read once (standard input cannot be read twice), so what the writer needs after
 * the archive-wide stage waits in INDEX/tmp/spool. */
#pragma once

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"
#include "xapian-c/writer.h"

/* Append an article. */
void kh_spool_article_write(kh_buf *out, const kh_article *article);

/* Read one; arrays in the arena, texts are views of the cursor's bytes. KH_ERR_CORRUPT
 * if they are not what kh_spool_article_write wrote. */
KH_MUST_USE kh_status kh_spool_article_read(kh_article *out, kh_cursor *cursor,
                                            kh_arena *arena, kh_error *err);

/* An article as the writer needs it: its blocks as they were cut. */
typedef struct kh_spool_entry {
    kh_article article; /* without blocks */
    kh_str cut;
    uint64_t text_hash;
    bool title_is_block;
    bool deck_is_block;
} kh_spool_entry;

void kh_spool_entry_write(kh_buf *out, const kh_article *article, uint64_t text_hash,
                          kh_str cut);
KH_MUST_USE kh_status kh_spool_entry_read(kh_spool_entry *out, kh_cursor *cursor,
                                          kh_arena *arena, kh_error *err);

/* Append postings, and read them back: views and an array in the arena. */
void kh_spool_postings_write(kh_buf *out, const kh_posting *postings, size_t n);
KH_MUST_USE kh_status kh_spool_postings_read(kh_posting **out, size_t *n,
                                             kh_cursor *cursor, kh_arena *arena,
                                             kh_error *err);

/* ---- the file ---- */

/* Records of any bytes, appended and then read in order, some times over. Packed in
 * pieces (zstd).
 */
typedef struct kh_spool kh_spool;

KH_MUST_USE kh_status kh_spool_create(kh_spool **out, const char *path, kh_error *err);
void kh_spool_free(kh_spool *spool); /* NULL is allowed; the file stays */
KH_DEFINE_CLEANUP(kh_spool, kh_spool_free)

/* Append a piece that holds whole records. */
KH_MUST_USE kh_status kh_spool_add(kh_spool *spool, kh_str piece, kh_error *err);

/* No more will be added; reading begins. */
KH_MUST_USE kh_status kh_spool_rewind(kh_spool *spool, kh_error *err);

/* The next piece, until the next call; KH_END behind the last. */
KH_MUST_USE kh_status kh_spool_next(kh_spool *spool, kh_str *piece, kh_error *err);

uint64_t kh_spool_bytes(const kh_spool *spool); /* on disk */
