/* codes - the numbers that stand for words in a stream, and their bytes.
 *
 * End-tagged, as of docs/index-format.md, section 5: the last byte of a code has its
 * top bit set, the others have not; so from any byte on the next code can be found, and
 * a byte of 80 to 87 behind a last byte is a mark or a digit, never part of a word.
 * Internal to lib/record. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Codes below KH_CODE_WORDS are marks. */
typedef enum kh_mark {
    KH_MARK_SENTENCE = 0,  /* a sentence ends and the next begins */
    KH_MARK_PARAGRAPH = 1, /* 1 to 4: a block of this kind begins */
    KH_MARK_HEADING = 2,
    KH_MARK_TITLE = 3,
    KH_MARK_DECK = 4,
    KH_MARK_BLOCK = 5, /* another block begins: its kind in two digits, 8a + b */
    KH_MARK_PAIRS = 6, /* directly behind the language: the stream may hold pairs of
                          characters, so codes are not units one to one */
} kh_mark;

#define KH_CODE_WORDS 8u       /* number n of the word list is the code n + 8 */
#define KH_CODE_TWO   128u     /* from here on two bytes */
#define KH_CODE_THREE 16512u   /* three */
#define KH_CODE_RARE  1065088u /* rare words: + the top 20 bits of their hash */
#define KH_CODE_END   2113664u /* no code is this or more */

#define KH_CODE_BYTES_MAX 3u

#define KH_WORDS_MAX (KH_CODE_RARE - KH_CODE_WORDS) /* numbered words */

/* Bytes 80 behind the last article, so that readers may look past a damaged code. */
#define KH_STREAM_PADDING 8u

#define KH_LANG_OTHER 63u /* the language stands in the values of the rest */

static inline uint32_t kh_code_rare(uint64_t hash)
{
    return KH_CODE_RARE + (uint32_t)(hash >> 44);
}

static inline bool kh_code_is_rare(uint32_t code)
{
    return code >= KH_CODE_RARE;
}

/* Write a code; 1 to 3 bytes. */
static inline size_t kh_code_put(unsigned char *out, uint32_t code)
{
    if (code < KH_CODE_TWO) {
        out[0] = (unsigned char)(0x80u | code);
        return 1;
    }
    if (code < KH_CODE_THREE) {
        uint32_t a = code - KH_CODE_TWO;
        out[0] = (unsigned char)(a >> 7);
        out[1] = (unsigned char)(0x80u | (a & 0x7Fu));
        return 2;
    }
    uint32_t a = code - KH_CODE_THREE;
    out[0] = (unsigned char)(a >> 14);
    out[1] = (unsigned char)((a >> 7) & 0x7Fu);
    out[2] = (unsigned char)(0x80u | (a & 0x7Fu));
    return 3;
}

/* The bytes of a code in one number, the first one lowest; *n_bytes: how many. Without
 * a guess, which is wrong for every third word. */
static inline uint32_t kh_code_bytes(uint32_t code, unsigned *n_bytes)
{
    unsigned is_two = code >= KH_CODE_TWO;
    unsigned is_three = code >= KH_CODE_THREE;
    uint32_t a = code - is_two * KH_CODE_TWO - is_three * (KH_CODE_THREE - KH_CODE_TWO);
    uint32_t bytes = a >> 14 | (a >> 7 & 0x7Fu) << 8 | (0x80u | (a & 0x7Fu)) << 16;
    *n_bytes = 1 + is_two + is_three;
    return bytes >> 8 * (KH_CODE_BYTES_MAX - *n_bytes);
}

/**
 * Read the code at *at, which must be below end; *at moves behind it.
 *
 * Three bytes from *at on are readable (KH_STREAM_PADDING), whatever stands there.
 * Returns KH_CODE_END if it is no code or reaches behind end; *at is end then.
 */
static inline uint32_t kh_code_next(const unsigned char **at, const unsigned char *end)
{
    const unsigned char *p = *at;
    if (p[0] >= 0x80u) {
        *at = p + 1;
        return p[0] & 0x7Fu;
    }
    if (p[1] >= 0x80u && end - p >= 2) {
        *at = p + 2;
        return KH_CODE_TWO + ((uint32_t)p[0] << 7 | (p[1] & 0x7Fu));
    }
    if (p[1] < 0x80u && p[2] >= 0x80u && end - p >= 3) {
        *at = p + 3;
        return KH_CODE_THREE +
               ((uint32_t)p[0] << 14 | (uint32_t)p[1] << 7 | (p[2] & 0x7Fu));
    }
    *at = end;
    return KH_CODE_END;
}
