/* scan - finders, and the search in plain C. */
#include "scan.h"

#include <string.h>

/* Tables have eight bits a nibble, one a group of codes. A group lets through every
 * mixture of the nibbles of its codes; how many that is, is its volume. */
#define N_GROUPS 8

typedef struct group {
    unsigned last_low; /* bit by nibble */
    unsigned last_high;
    unsigned before_low;
    unsigned before_high;
} group;

void kh_finder_init(kh_finder *finder)
{
    memset(finder, 0, sizeof(*finder));
}

static unsigned volume(const group *g)
{
    return (unsigned)(__builtin_popcount(g->last_low) *
                      __builtin_popcount(g->last_high) *
                      __builtin_popcount(g->before_low) *
                      __builtin_popcount(g->before_high));
}

static group join(const group *a, const group *b)
{
    return (group){ .last_low = a->last_low | b->last_low,
                    .last_high = a->last_high | b->last_high,
                    .before_low = a->before_low | b->before_low,
                    .before_high = a->before_high | b->before_high };
}

/* The group of a code alone; the bytes are noted in the bitmap. */
static group note_code(kh_finder *finder, uint32_t code)
{
    unsigned char bytes[3];
    size_t n = kh_code_put(bytes, code);
    unsigned last = bytes[n - 1];
    unsigned before = n > 1 ? bytes[n - 2] : 0x80u;
    finder->pairs[before * 2 + (last >> 6 & 1u)] |= UINT64_C(1) << (last & 63u);

    group g = { .last_low = 1u << (last & 15u), .last_high = 1u << (last >> 4) };
    g.before_low = n > 1 ? 1u << (before & 15u) : 0xFFFFu;
    g.before_high = n > 1 ? 1u << (before >> 4) : 0xFF00u;
    return g;
}

/* Put a code where it lets the least through; an empty group counts as any other. */
static void place(group groups[N_GROUPS], const group *code)
{
    size_t best = 0;
    unsigned least = UINT32_MAX;
    for (size_t i = 0; i < N_GROUPS; i++) {
        group joined = join(&groups[i], code);
        unsigned more = volume(&joined) - volume(&groups[i]);
        if (more < least) {
            least = more;
            best = i;
        }
    }
    groups[best] = join(&groups[best], code);
}

void kh_finder_add(kh_finder *finder, const uint32_t *codes, size_t n)
{
    group groups[N_GROUPS] = { 0 };
    for (size_t i = 0; i < n; i++) {
        group code = note_code(finder, codes[i]);
        place(groups, &code);
    }
    for (unsigned i = 0; i < N_GROUPS; i++) {
        for (unsigned nibble = 0; nibble < 16; nibble++) {
            unsigned bit = 1u << i;
            finder->last_low[nibble] |=
                (uint8_t)(groups[i].last_low >> nibble & 1u ? bit : 0);
            finder->last_high[nibble] |=
                (uint8_t)(groups[i].last_high >> nibble & 1u ? bit : 0);
            finder->before_low[nibble] |=
                (uint8_t)(groups[i].before_low >> nibble & 1u ? bit : 0);
            finder->before_high[nibble] |=
                (uint8_t)(groups[i].before_high >> nibble & 1u ? bit : 0);
        }
    }
}

/* Two high nibbles share a bit: what the tables mix up, the bitmap sets right. */
static void add_byte(kh_follower *follower, unsigned byte)
{
    uint8_t bit = (uint8_t)(1u << (byte >> 5));
    follower->low[byte & 15u] |= bit;
    follower->high[byte >> 4] |= bit;
    follower->bytes[byte >> 6] |= UINT64_C(1) << (byte & 63u);
}

void kh_follower_init(kh_follower *follower)
{
    memset(follower, 0, sizeof(*follower));
    add_byte(follower, 0x80u | KH_MARK_SENTENCE);
}

void kh_follower_add(kh_follower *follower, uint32_t code)
{
    unsigned char bytes[3];
    (void)kh_code_put(bytes, code);
    add_byte(follower, bytes[0]);
}

/* ---- the search ---- */

static uint32_t chunk_plain(uint32_t *ends, const kh_finder *finder,
                            const unsigned char *at, size_t n)
{
    uint32_t hits = 0;
    uint32_t tops = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t is_last = at[i] >> 7;
        tops |= is_last << i;
        hits |= (uint32_t)(is_last != 0 && kh_finder_has(finder, at + i)) << i;
    }
    *ends = tops;
    return hits;
}

uint32_t kh_scan_chunk(uint32_t *ends, const kh_finder *finder, const unsigned char *at,
                       size_t n, bool is_plain)
{
    if (is_plain || n < KH_SCAN_BYTES)
        return chunk_plain(ends, finder, at, n);
    return kh_scan_chunk_fast(ends, finder, at);
}

/* Up to 32 bytes. */
static void fill_plain(kh_scan *scan)
{
    size_t left = (size_t)(scan->end - scan->at);
    size_t n = left < KH_SCAN_BYTES ? left : KH_SCAN_BYTES;
    uint32_t ends;
    scan->bits = chunk_plain(&ends, scan->finder, scan->at, n);
    scan->base = scan->at;
    scan->at += n;
}

bool kh_scan_fill(kh_scan *scan)
{
    if (!scan->is_plain && !scan->is_narrow && kh_scan_is_wide() &&
        kh_scan_fill_wide(scan))
        return true;
    if (!scan->is_plain && kh_scan_fill_fast(scan))
        return true;
    while (scan->bits == 0 && scan->at < scan->end)
        fill_plain(scan);
    return scan->bits != 0;
}

#if !defined(__x86_64__)

bool kh_scan_is_fast(void)
{
    return false;
}

bool kh_scan_is_wide(void)
{
    return false;
}

bool kh_scan_fill_wide(kh_scan *scan)
{
    (void)scan;
    return false;
}

uint32_t kh_scan_chunk_fast(uint32_t *ends, const kh_finder *finder,
                            const unsigned char *at)
{
    return chunk_plain(ends, finder, at, KH_SCAN_BYTES);
}

bool kh_scan_fill_fast(kh_scan *scan)
{
    (void)scan;
    return false;
}

#endif
