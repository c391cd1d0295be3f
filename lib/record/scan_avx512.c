/* scan_avx512 - the search of scan.h by the wider vector unit of x86-64, 64 bytes at a
 * time: what scan_avx2.c does, with a mask where that compares with zero. */
#include "scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw")))

bool kh_scan_is_wide(void)
{
    return __builtin_cpu_supports("avx512f") != 0 &&
           __builtin_cpu_supports("avx512bw") != 0;
}

/* Two tables of nibbles: the groups of a byte. */
typedef struct tables {
    __m512i low;
    __m512i high;
} tables;

/* The 16 bytes of a table, four times. */
AVX512 static inline __m512i load_table(const uint8_t table[16])
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}

AVX512 static inline __m512i load_bytes(const unsigned char *at)
{
    return _mm512_loadu_si512(at);
}

AVX512 static inline __m512i groups_of(tables t, __m512i bytes)
{
    __m512i nibble = _mm512_set1_epi8(0x0F);
    __m512i upper = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), nibble);
    return _mm512_and_si512(_mm512_shuffle_epi8(t.low, _mm512_and_si512(bytes, nibble)),
                            _mm512_shuffle_epi8(t.high, upper));
}

typedef struct search {
    tables last;
    tables before;
    tables behind; /* what may follow a hit */
} search;

AVX512 static inline __attribute__((always_inline)) uint64_t
hits_of(const search *s, const unsigned char *at, bool is_followed)
{
    __m512i last = groups_of(s->last, load_bytes(at));
    __m512i before = groups_of(s->before, load_bytes(at - 1));
    __mmask64 hits = _mm512_test_epi8_mask(last, before);
    if (!is_followed)
        return hits;
    __m512i behind = groups_of(s->behind, load_bytes(at + 1));
    return _mm512_mask_test_epi8_mask(hits, behind, behind);
}

AVX512 static inline __attribute__((always_inline)) bool fill(kh_scan *scan,
                                                              bool is_followed)
{
    const kh_finder *finder = scan->finder;
    search s = {
        .last = { load_table(finder->last_low), load_table(finder->last_high) },
        .before = { load_table(finder->before_low), load_table(finder->before_high) }
    };
    if (is_followed)
        s.behind = (tables){ load_table(scan->follower->low),
                             load_table(scan->follower->high) };
    const unsigned char *at = scan->at;
    const unsigned char *end = scan->end;
    for (; (size_t)(end - at) >= KH_SCAN_WIDE; at += KH_SCAN_WIDE) {
        uint64_t bits = hits_of(&s, at, is_followed);
        if (bits != 0) {
            scan->bits = bits;
            scan->base = at;
            scan->at = at + KH_SCAN_WIDE;
            return true;
        }
    }
    scan->at = at;
    size_t left = (size_t)(end - at);
    if (left == 0 || scan->begin == NULL || (size_t)(end - scan->begin) < KH_SCAN_WIDE)
        return false;
    scan->at = end;
    scan->base = end - KH_SCAN_WIDE;
    scan->bits = hits_of(&s, scan->base, is_followed) & UINT64_MAX
                                                            << (KH_SCAN_WIDE - left);
    return scan->bits != 0;
}

AVX512 bool kh_scan_fill_wide(kh_scan *scan)
{
    return scan->follower != NULL ? fill(scan, true) : fill(scan, false);
}

#endif
