/* utf8 - one code point forward or back; ill-formed bytes are U+FFFD, one byte long. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

KH_BEGIN_DECLS

#define KH_UTF8_BAD 0xFFFDu

/* kh_utf8_next() of what is not ASCII. */
uint32_t kh_utf8_next_long(kh_str s, size_t *at);

/* The code point at *at (which must be < s.len); *at moves behind it. */
static inline uint32_t kh_utf8_next(kh_str s, size_t *at)
{
    unsigned char byte = (unsigned char)s.ptr[*at];
    if (byte >= 0x80)
        return kh_utf8_next_long(s, at);
    ++*at;
    return byte;
}

/* The code point before *at (which must be > 0); *at moves to its start. */
uint32_t kh_utf8_previous(kh_str s, size_t *at);

/* Write a code point; 1 to 4 bytes. */
size_t kh_utf8_put(char out[4], uint32_t code_point);

/* Code points in well-formed text. */
size_t kh_utf8_count(kh_str s);

/* Offset of the first ill-formed byte; s.len if all is well-formed (no surrogates,
 * nothing over U+10FFFF, shortest forms: Unicode Standard, table 3-7). */
size_t kh_utf8_check(kh_str s);

KH_END_DECLS
