/* han - traditional Chinese characters as simplified ones. Generated table: see
 * scripts/make_han_table.c; a test compares every character with ICU.
 *
 *   c -> block of 64, bit -> bits before it -> simplified
 *
 * Characters that stand for several traditional ones (fa of hair and of sending) are
 * one: what is searched for is found, and some more. */
#pragma once

#include <stdint.h>

#define KH_HAN_FIRST  0x3400u /* to 9FFF: the others have no simplified form in ICU */
#define KH_HAN_BLOCKS ((0xA000u - KH_HAN_FIRST) / 64)

extern const uint64_t kh_han_changes[KH_HAN_BLOCKS]; /* a bit a character */
extern const uint16_t kh_han_before[KH_HAN_BLOCKS];  /* bits of the blocks before */
extern const uint16_t kh_han_simplified[];           /* one for each bit */

static inline uint32_t kh_simplified(uint32_t c)
{
    uint32_t block = (c - KH_HAN_FIRST) / 64;
    if (c < KH_HAN_FIRST || block >= KH_HAN_BLOCKS)
        return c;
    uint64_t bit = UINT64_C(1) << c % 64;
    uint64_t changes = kh_han_changes[block];
    if ((changes & bit) == 0)
        return c;
    int behind = __builtin_popcountll(changes & (bit - 1));
    return kh_han_simplified[kh_han_before[block] + behind];
}
