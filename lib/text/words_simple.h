/* words_simple - the commonest words: ASCII letters between ASCII signs, most of most
 * texts. What is not one of these is left to the rules.
 *
 * Sixteen bytes are looked at together, and the gap and the letters behind it measured
 * by counting bits: a loop over letters is guessed wrong once a word. */
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "words_internal.h"

KH_BEGIN_DECLS

/* What an ASCII byte does behind letters. A test compares the table with the classes.
 */
enum {
    KH_SIGN_ENDS,  /* it ends the word, whatever follows: a space, a comma */
    KH_SIGN_JOINS, /* it ends the word unless a letter follows: . ' */
    KH_SIGN_NONE,  /* no sign: a letter, a digit, an underscore; a byte beyond ASCII */
};
extern const uint8_t kh_signs[256];

static inline int kh_sign_of(char byte)
{
    return kh_signs[(unsigned char)byte];
}

static inline bool kh_is_ascii_letter(char byte)
{
    return (unsigned char)((byte | 0x20) - 'a') < 26;
}

/* Whether letters that end at `at` are a whole piece. */
static inline bool kh_ends_simple(const char *s, size_t len, size_t at)
{
    if (at == len || kh_sign_of(s[at]) == KH_SIGN_ENDS)
        return true;
    return kh_sign_of(s[at]) == KH_SIGN_JOINS &&
           (at + 1 == len || kh_sign_of(s[at + 1]) != KH_SIGN_NONE);
}

static inline size_t kh_letters_end(const char *s, size_t len, size_t at)
{
    while (at < len && kh_is_ascii_letter(s[at]))
        at++;
    return at;
}

/* Move *start over signs and *end behind the letters there; false if there are none. */
static inline bool kh_find_letters_plain(const char *s, size_t len, size_t *start,
                                         size_t *end)
{
    size_t at = *start;
    while (at < len && kh_sign_of(s[at]) != KH_SIGN_NONE)
        at++;
    *start = at;
    *end = kh_letters_end(s, len, at);
    return *end > at;
}

#ifdef __SSE2__

#define KH_SIMPLE_BYTES 16u

/* Bit by byte of the 16 at `at`: ASCII letters; what else is no sign. */
static inline uint32_t kh_letter_bits(const char *at, uint32_t *others)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i from_a =
        _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    __m128i from_0 = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(from_a, _mm_set1_epi8(25)), from_a);
    __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(from_0, _mm_set1_epi8(9)), from_0);
    __m128i is_connector = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
    *others = (uint32_t)_mm_movemask_epi8(
        _mm_or_si128(bytes, _mm_or_si128(is_digit, is_connector)));
    return (uint32_t)_mm_movemask_epi8(is_letter);
}

/* The same as kh_find_letters_plain(). */
static inline bool kh_find_letters(const char *s, size_t len, size_t *start,
                                   size_t *end)
{
    if (len - *start < KH_SIMPLE_BYTES)
        return kh_find_letters_plain(s, len, start, end);
    uint32_t others;
    uint32_t letters = kh_letter_bits(s + *start, &others);
    uint32_t gap_bits = (letters - 1) & ~letters; /* all bits if there is no letter */
    if (letters == 0 || (others & gap_bits) != 0)
        return kh_find_letters_plain(s, len, start, end);

    unsigned gap = (unsigned)__builtin_ctz(letters);
    unsigned n = (unsigned)__builtin_ctz(~(letters >> gap));
    *start += gap;
    *end = *start + n;
    if (gap + n == KH_SIMPLE_BYTES)
        *end = kh_letters_end(s, len, *end);
    return true;
}

#else

static inline bool kh_find_letters(const char *s, size_t len, size_t *start,
                                   size_t *end)
{
    return kh_find_letters_plain(s, len, start, end);
}

#endif

/* The next word, if it is one of these; else nothing is done but signs skipped. */
static inline bool kh_words_next_simple(kh_words *words, kh_word *out)
{
    if (words->is_slow || words->is_in_run)
        return false;
    const char *s = words->text.ptr;
    size_t len = words->text.len;
    size_t start = words->at;
    size_t end;
    bool has_letters = kh_find_letters(s, len, &start, &end);
    words->at = start;
    if (!has_letters || !kh_ends_simple(s, len, end) || end - start > KH_WORD_MAX_BYTES)
        return false;
    if (end - start == 1 && kh_is_stray_possessive(words->text, start, end))
        return false;
    out->start = start;
    out->end = end;
    out->kind = KH_WORD_LETTERS;
    out->join = words->has_previous ? kh_join_by_gap(s + words->previous_end,
                                                     start - words->previous_end)
                                    : KH_JOIN_NONE;
    words->at = end;
    words->previous_end = end;
    words->previous_kind = KH_WORD_LETTERS;
    words->has_previous = true;
    return true;
}

KH_END_DECLS
