/* words_plain - UAX #29 by table, for all that needs no dictionary.
 *
 * Source: Unicode Standard Annex #29, revision 41, rules WB4 to WB13b. */
#include "words_internal.h"

#include "base/utf8.h"

#include "word_class.h"

/* The class of the code point at `at` (below text.len); *next is behind it. */
static inline int class_at(kh_str text, size_t at, size_t *next)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte < 0x80) {
        *next = at + 1;
        return kh_word_class(byte);
    }
    *next = at;
    return kh_word_class(kh_utf8_next(text, next));
}

size_t kh_skip_extends(kh_str text, size_t at)
{
    size_t next;
    while (at < text.len && class_at(text, at, &next) == KH_CLASS_EXTEND)
        at = next;
    return at;
}

/* The class of what stands behind the marks at `at`; KH_CLASS_OTHER at the end. */
static int class_behind(kh_str text, size_t at, size_t *next)
{
    at = kh_skip_extends(text, at);
    return at < text.len ? class_at(text, at, next) : KH_CLASS_OTHER;
}

static bool is_letter(int class)
{
    return class == KH_CLASS_LETTER || class == KH_CLASS_HEBREW;
}

/* Whether what is behind a mark of class `mark`, which itself stands behind `before`,
 * joins: rules WB6, WB7, WB7b, WB7c, WB11, WB12. */
static bool joins_over(int before, int mark, int behind)
{
    switch (mark) {
    case KH_CLASS_MID_LETTER:
        return is_letter(before) && is_letter(behind);
    case KH_CLASS_MID_BOTH:
    case KH_CLASS_SINGLE_QUOTE:
        return (is_letter(before) && is_letter(behind)) ||
               (before == KH_CLASS_DIGIT && behind == KH_CLASS_DIGIT);
    case KH_CLASS_MID_NUMBER:
    case KH_CLASS_NARROW_SPACE:
        return before == KH_CLASS_DIGIT && behind == KH_CLASS_DIGIT;
    case KH_CLASS_DOUBLE_QUOTE:
        return before == KH_CLASS_HEBREW && behind == KH_CLASS_HEBREW;
    default:
        return false;
    }
}

/* The blocks of Arabic letters: Persian, Urdu and others, too. */
static bool is_arabic(uint32_t c)
{
    return (c >= 0x0600 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F) ||
           (c >= 0x0870 && c <= 0x08FF) || (c >= 0xFB50 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC);
}

bool kh_is_seam(kh_str text, size_t at)
{
    size_t next = at + KH_NON_JOINER_BYTES;
    if (next >= text.len || memcmp(text.ptr + at, KH_NON_JOINER, next - at) != 0)
        return false;
    uint32_t behind = kh_utf8_next(text, &next);
    int class_of_behind = kh_word_class(behind);
    if (!is_letter(class_of_behind) && class_of_behind != KH_CLASS_DIGIT)
        return false;

    uint32_t before = 0;
    int class_of_before = KH_CLASS_EXTEND;
    while (at > 0 && class_of_before == KH_CLASS_EXTEND) {
        before = kh_utf8_previous(text, &at);
        class_of_before = kh_word_class(before);
    }
    return (is_letter(class_of_before) || class_of_before == KH_CLASS_DIGIT) &&
           ((is_letter(class_of_before) && is_arabic(before)) ||
            (is_letter(class_of_behind) && is_arabic(behind)));
}

/* Move over ASCII letters, most of most texts. */
static inline size_t skip_ascii_letters(kh_str text, size_t at)
{
    while (at < text.len && (unsigned char)((text.ptr[at] | 0x20) - 'a') < 26)
        at++;
    return at;
}

/* Whether a piece whose last base character is of class `last` goes on with a code
 * point of *class, which ends at *next. Over a joining mark, both become those of what
 * is behind it. */
