/* block - see block.h. */
#include "block.h"

#include "base/alloc.h"

void kh_glass_block_init(kh_glass_block *block, uint32_t size, uint8_t level)
{
    *block = (kh_glass_block){ .bytes = kh_alloc(size), .size = size, .level = level };
    kh_glass_block_reset(block);
}

void kh_glass_block_release(kh_glass_block *block)
{
    kh_free(block->bytes);
    block->bytes = NULL;
}

void kh_glass_block_reset(kh_glass_block *block)
{
    block->directory_end = KH_GLASS_BLOCK_HEAD;
    block->lowest = block->size;
}

void kh_glass_block_finish(kh_glass_block *block)
{
    uint32_t gap = block->lowest - block->directory_end;
    char *to = kh_glass_put_u32(block->bytes, KH_GLASS_REVISION);
    *to++ = (char)block->level;
    to = kh_glass_put_u16(to, gap);
    to = kh_glass_put_u16(to, gap);
    kh_glass_put_u16(to, block->directory_end);
    memset(block->bytes + block->directory_end, 0, gap);
}
