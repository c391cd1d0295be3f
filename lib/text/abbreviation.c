/* abbreviation - whether a full stop with a capital behind it ends a sentence after
 * all, or belongs to a title, an initial or an abbreviation.
 *
 * The word before the stop says what kind it is, the word behind it decides the cases
 * that are open: "in the U.S. The talks" ends, "the U.S. President" does not.
 * docs/analysis.md, section 7, has the rules. */
#include "sentences_internal.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

#define TOKEN_BYTES 32u /* abbreviations and words of the lists are shorter */

/* A word in lower case. */
typedef struct token {
    char lower[TOKEN_BYTES];
    size_t len;     /* bytes of lower; 0: none, or longer than any of the lists */
    size_t n_chars; /* code points but for marks */
    size_t start;   /* bytes of the paragraph; end is behind it */
    size_t end;
    uint32_t first; /* code point as written */
    bool has_dots;  /* inside */
} token;

static kh_str token_text(const token *t)
{
    return kh_str_make(t->lower, t->len);
}

/* ICU is asked for what is not ASCII only: most letters are. */
static bool is_mark(uint32_t c)
{
    return c >= 0x80 && (U_MASK(u_charType((UChar32)c)) & U_GC_M_MASK) != 0;
}

static bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return c - '0' < 10 || (c | 0x20) - 'a' < 26;
    return u_isalnum((UChar32)c) || (c >= 0x300 && is_mark(c));
}

static uint32_t to_lower(uint32_t c)
{
    if (c < 0x80)
        return c - 'A' < 26 ? c | 0x20 : c;
    return (uint32_t)u_tolower((UChar32)c);
}

/* What stands inside abbreviations, and then only between their letters. */
static bool is_joiner(uint32_t c)
{
    return c == '.' || c == '-' || c == 0x2010 || c == 0x2011;
}

static void token_fill(token *out, kh_str s, size_t start, size_t end)
{
    *out = (token){ .start = start, .end = end };
    for (size_t at = start; at < end;) {
        uint32_t c = (unsigned char)s.ptr[at];
        bool is_ascii = c < 0x80;
        if (is_ascii)
            at++;
        else
            c = kh_utf8_next(s, &at);
        if (out->n_chars == 0)
            out->first = c;
        out->has_dots |= c == '.';
        out->n_chars += is_ascii || !is_mark(c);
        if (out->len + 4 > TOKEN_BYTES) {
            out->len = 0;
            return;
        }
        if (is_ascii)
            out->lower[out->len++] = (char)to_lower(c);
        else
            out->len += kh_utf8_put(out->lower + out->len, to_lower(c));
    }
}

/* The word that ends at `end`, dots and hyphens inside it, but not before `from`. */
static void token_before(token *out, kh_str s, size_t from, size_t end)
{
    size_t start = end;
    while (start > from && end - start < (size_t)2 * TOKEN_BYTES) {
        size_t at = start - 1;
        uint32_t c = (unsigned char)s.ptr[at];
        if (c >= 0x80) {
            at = start;
            c = kh_utf8_previous(s, &at);
        }
        if (at < from || !(is_word_char(c) || is_joiner(c)))
            break;
        start = at;
    }
    while (start < end && is_joiner((unsigned char)s.ptr[start]))
        start++;
    token_fill(out, s, start, end);
}

/* The word that begins behind `at` and opening marks. */
static void token_behind(token *out, kh_str s, size_t at)
{
    size_t start = at;
    for (size_t behind = at; behind < s.len; start = behind) {
        uint32_t c = kh_utf8_next(s, &behind);
        if (is_word_char(c) || c == ' ')
            break;
    }
    size_t end = start;
    for (size_t behind = end; behind < s.len; end = behind)
        if (!is_word_char(kh_utf8_next(s, &behind)) || end - start > TOKEN_BYTES)
            break;
    token_fill(out, s, start, end);
}

/* Where the full stop is that the rules ended a sentence for; SIZE_MAX if another mark
 * did. *is_closed: a round or square bracket closes between it and the end. */
