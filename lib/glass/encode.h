/* encode - the numbers of the format, written at a pointer.
 *
 *   uint       base 128, low bits first, the top bit set in every byte but the last
 *   uint-last  base 256, low bits first, no zero byte at the end; the container says
 *              how long it is
 *   uint-sort  big endian, the leading ones of the first byte say how long it is, so
 *              that the order of bytes is the order of numbers
 *   u16, u32   big endian
 *
 * Each function returns where the next byte goes. */
#pragma once

#include <stdint.h>
#include <string.h>

#include "base/varint.h"

#define KH_GLASS_UINT_MAX 10u /* bytes of a 64-bit uint; 5 of a 32-bit one */
#define KH_GLASS_SORT_MAX 5u  /* bytes of a 32-bit uint-sort */

#define KH_GLASS_METADATA       "\0\xc0" /* what the keys of metadata begin with */
#define KH_GLASS_METADATA_BYTES 2u

static inline char *kh_glass_put_uint(char *to, uint64_t value)
{
    return kh_varint_put(to, value);
}

static inline char *kh_glass_put_uint_last(char *to, uint32_t value)
{
    for (; value != 0; value >>= 8)
        *to++ = (char)(value & 255);
    return to;
}

static inline char *kh_glass_put_u16(char *to, uint32_t value)
{
    to[0] = (char)(value >> 8 & 255);
    to[1] = (char)(value & 255);
    return to + 2;
}

static inline char *kh_glass_put_u32(char *to, uint32_t value)
{
    return kh_glass_put_u16(kh_glass_put_u16(to, value >> 16), value & 0xFFFF);
}

static inline char *kh_glass_put_uint_sort(char *to, uint32_t value)
{
    if (value < UINT32_C(1) << 15)
        return kh_glass_put_u16(to, value);
    if (value < UINT32_C(1) << 22) {
        *to++ = (char)(0x80 | value >> 16);
        return kh_glass_put_u16(to, value & 0xFFFF);
    }
    if (value < UINT32_C(1) << 29)
        return kh_glass_put_u32(to, UINT32_C(0xC0000000) | value);
    *to++ = (char)0xE0;
    return kh_glass_put_u32(to, value);
}

/* A term as a key: each zero byte is followed by 255. */
static inline char *kh_glass_put_escaped(char *to, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        *to++ = bytes[i];
        if (bytes[i] == '\0')
            *to++ = (char)0xFF;
    }
    return to;
}
