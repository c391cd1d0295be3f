/* utf8 - well-formed sequences as the Unicode Standard, table 3-7, has them. */
#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bits that are set in each of eight bytes that are not ASCII. */
#define HIGH_BITS 0x8080808080808080u

/* Length of the well-formed sequence at the start of p..end, 0 if there is none. */
static size_t sequence_bytes(const unsigned char *p, const unsigned char *end)
{
    unsigned char lead = p[0];
    unsigned char low = 0x80, high = 0xBF; /* bounds of the second byte */
    size_t len;

    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF) {
        len = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        len = 3;
        low = lead == 0xE0 ? 0xA0 : low;   /* shorter forms exist below */
        high = lead == 0xED ? 0x9F : high; /* surrogates lie above */
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        len = 4;
        low = lead == 0xF0 ? 0x90 : low;
        high = lead == 0xF4 ? 0x8F : high; /* U+10FFFF is the last */
    } else {
        return 0;
    }

    if ((size_t)(end - p) < len || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

static uint32_t decode(const unsigned char *p, size_t len)
{
    switch (len) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
               (p[3] & 0x3Fu);
    default:
        return KH_UTF8_BAD;
    }
}

uint32_t kh_utf8_next_long(kh_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t len = sequence_bytes(p, (const unsigned char *)s.ptr + s.len);

    *at += len > 0 ? len : 1;
    return decode(p, len);
}

uint32_t kh_utf8_previous(kh_str s, size_t *at)
{
    const unsigned char *end = (const unsigned char *)s.ptr + *at;
    size_t most = *at < 4 ? *at : 4;

    for (size_t len = 1; len <= most; len++) {
        const unsigned char *p = end - len;
        if (len < most && (*p & 0xC0) == 0x80)
            continue; /* inside a letter: it begins further left */
        if (sequence_bytes(p, end) != len)
            break;
        *at -= len;
        return decode(p, len);
    }
    *at -= 1;
    return KH_UTF8_BAD;
}

size_t kh_utf8_put(char out[4], uint32_t code_point)
{
    uint32_t c = code_point;

    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = KH_UTF8_BAD;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t kh_utf8_count(kh_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

#ifdef __SSE2__

#define STEP 32u /* bytes looked at together */

static inline bool is_ascii_step(const unsigned char *at)
{
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(at + 16));
    return _mm_movemask_epi8(_mm_or_si128(first, second)) == 0;
}

#else

#define STEP 8u

static inline bool is_ascii_step(const unsigned char *at)
{
    uint64_t eight;
    memcpy(&eight, at, sizeof(eight));
    return (eight & HIGH_BITS) == 0;
}

#endif

/* Move over ASCII, many bytes at a time. */
static inline size_t skip_ascii(const unsigned char *start, size_t len, size_t at)
{
    while (len - at >= STEP && is_ascii_step(start + at))
        at += STEP;
    while (at < len && start[at] < 0x80)
        at++;
    return at;
}

size_t kh_utf8_check(kh_str s)
{
    const unsigned char *start = (const unsigned char *)s.ptr;
    size_t at = skip_ascii(start, s.len, 0);
    while (at < s.len) {
        size_t len = sequence_bytes(start + at, start + s.len);
        if (len == 0)
            return at;
        at += len;
        if (at < s.len && start[at] < 0x80)
            at = skip_ascii(start, s.len, at);
    }
    return s.len;
}
