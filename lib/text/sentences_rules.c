/* sentences_rules - UAX #29, sentence boundaries, for every script.
 *
 * All rules but SB4 speak of what stands behind a terminator, so text is skipped up to
 * the next one and only its surroundings are looked at. Names SB6 ... are the
 * standard's. Classes are ICU's own, and a test compares every answer with ICU's break
 * iterator. */
#include "sentences_internal.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <unicode/uchar.h>

#include "base/utf8.h"

static kh_sentence_class ask_icu(uint32_t code_point)
{
    switch (u_getIntPropertyValue((UChar32)code_point, UCHAR_SENTENCE_BREAK)) {
    case U_SB_ATERM:
        return KH_SB_ATERM;
    case U_SB_CLOSE:
        return KH_SB_CLOSE;
    case U_SB_FORMAT:
    case U_SB_EXTEND:
        return KH_SB_EXTEND;
    case U_SB_LOWER:
        return KH_SB_LOWER;
    case U_SB_NUMERIC:
        return KH_SB_NUMERIC;
    case U_SB_OLETTER:
        return KH_SB_OLETTER;
    case U_SB_SEP:
        return KH_SB_SEP;
    case U_SB_SP:
    case U_SB_CR: /* a line end inside a paragraph is a space here */
    case U_SB_LF:
        return KH_SB_SP;
    case U_SB_STERM:
        return KH_SB_STERM;
    case U_SB_UPPER:
        return KH_SB_UPPER;
    case U_SB_SCONTINUE:
        return KH_SB_SCONTINUE;
    default:
        return KH_SB_OTHER;
    }
}

void kh_sentence_table_init(kh_sentence_table *table)
{
    for (uint32_t c = 0; c < KH_SENTENCE_TABLE; c++)
        table->classes[c] = (uint8_t)ask_icu(c);
    kh_abbreviation_lengths(table->abbreviations);
}

kh_sentence_class kh_sentence_class_of(const kh_sentence_table *table,
                                       uint32_t code_point)
{
    if (code_point < KH_SENTENCE_TABLE)
        return (kh_sentence_class)table->classes[code_point];
    return ask_icu(code_point);
}

/* First bytes of characters that may be a terminator or a separator: the three of
 * ASCII, C2 (next line), Hebrew to Nko, and what is 3 or 4 bytes long but for Han and
 * Hangul. A test compares this with the classes of all code points. */
static bool may_end(unsigned char lead)
{
    static const uint8_t table[256] = {
        ['.'] = 1,  ['!'] = 1,  ['?'] = 1,  [0xC2] = 1, [0xD6] = 1, [0xD8] = 1,
        [0xDB] = 1, [0xDC] = 1, [0xDF] = 1, [0xE0] = 1, [0xE1] = 1, [0xE2] = 1,
        [0xE3] = 1, [0xEA] = 1, [0xEF] = 1, [0xF0] = 1,
    };
    return table[lead] != 0;
}

#ifdef __SSE2__

/* Bytes a..b of 16, both counted. */
static inline __m128i in_range(__m128i bytes, unsigned a, unsigned b)
{
    __m128i from_a = _mm_sub_epi8(bytes, _mm_set1_epi8((char)a));
    return _mm_cmpeq_epi8(_mm_min_epu8(from_a, _mm_set1_epi8((char)(b - a))), from_a);
}

/* Bit by byte of the 16 at `at`: those for which may_end() holds, and a few more. */
static inline unsigned may_end_bits(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i stops =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('!')),
                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8('?'))));
    if (_mm_movemask_epi8(bytes) == 0)
        return (unsigned)_mm_movemask_epi8(stops);
    /* Lead bytes but for most of Latin, Greek, Cyrillic and Han. */
    __m128i harmless = _mm_or_si128(
        in_range(bytes, 0x80, 0xC1),
        _mm_or_si128(in_range(bytes, 0xC3, 0xD5), in_range(bytes, 0xE4, 0xE9)));
    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(stops, _mm_andnot_si128(harmless, bytes)));
}

/* Move over bytes for which may_end() does not hold, perhaps not over all. */
static inline size_t skip_harmless(kh_str s, size_t at)
{
    while (s.len - at >= 16) {
        unsigned bits = may_end_bits(s.ptr + at);
        if (bits != 0)
            return at + (size_t)__builtin_ctz(bits);
        at += 16;
    }
    return at;
}

#else

static inline size_t skip_harmless(kh_str s, size_t at)
{
    (void)s;
    return at;
}

#endif

/* Offset of the first terminator or separator at or behind `at`, and its class. */
static size_t next_end(const kh_sentence_table *table, kh_str s, size_t at,
                       kh_sentence_class *class)
{
    while (at < s.len) {
        at = skip_harmless(s, at);
        while (at < s.len && !may_end((unsigned char)s.ptr[at]))
            at++;
        if (at == s.len)
            break;
        size_t behind = at;
        *class = kh_sentence_class_of(table, kh_utf8_next(s, &behind));
        if (*class == KH_SB_ATERM || *class == KH_SB_STERM || *class == KH_SB_SEP)
            return at;
        at = behind;
    }
    *class = KH_SB_OTHER;
    return s.len;
}

