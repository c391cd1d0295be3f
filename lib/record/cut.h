/* cut - what a cutter leaves for the second stage, and how it is read back.
 *
 *   block     varint 2 * kind + verbatim, line, byte, sentences, bytes of the text;
 *             string of items
 *   items     gap item gap item ... of each sentence: varint number of the gap in the
 *             batch, varint item: 0 the sentence ends; 2n + 2 word n of the batch;
 *             2n + 1 a run of characters of n bytes, which follow
 *
 * Never on disk but in the spool of one build. Internal to lib/record. */
#pragma once

#include "base/buf.h"
#include "gaps.h"

KH_BEGIN_DECLS

#define KH_ITEM_END 0u

typedef struct kh_cut_block {
    unsigned kind;
    bool is_verbatim;
    uint32_t line;
    uint64_t byte;
    uint64_t n_sentences;
    uint64_t text_bytes;
    kh_str items;
} kh_cut_block;

/* The next block of a cut; false at the end or when it is damaged (cursor->is_bad). */
bool kh_cut_next(kh_cursor *cursor, kh_cut_block *out);

KH_END_DECLS
