/* fold_internal - what folding, stripping and number spelling share. */
#pragma once

#include <unicode/utypes.h>

#include "text/fold.h"

KH_BEGIN_DECLS

/* Append NFKC case folding of a text and what kh_fold() does to single code points. */
void kh_fold_code_points(kh_buf *out, kh_str text, bool is_dotless_i);

/* Append a normalized code point as folding has it: what keyboards write in several
 * ways is one, marks of no weight are none. */
void kh_add_unified(kh_buf *out, UChar32 c);

/**
 * Bring a folded number at the end of out, from byte `from` on, into one spelling:
 * grouping out, the decimal sign a full stop. Anything but a number stays.
 */
void kh_fold_number(kh_buf *out, size_t from, bool has_decimal_comma);

/* Whether kh_unify_indic() may know a code point: Devanagari, Gurmukhi, Gujarati. */
static inline bool kh_is_indic_unified(UChar32 c)
{
    return (c >= 0x0900 && c <= 0x097F) || (c >= 0x0A00 && c <= 0x0AFF);
}

/* One spelling for a letter or sign of those scripts, by what stands behind it: *c
 * becomes what is written for it, 0 for nothing. Returns how many of the n units behind
 * it that stands for, too. fold_indic.c */
int32_t kh_unify_indic(UChar32 *c, const UChar *behind, int32_t n);

/* Take the dots out of "u.s.a", from byte `from` of out on. Anything else stays. */
void kh_fold_acronym(kh_buf *out, size_t from);

/* Whether a folded word is a number: a digit first and no letter at all. */
bool kh_is_number(kh_str folded);

static inline bool kh_is_ascii(kh_str s)
{
    unsigned char any = 0;
    for (size_t i = 0; i < s.len; i++)
        any |= (unsigned char)s.ptr[i];
    return any < 0x80;
}

/* The code point at units[*i] of n; *i moves behind it. ICU's own macro trips over our
 * warnings. */
static inline UChar32 kh_utf16_next(const UChar *units, int32_t n, int32_t *i)
{
    UChar32 c = units[(*i)++];
    if (c >= 0xD800 && c < 0xDC00 && *i < n && units[*i] >= 0xDC00 &&
        units[*i] < 0xE000)
        c = 0x10000 + ((c - 0xD800) << 10) + (units[(*i)++] - 0xDC00);
    return c;
}

KH_END_DECLS
