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
