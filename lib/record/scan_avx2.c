/* scan_avx2 - the search of scan.h by the vector unit of x86-64, 32 bytes at a time.
 *
 * A nibble's groups come from a table by one shuffle; where the groups of all four
 * nibbles have one in common, a code of the set may end. The machine is asked once a
 * query (kh_scan_is_fast()), so the program itself is built for any x86-64. */
#include "scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

bool kh_scan_is_fast(void)
{
    return __builtin_cpu_supports("avx2") != 0;
}

typedef struct tables {
    __m256i last_low;
    __m256i last_high;
    __m256i before_low;
    __m256i before_high;
} tables;

/* The 16 bytes of a table, twice. */
AVX2 static inline __m256i load_table(const uint8_t table[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

AVX2 static inline tables load_tables(const kh_finder *finder)
{
    return (tables){ .last_low = load_table(finder->last_low),
                     .last_high = load_table(finder->last_high),
                     .before_low = load_table(finder->before_low),
                     .before_high = load_table(finder->before_high) };
}

AVX2 static inline __m256i load_bytes(const unsigned char *at)
{
    return _mm256_loadu_si256((const __m256i *)at);
}

/* Groups of 32 bytes, by two tables. */
AVX2 static inline __m256i groups_of(__m256i low, __m256i high, __m256i bytes)
{
    __m256i nibble = _mm256_set1_epi8(0x0F);
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
                            _mm256_shuffle_epi8(high, upper));
}

AVX2 static inline __m256i none_of(const tables *t, const unsigned char *at)
{
    __m256i last = groups_of(t->last_low, t->last_high, load_bytes(at));
    __m256i before = groups_of(t->before_low, t->before_high, load_bytes(at - 1));
    return _mm256_cmpeq_epi8(_mm256_and_si256(last, before), _mm256_setzero_si256());
}

AVX2 uint32_t kh_scan_chunk_fast(uint32_t *ends, const kh_finder *finder,
                                 const unsigned char *at)
{
    tables t = load_tables(finder);
    *ends = (uint32_t)_mm256_movemask_epi8(load_bytes(at));
    return ~(uint32_t)_mm256_movemask_epi8(none_of(&t, at));
}

typedef struct search {
    tables code;
    __m256i behind_low;
    __m256i behind_high;
} search;

/* Hits in 32 bytes; what of a hit may follow is looked at if it is known. */
AVX2 static inline __attribute__((always_inline)) uint32_t
hits_of(const search *s, const unsigned char *at, bool is_followed)
{
    __m256i none = none_of(&s->code, at);
    if (is_followed) {
        __m256i behind = groups_of(s->behind_low, s->behind_high, load_bytes(at + 1));
        none = _mm256_or_si256(none, _mm256_cmpeq_epi8(behind, _mm256_setzero_si256()));
    }
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

/* The next 32 bytes with a hit. The last of all, with what was looked at before them
 * once more, are taken together if there are as many. */
AVX2 static inline __attribute__((always_inline)) bool fill(kh_scan *scan,
                                                            bool is_followed)
{
    search s = { .code = load_tables(scan->finder) };
    if (is_followed) {
        s.behind_low = load_table(scan->follower->low);
        s.behind_high = load_table(scan->follower->high);
    }
    const unsigned char *at = scan->at;
    const unsigned char *end = scan->end;
    for (; (size_t)(end - at) >= KH_SCAN_BYTES; at += KH_SCAN_BYTES) {
        uint32_t bits = hits_of(&s, at, is_followed);
        if (bits != 0) {
            scan->bits = bits;
            scan->base = at;
            scan->at = at + KH_SCAN_BYTES;
            return true;
        }
    }
    scan->at = at;
    size_t left = (size_t)(end - at);
    if (left == 0 || scan->begin == NULL || (size_t)(end - scan->begin) < KH_SCAN_BYTES)
        return false;
    scan->at = end;
    scan->base = end - KH_SCAN_BYTES;
    scan->bits = hits_of(&s, scan->base, is_followed) & UINT32_MAX
                                                            << (KH_SCAN_BYTES - left);
    return scan->bits != 0;
}

AVX2 bool kh_scan_fill_fast(kh_scan *scan)
{
    return scan->follower != NULL ? fill(scan, true) : fill(scan, false);
}

#endif
