/* walk - the code before a byte of a stream. Internal to lib/record. */
#pragma once

#include "codes.h"

/* Read the code that ends before *at, which must be behind begin; *at moves to where it
 * begins. KH_CODE_END if it is none; *at is begin then. */
static inline uint32_t kh_code_before(const unsigned char **at,
                                      const unsigned char *begin)
{
    const unsigned char *p = *at - 1;
    uint32_t last = p[0] & 0x7Fu;
    if (p[0] >= 0x80u && (p == begin || p[-1] >= 0x80u)) {
        *at = p;
        return last;
    }
    if (p[0] >= 0x80u && (p - begin == 1 || p[-2] >= 0x80u)) {
        *at = p - 1;
        return KH_CODE_TWO + ((uint32_t)p[-1] << 7 | last);
    }
    if (p[0] >= 0x80u && (p - begin == 2 || p[-3] >= 0x80u)) {
        *at = p - 2;
        return KH_CODE_THREE + ((uint32_t)p[-2] << 14 | (uint32_t)p[-1] << 7 | last);
    }
    *at = begin;
    return KH_CODE_END;
}
