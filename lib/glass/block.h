/* block - one block of a table: a directory that grows up, items that grow down.
 *
 *   u32 revision | level | u16 gap | u16 free | u16 end of directory
 *   u16 offset of each item, in the order of keys | gap | items, the last one first
 *
 * Blocks are filled in order and never changed, so all that is free is the gap. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "encode.h"

#define KH_GLASS_REVISION     1u /* of every block; a reader wipes what is of 0 */
#define KH_GLASS_BLOCK_HEAD   11u
#define KH_GLASS_OFFSET_BYTES 2u /* what an item takes in the directory */

/* The first key of a block, as short as tells it from what is before it, with the piece
 * of the tag that the block begins with. */
typedef struct kh_glass_separator {
    uint32_t piece;
    uint8_t len;
    char key[255];
} kh_glass_separator;

typedef struct kh_glass_block {
    char *bytes; /* owned */
    uint32_t size;
    uint32_t directory_end;
    uint32_t lowest; /* where the last item begins */
    uint8_t level;   /* 0: a leaf */
    kh_glass_separator separator;
} kh_glass_block;

void kh_glass_block_init(kh_glass_block *block, uint32_t size, uint8_t level);
void kh_glass_block_release(kh_glass_block *block);
void kh_glass_block_reset(kh_glass_block *block);
/* Fill in the header; the bytes are then what stands on disk. */
void kh_glass_block_finish(kh_glass_block *block);

static inline bool kh_glass_block_is_empty(const kh_glass_block *block)
{
    return block->directory_end == KH_GLASS_BLOCK_HEAD;
}

/* The largest item that still fits; of an empty block if there is none: */
static inline size_t kh_glass_block_room(const kh_glass_block *block)
{
    size_t gap = block->lowest - block->directory_end;
    return gap > KH_GLASS_OFFSET_BYTES ? gap - KH_GLASS_OFFSET_BYTES : 0;
}

static inline size_t kh_glass_block_most(uint32_t size)
{
    return size - KH_GLASS_BLOCK_HEAD - KH_GLASS_OFFSET_BYTES;
}

/* Place for an item, which must fit. */
static inline char *kh_glass_block_take(kh_glass_block *block, size_t bytes)
{
    block->lowest -= (uint32_t)bytes;
    kh_glass_put_u16(block->bytes + block->directory_end, block->lowest);
    block->directory_end += KH_GLASS_OFFSET_BYTES;
    return block->bytes + block->lowest;
}
