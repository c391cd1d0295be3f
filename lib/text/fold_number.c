/* fold_number - one spelling for a number or an acronym that has signs in it.
 *
 * In:  1,000  1,00,000  1.000.000  1'000  1 000 (narrow space)  5,83 or 5.83   u.s.a
 * Out: 1000   100000    1000000    1000   1000                  5.83           usa
 *
 * What a lone comma or full stop means depends on the language: docs/analysis.md,
 * section 4. */
#include "fold_internal.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

/* A folded number as sections of digits and the sign behind each. */
#define MAX_SECTIONS 32
typedef struct sections {
    kh_str digits[MAX_SECTIONS];
    uint32_t sign[MAX_SECTIONS]; /* behind digits[i]; 0 behind the last */
    size_t n;
} sections;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Take a folded word apart; false if it is not digits with single signs between. */
static bool read_number(sections *out, kh_str s)
{
    out->n = 0;
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        while (at < s.len && is_digit(s.ptr[at]))
            at++;
        if (at == start || out->n == MAX_SECTIONS)
            return false;
        out->digits[out->n] = kh_str_slice(s, start, at);
        out->sign[out->n] = at < s.len ? kh_utf8_next(s, &at) : 0;
        out->n++;
    }
    return out->n > 1 && out->sign[out->n - 1] == 0;
}

/* Whether sections 0..last are groups of one number: 1 to 3 digits, then threes; twos,
 * too, before the last three if Indian grouping may be meant. */
static bool are_groups(const sections *number, size_t last, bool may_be_indian)
{
    if (last == 0 || number->digits[0].len > 3 || number->digits[last].len != 3)
        return false;
    for (size_t i = 1; i < last; i++)
        if (number->digits[i].len != 3 &&
            !(may_be_indian && number->digits[i].len == 2 && number->digits[0].len < 3))
            return false;
    return true;
}

/* How many of the first signs are `sign`. */
static size_t count_sign(const sections *number, uint32_t sign)
{
    size_t n = 0;
    while (n < number->n - 1 && number->sign[n] == sign)
        n++;
    return n;
}

/* What the signs mean: how many of the first are grouping, and whether the one behind
 * them is the decimal sign. False if they mean nothing that we know. */
static bool understand(const sections *number, bool has_decimal_comma, size_t *n_groups,
                       bool *has_decimal)
{
    size_t n_signs = number->n - 1;
    uint32_t first = number->sign[0];
    size_t n_first = count_sign(number, first);
    if (n_first < n_signs - 1)
        return false; /* two signs of a second kind, or three kinds */

    uint32_t rest = n_first < n_signs ? number->sign[n_first] : 0;
    bool is_decimal_rest = rest == '.' || rest == ',' || rest == 0x066B;
    bool is_space = first == ' ' || first == '\'' || first == 0x066C;
    uint32_t decimal = has_decimal_comma ? ',' : '.';
    bool is_lone_decimal = n_signs == 1 && (first == decimal || first == 0x066B);
    if (is_lone_decimal) {
        *n_groups = 0;
        *has_decimal = true;
        return true;
    }
    if (rest != 0 && !is_decimal_rest)
        return false;
    if (!is_space && first != '.' && first != ',')
        return false;
    /* One dot where dots are decimal never comes here; one comma there, or one dot in
     * a language of commas, is grouping if threes stand behind it. */
    *n_groups = n_first;
    *has_decimal = rest != 0;
    return are_groups(number, n_first, first == ',' || first == 0x066C);
}

void kh_fold_number(kh_buf *out, size_t from, bool has_decimal_comma)
{
    kh_str folded = kh_str_make(out->ptr + from, out->len - from);
    sections number;
    if (folded.len == 0 || !is_digit(folded.ptr[0]) || !read_number(&number, folded))
        return;
    size_t n_groups;
    bool has_decimal;
    if (!understand(&number, has_decimal_comma, &n_groups, &has_decimal))
        return;

    /* In place: what is written is never longer than what was read. */
    char *to = out->ptr + from;
    for (size_t i = 0; i < number.n; i++) {
        memmove(to, number.digits[i].ptr, number.digits[i].len);
        to += number.digits[i].len;
        if (i == n_groups && has_decimal)
            *to++ = '.';
    }
    *to = '\0';
    out->len = (size_t)(to - out->ptr);
}

void kh_fold_acronym(kh_buf *out, size_t from)
{
    kh_str folded = kh_str_make(out->ptr + from, out->len - from);
    if (folded.len < 3 || !memchr(folded.ptr, '.', folded.len))
        return;

    /* letter marks* ('.' letter marks*)+ */
    bool wants_letter = true;
    for (size_t at = 0; at < folded.len;) {
        UChar32 c = (UChar32)kh_utf8_next(folded, &at);
        if (wants_letter != (u_isalpha(c) && !(U_MASK(u_charType(c)) & U_GC_M_MASK)) ||
            (!wants_letter && c != '.' && !(U_MASK(u_charType(c)) & U_GC_M_MASK)))
            return;
        if (wants_letter || c == '.')
            wants_letter = !wants_letter;
    }

    size_t to = from;
    for (size_t at = from; at < out->len; at++)
        if (out->ptr[at] != '.')
            out->ptr[to++] = out->ptr[at];
    out->len = to;
    out->ptr[to] = '\0';
}

bool kh_is_number(kh_str folded)
{
    if (folded.len == 0 || !is_digit(folded.ptr[0]))
        return false;
    for (size_t at = 0; at < folded.len;)
        if (u_isalpha((UChar32)kh_utf8_next(folded, &at)))
            return false;
    return true;
}