/* Class of the code point at *at, which moves behind it. */
static inline kh_sentence_class class_at(const kh_sentence_table *table, kh_str s,
                                         size_t *at)
{
    unsigned char byte = (unsigned char)s.ptr[*at];
    if (byte >= 0x80)
        return kh_sentence_class_of(table, kh_utf8_next(s, at));
    ++*at;
    return (kh_sentence_class)table->classes[byte];
}

/* Class of the code point at *at, which moves behind it and what it carries (SB5).
 * OTHER at the end. */
static kh_sentence_class step(const kh_sentence_table *table, kh_str s, size_t *at)
{
    if (*at >= s.len)
        return KH_SB_OTHER;
    kh_sentence_class class = class_at(table, s, at);
    if (class == KH_SB_SEP)
        return class;
    for (size_t behind = *at; behind < s.len; *at = behind)
        if (class_at(table, s, &behind) != KH_SB_EXTEND)
            break;
    return class;
}

/* Class of the code point before `at`, what only extends it left out. */
static kh_sentence_class class_before(const kh_sentence_table *table, kh_str s,
                                      size_t at)
{
    while (at > 0) {
        kh_sentence_class class = kh_sentence_class_of(table, kh_utf8_previous(s, &at));
        if (class != KH_SB_EXTEND)
            return class;
    }
    return KH_SB_OTHER;
}

static size_t skip_class(const kh_sentence_table *table, kh_str s, size_t at,
                         kh_sentence_class wanted)
{
    for (size_t behind = at; at < s.len; at = behind)
        if (step(table, s, &behind) != wanted)
            break;
    return at;
}

/* SB8: whether the next letter, with no terminator before it, is a small one. */
static bool small_letter_follows(const kh_sentence_table *table, kh_str s, size_t at)
{
    while (at < s.len) {
        switch (step(table, s, &at)) {
        case KH_SB_LOWER:
            return true;
        case KH_SB_OLETTER:
        case KH_SB_UPPER:
        case KH_SB_SEP:
        case KH_SB_STERM:
        case KH_SB_ATERM:
            return false;
        default:
            break;
        }
    }
    return false;
}

/* SB6 and SB7: 3.4, U.S */
static bool is_inside_word(const kh_sentence_table *table, kh_str s, size_t stop,
                           size_t behind)
{
    kh_sentence_class next = step(table, s, &behind);
    if (next == KH_SB_NUMERIC)
        return true;
    if (next != KH_SB_UPPER)
        return false;
    kh_sentence_class before = class_before(table, s, stop);
    return before == KH_SB_UPPER || before == KH_SB_LOWER;
}

/* ". T", as most sentences end: by SB6 to SB10 behind the space. Extends nothing, being
 * ASCII. */
static inline bool is_plain_end(kh_str s, size_t stop)
{
    return s.len - stop > 2 && s.ptr[stop] == '.' && s.ptr[stop + 1] == ' ' &&
           s.ptr[stop + 2] >= 'A' && s.ptr[stop + 2] <= 'Z';
}

/* The terminator at `stop` ends a sentence: where, with closing marks and spaces.
 * False if it does not; *end is then where to look on. */
static bool ends_sentence(const kh_sentence_table *table, kh_str s, size_t stop,
                          kh_sentence_class class, size_t *end)
{
    if (is_plain_end(s, stop)) {
        *end = stop + 2;
        return true;
    }
    size_t at = stop;
    step(table, s, &at);
    *end = at;
    if (class == KH_SB_ATERM && is_inside_word(table, s, stop, at))
        return false;

    at = skip_class(table, s, at, KH_SB_CLOSE); /* SB9 */
    at = skip_class(table, s, at, KH_SB_SP);    /* SB10 */
    *end = at;
    size_t behind = at;
    switch (step(table, s, &behind)) {
    case KH_SB_SCONTINUE: /* SB8a */
    case KH_SB_STERM:
    case KH_SB_ATERM:
        return false;
    case KH_SB_SEP: /* SB11 */
        *end = behind;
        return true;
    default:
        return class != KH_SB_ATERM || !small_letter_follows(table, s, at);
    }
}

size_t kh_sentence_rules(const kh_sentence_table *table, kh_str paragraph, size_t from)
{
    size_t at = from;
    while (at < paragraph.len) {
        kh_sentence_class class;
        size_t stop = next_end(table, paragraph, at, &class);
        if (stop == paragraph.len)
            return stop;
        if (class == KH_SB_SEP) { /* SB4 */
            (void)kh_utf8_next(paragraph, &stop);
            return stop;
        }
        if (ends_sentence(table, paragraph, stop, class, &at))
            return at;
    }
    return paragraph.len;
}