static size_t find_stop(const kh_sentence_table *table, kh_str s, size_t from,
                        size_t at, bool *is_closed)
{
    *is_closed = false;
    while (at > from) {
        uint32_t c = kh_utf8_previous(s, &at);
        if (c == '.')
            return at;
        kh_sentence_class class = kh_sentence_class_of(table, c);
        if (c == ')' || c == ']')
            *is_closed = true;
        else if (class != KH_SB_SP && class != KH_SB_EXTEND)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool is_digit(uint32_t c)
{
    return u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER;
}

/* Capitals, and the letters of scripts without them whose writers put initials: from
 * Hebrew and Arabic to the scripts of India, and Georgian; not of the far east. */
static bool has_initials(uint32_t c)
{
    return u_isupper((UChar32)c) || u_istitle((UChar32)c) ||
           (c >= 0x05D0 && c <= 0x0DFF && u_isalpha((UChar32)c)) ||
           (c >= 0x10D0 && c <= 0x10FF);
}

/* Scripts of northern India end sentences with words of one letter and a vowel sign
 * (hai, tha, na), so there only a bare letter is an initial. */
static bool needs_bare_initial(uint32_t c)
{
    return c >= 0x0900 && c < 0x0B80;
}

/* One letter, or letters with a dot between each two: S, U.S, ए.पी. A
 * part of two letters is a digraph (Yu.V.) or a syllable. */
static bool is_initials(const token *before)
{
    if (before->n_chars == 0 || !has_initials(before->first))
        return false;
    if (before->n_chars == 1)
        return !needs_bare_initial(before->first) ||
               kh_utf8_count(token_text(before)) == 1;
    if (!before->has_dots || before->len == 0)
        return false;
    size_t n_letters = 0;
    kh_str s = token_text(before);
    for (size_t at = 0; at < s.len;) {
        uint32_t c = kh_utf8_next(s, &at);
        if (c == '.' || c == '-')
            n_letters = 0;
        else if (is_digit(c) || (!is_mark(c) && ++n_letters > 2))
            return false;
    }
    return true;
}

/* The next word begins a sentence: "The ", "He's"; not "A." nor "IN". */
static bool starts_sentence(kh_str s, const token *next, bool after_initial)
{
    if (!kh_is_sentence_starter(token_text(next), after_initial))
        return false;
    if (next->end < s.len && s.ptr[next->end] == '.')
        return false;
    size_t second = next->start;
    (void)kh_utf8_next(s, &second);
    return second >= next->end || !u_isupper((UChar32)kh_utf8_next(s, &second));
}

static bool number_goes_on(kh_str s, const token *before, size_t at, bool is_first)
{
    if (is_first && before->n_chars <= 3)
        return true; /* "12. Results": the number of a paragraph */
    if (before->n_chars > 2)
        return false;
    token next;
    token_behind(&next, s, at);
    return kh_is_ordinal_noun(token_text(&next));
}

static bool follows_number(kh_str s, size_t at)
{
    while (at > 0) {
        uint32_t c = kh_utf8_previous(s, &at);
        if (is_digit(c))
            return true;
        if (!u_isUWhiteSpace((UChar32)c))
            return false;
    }
    return false;
}

static kh_abbreviation_kind kind_of(const kh_sentence_table *table, const token *before)
{
    uint32_t lengths = table->abbreviations[(unsigned char)before->lower[0]];
    if (before->len >= TOKEN_BYTES ||
        (lengths >> before->len & 1) == 0) /* most words */
        return KH_ABBREVIATION_NONE;
    return kh_abbreviation_find(token_text(before), u_isupper((UChar32)before->first));
}

/* at: where the sentence would end. */
static bool abbreviation_goes_on(const kh_sentence_table *table, kh_str s,
                                 const token *before, size_t at)
{
    kh_abbreviation_kind kind = kind_of(table, before);
    if (kind == KH_ABBREVIATION_NONE && !is_initials(before))
        return false; /* what follows need not be read */
    token next;
    token_behind(&next, s, at);
    switch (kind) {
    case KH_ABBREVIATION_TITLE:
        return true;
    case KH_ABBREVIATION_ENDING:
        return !starts_sentence(s, &next, false);
    case KH_ABBREVIATION_NUMBER:
        return is_digit(next.first);
    case KH_ABBREVIATION_TIME:
        return kh_is_time_word(token_text(&next));
    case KH_ABBREVIATION_YEAR:
        return !follows_number(s, before->start);
    default:
        return u_isalpha((UChar32)next.first) &&
               !starts_sentence(s, &next, before->n_chars == 1);
    }
}

bool kh_sentence_goes_on(const kh_sentence_table *table, kh_str paragraph, size_t from,
                         size_t at)
{
    bool is_closed;
    size_t stop = find_stop(table, paragraph, from, at, &is_closed);
    if (stop == SIZE_MAX)
        return false;

    token before;
    token_before(&before, paragraph, from, stop);
    if (before.n_chars == 0 || (is_closed && !before.has_dots))
        return false;
    if (is_digit(before.first) && before.n_chars <= 3 && !before.has_dots)
        return number_goes_on(paragraph, &before, at, before.start == from);
    return abbreviation_goes_on(table, paragraph, &before, at);
}
