/* scan - find a set of codes in a stream, 32 or 64 bytes at a time.
 *
 * A code is told, but for a few others, by its last byte and the one before it (before
 * a code of one byte stands any last byte). A finder knows the pairs of these two bytes
 * for the codes of a set: exactly in a bitmap, and roughly in four tables of nibbles,
 * which a vector unit looks up for 32 bytes at once. What both let through is decoded
 * and looked up by the caller. Internal to lib/record. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decls.h"
#include "codes.h"

KH_BEGIN_DECLS

#define KH_SCAN_BYTES 32u
#define KH_SCAN_WIDE  64u /* where the machine can */

/* Of a byte before a last byte only this counts: which it is below 80, or none. */
#define KH_FINDER_BEFORE 129u

typedef struct kh_finder {
    uint8_t last_low[16]; /* by nibble: groups of codes with such a last byte */
    uint8_t last_high[16];
    uint8_t before_low[16]; /* the same of the byte before it */
    uint8_t before_high[16];
    uint64_t pairs[KH_FINDER_BEFORE * 2]; /* bit before * 128 + (last & 7F) */
} kh_finder;

/* The first bytes of a set of codes: what may stand behind a hit. */
typedef struct kh_follower {
    uint8_t low[16]; /* by nibble */
    uint8_t high[16];
    uint64_t bytes[4]; /* bit by byte */
} kh_follower;

/* Empty: finds nothing. */
void kh_finder_init(kh_finder *finder);

/* Make the finder of codes: n of them, each below KH_CODE_END. */
void kh_finder_add(kh_finder *finder, const uint32_t *codes, size_t n);

/* Mark 0 is taken in: words stand side by side across it. */
void kh_follower_init(kh_follower *follower);
void kh_follower_add(kh_follower *follower, uint32_t code);

/* A scan of the bytes at..end. The byte before `at` and one behind `end` are readable.
 */
typedef struct kh_scan {
    const kh_finder *finder;
    const kh_follower *follower; /* NULL: anything may follow */
    const unsigned char *begin;  /* bytes from here on are readable; NULL: from `at` */
    const unsigned char *at;     /* next to be looked at */
    const unsigned char *end;
    const unsigned char *base; /* of bits */
    uint64_t bits;             /* hits not given yet, from base on */
    bool is_plain;             /* without the vector unit */
    bool is_narrow;            /* without the wider one */
} kh_scan;

/* Whether this machine has the vector unit, and the wider one. */
bool kh_scan_is_fast(void);
bool kh_scan_is_wide(void);

/* Fill bits with the next hits; false if there are none. */
bool kh_scan_fill(kh_scan *scan);

/* Where a code of the set may end, of up to 32 bytes; *ends: where any code does. */
uint32_t kh_scan_chunk(uint32_t *ends, const kh_finder *finder, const unsigned char *at,
                       size_t n, bool is_plain);

/* The same 32 bytes by the vector unit, roughly: bits may be too many. */
uint32_t kh_scan_chunk_fast(uint32_t *ends, const kh_finder *finder,
                            const unsigned char *at);
bool kh_scan_fill_fast(kh_scan *scan);
bool kh_scan_fill_wide(kh_scan *scan);

static inline bool kh_finder_has(const kh_finder *finder, const unsigned char *last)
{
    size_t before = last[-1] < 0x80u ? last[-1] : 0x80u;
    return (finder->pairs[before * 2 + (last[0] >> 6 & 1u)] >> (last[0] & 63u) & 1u) !=
           0;
}

static inline bool kh_follower_has(const kh_follower *follower, unsigned char first)
{
    return (follower->bytes[first >> 6] >> (first & 63u) & 1u) != 0;
}

/* The next place where a code of the set may end (its last byte), in order. */
static inline bool kh_scan_next(kh_scan *scan, const unsigned char **out)
{
    do {
        while (scan->bits != 0) {
            const unsigned char *last = scan->base + __builtin_ctzll(scan->bits);
            scan->bits &= scan->bits - 1;
            if (kh_finder_has(scan->finder, last) &&
                (scan->follower == NULL || kh_follower_has(scan->follower, last[1]))) {
                *out = last;
                return true;
            }
        }
    } while (kh_scan_fill(scan));
    return false;
}

KH_END_DECLS
