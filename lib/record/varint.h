/* varint - kh_cursor_varint() for inner loops: short numbers at once. Internal to
 * lib/record. */
#pragma once

#include <stdint.h>

#include "base/buf.h"

/* Read the next number; short ones at once. */
static inline uint64_t kh_varint_next(kh_cursor *cursor)
{
    const unsigned char *at = (const unsigned char *)cursor->ptr;
    if (!cursor->is_bad && cursor->end - cursor->ptr >= 3) {
        if (at[0] < 0x80) {
            cursor->ptr += 1;
            return at[0];
        }
        if (at[1] < 0x80) {
            cursor->ptr += 2;
            return (at[0] & 0x7Fu) | (uint64_t)at[1] << 7;
        }
        if (at[2] < 0x80) {
            cursor->ptr += 3;
            return (at[0] & 0x7Fu) | (at[1] & 0x7Fu) << 7 | (uint64_t)at[2] << 14;
        }
    }
    return kh_cursor_varint(cursor);
}

/* The same without a guess how short it is, which for words is wrong half the time: of
 * up to four bytes, all of which can be read. Returns how many they are; 0: more. */
#define KH_VARINT_SHORT 4

static inline size_t kh_varint_short(uint32_t *out, const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    uint32_t bytes = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
                     (uint32_t)b[3] << 24;
    uint32_t last = ~bytes & 0x80808080u; /* lowest bit: of the last byte */
    if (last == 0)
        return 0;
    bytes &= last ^ (last - 1);
    *out = (bytes & 0x7Fu) | (bytes >> 1 & 0x3F80u) | (bytes >> 2 & 0x1FC000u) |
           (bytes >> 3 & 0xFE00000u);
    return ((unsigned)__builtin_ctz(last) + 1) / 8;
}
