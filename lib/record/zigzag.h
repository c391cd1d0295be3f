/* zigzag - signed numbers as varints: 0 -1 1 -2 2 as 0 1 2 3 4. */
#pragma once

#include <stdint.h>

static inline uint64_t kh_zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (uint64_t)(value < 0 ? -1 : 0);
}

static inline int64_t kh_unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}
