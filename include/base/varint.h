/* varint - a number in bytes: 7 bits a byte, low ones first, the top bit says that more
 * follow. For inner loops over memory that is there; kh_buf and kh_cursor else.
 *
 * A branch a byte guesses wrong for every other number of a list, which costs as much
 * as all the rest: the short forms have none. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/decls.h"

KH_BEGIN_DECLS

#define KH_VARINT_MAX   10u /* bytes of a number */
#define KH_VARINT_SHORT 4u  /* bytes of one below KH_VARINT_SHORT_END */

#define KH_VARINT_SHORT_END (UINT32_C(1) << 28)

/* Write a number to at, which has room; where it ends. */
static inline char *kh_varint_put(char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (char)(value | 0x80);
    *at++ = (char)value;
    return at;
}

/* The same of a short one; there is room for KH_VARINT_SHORT bytes, all of which are
 * written to. */
static inline char *kh_varint_put_short(char *at, uint32_t value)
{
    unsigned n = 1u + (value >= 1u << 7) + (value >= 1u << 14) + (value >= 1u << 21);
    uint32_t bytes = (value & 0x7Fu) | (value & 0x3F80u) << 1 |
                     (value & 0x1FC000u) << 2 | (value & 0xFE00000u) << 3;
    bytes |= 0x80808080u & ((UINT32_C(1) << 8 * (n - 1)) - 1);
    at[0] = (char)bytes;
    at[1] = (char)(bytes >> 8);
    at[2] = (char)(bytes >> 16);
    at[3] = (char)(bytes >> 24);
    return at + n;
}

/* Read a number of up to KH_VARINT_SHORT bytes, all of which can be read. Returns how
 * many they are; 0: more. */
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

KH_END_DECLS
