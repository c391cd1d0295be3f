/* spooled - articles as bytes that any thread can read; their texts are views of them.
 *
 * On the way from the reader to a worker an article is whole; from a worker to the
 * writer its blocks are a cut. */
#pragma once

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

/* Append an article. */
void kh_whole_write(kh_buf *out, const kh_article *article);

/* Read one; arrays in the arena, texts are views of the cursor's bytes. KH_ERR_CORRUPT
 * if they are not what kh_whole_write wrote. */
KH_MUST_USE kh_status kh_whole_read(kh_article *out, kh_cursor *cursor, kh_arena *arena,
                                    kh_error *err);

/* An article as the writer needs it: its blocks as they were cut. */
typedef struct kh_spooled {
    kh_article article; /* without blocks */
    kh_str cut;
    uint64_t text_hash;
    bool title_is_block;
    bool deck_is_block;
} kh_spooled;

void kh_spooled_write(kh_buf *out, const kh_article *article, uint64_t text_hash,
                      kh_str cut);
KH_MUST_USE kh_status kh_spooled_read(kh_spooled *out, kh_cursor *cursor,
                                      kh_arena *arena, kh_error *err);
