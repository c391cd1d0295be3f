/* metadata - blocks with a checksum of their own: a database is checked when it is made
 * and when somebody asks, not when it is opened. */
#include "metadata.h"

#include "base/hash.h"

#define SUM_BYTES 4u

/* A block under another key is damage, too. */
static uint32_t sum_of(kh_str key, kh_str block)
{
    return (uint32_t)kh_checksum(block, kh_checksum(key, 0));
}

kh_status kh_metadata_put_block(const kh_metadata *out, kh_str key, kh_buf *block,
                                kh_error *err)
{
    kh_buf_add_u32(block, sum_of(key, kh_buf_str(block)));
    return out->put(out->self, key, kh_buf_str(block), err);
}

bool kh_metadata_block(kh_str *block, kh_str key)
{
    if (block->len < SUM_BYTES)
        return false;
    kh_str bytes = kh_str_slice(*block, 0, block->len - SUM_BYTES);
    kh_cursor cursor = kh_cursor_of(kh_str_slice(*block, bytes.len, block->len));
    *block = bytes;
    return kh_cursor_u32(&cursor) == sum_of(key, bytes);
}