static inline bool goes_on(kh_str text, int last, int *class, size_t *next,
                           bool *has_mid)
{
    if (is_letter(*class) || *class == KH_CLASS_DIGIT || *class == KH_CLASS_CONNECTOR)
        return true;
    if (*class == KH_CLASS_OTHER)
        return false;
    size_t behind_next = *next;
    int behind = class_behind(text, *next, &behind_next);
    if (!joins_over(last, *class, behind))
        return false;
    *class = behind;
    *next = behind_next;
    *has_mid = true;
    return true;
}

bool kh_piece_plain(kh_piece *out, kh_str text, size_t *at)
{
    size_t start = *at;
    size_t next;
    int last = class_at(text, start, &next); /* of the last base character */
    bool starts_with_digit = last == KH_CLASS_DIGIT;
    bool has_letter = is_letter(last);
    bool has_digit = starts_with_digit;
    bool has_mid = false;

    size_t end = next;
    while (end < text.len) {
        if (last == KH_CLASS_LETTER) {
            end = skip_ascii_letters(text, end);
            if (end == text.len)
                break;
        }
        int class = class_at(text, end, &next);
        if (class == KH_CLASS_EXTEND) {
            if (kh_is_seam(text, end))
                break;
            end = next;
            continue;
        }
        if (!goes_on(text, last, &class, &next, &has_mid)) {
            if (last == KH_CLASS_HEBREW && class == KH_CLASS_SINGLE_QUOTE)
                end = kh_skip_extends(text, next); /* rule WB7a */
            break;
        }
        has_letter = has_letter || is_letter(class);
        has_digit = has_digit || class == KH_CLASS_DIGIT;
        last = class;
        end = next;
    }

    *at = end;
    out->start = start;
    out->end = end;
    out->kind = starts_with_digit && !has_letter ? KH_WORD_NUMBER : KH_WORD_LETTERS;
    out->has_mid = has_mid;
    return has_letter || has_digit;
}

void kh_piece_character(kh_piece *out, kh_str text, size_t *at)
{
    out->start = *at;
    kh_utf8_next(text, at);
    *at = kh_skip_extends(text, *at);
    out->end = *at;
    out->kind = KH_WORD_CHARACTER;
    out->has_mid = false;
}

void kh_piece_hangul(kh_piece *out, kh_str text, size_t *at)
{
    out->start = *at;
    size_t next;
    while (*at < text.len) {
        int class = class_at(text, *at, &next);
        if (class != KH_CLASS_HANGUL && class != KH_CLASS_EXTEND)
            break;
        *at = next;
    }
    out->end = *at;
    out->kind = KH_WORD_LETTERS;
    out->has_mid = false;
}

size_t kh_dictionary_run_end(kh_str text, size_t from)
{
    size_t at = from;
    size_t next;
    while (at < text.len) {
        int class = class_at(text, at, &next);
        bool is_full = at - from >= KH_DICTIONARY_RUN_MAX;
        if (class != KH_CLASS_EXTEND && (class != KH_CLASS_DICTIONARY || is_full))
            break;
        at = next;
    }
    return at;
}

bool kh_joins_digits(kh_str text, size_t run_start, size_t at)
{
    size_t before = at;
    int class = KH_CLASS_EXTEND;
    while (before > run_start && class == KH_CLASS_EXTEND)
        class = kh_word_class(kh_utf8_previous(text, &before));
    size_t next;
    return class == KH_CLASS_DIGIT &&
           class_behind(text, at + 3, &next) == KH_CLASS_DIGIT;
}

size_t kh_plain_run_end(kh_str text, size_t from)
{
    size_t at = from;
    size_t next;
    while (at < text.len) {
        switch (class_at(text, at, &next)) {
        case KH_CLASS_CHARACTER:
        case KH_CLASS_DICTIONARY:
        case KH_CLASS_HANGUL:
        case KH_CLASS_CUT:
            return at;
        case KH_CLASS_NARROW_SPACE:
            if (!kh_joins_digits(text, from, at))
                return at;
        }
        at = next;
    }
    return at;
}
