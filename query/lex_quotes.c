/* lex_quotes - which quotation mark opens, and what closes it.
 *
 * A mark that some languages open with and others close with opens by its place: behind
 * a space or a mark, and before a word. The keyboard's between two Hebrew letters is
 * that of an acronym and part of the word, as in texts (UAX #29, WB7b and WB7c). */
#include "query/lex_quotes.h"

#include <string.h>

#include "base/utf8.h"
#include "query/lex_chars.h"

typedef struct quote_kind {
    uint32_t opening;
    uint32_t closing[2];
    bool is_by_place;
} quote_kind;

#define LOW_QUOTE 0x201Eu

static const quote_kind kinds[KH_LEX_QUOTE_KINDS] = {
    { '"', { '"' }, false },
    { 0x201C, { 0x201D }, false },            /* English */
    { 0x201D, { 0x201D }, true },             /* Swedish, Finnish: the same twice */
    { LOW_QUOTE, { 0x201C, 0x201D }, false }, /* German, Polish; see below */
    { 0x201F, { 0x201D }, false },
    { 0xAB, { 0xBB }, false },      /* guillemets */
    { 0xBB, { 0xAB, 0xBB }, true }, /* the same in German, or Swedish */
    { 0x2039, { 0x203A }, false },  /* single ones */
    { 0x203A, { 0x2039, 0x203A }, true },
    { 0x300C, { 0x300D }, false }, /* corner brackets */
    { 0x300E, { 0x300F }, false },
    { 0xFF02, { 0xFF02 }, false }, /* the keyboard's, of full width */
};

static const quote_kind *kind_of(uint32_t c)
{
    for (size_t i = 0; i < KH_COUNT_OF(kinds); i++)
        if (kinds[i].opening == c)
            return &kinds[i];
    return NULL;
}

/* The code points beside the one at..end; a space at the ends of the text. */
static uint32_t before(kh_str text, size_t at)
{
    return at > 0 ? kh_utf8_previous(text, &at) : ' ';
}

static uint32_t behind(kh_str text, size_t end)
{
    return end < text.len ? kh_utf8_next(text, &end) : ' ';
}

/* A Hebrew letter; its points do not come between it and what it stands beside. */
static bool is_hebrew(uint32_t c)
{
    return (c >= 0x591 && c <= 0x5F2 && c != 0x5BE && c != 0x5C0 && c != 0x5C3 &&
            c != 0x5C6) ||
           (c >= 0xFB1D && c <= 0xFB4F);
}

bool kh_lex_quote_parts(kh_str text, size_t at)
{
    uint32_t c = behind(text, at);
    if (c != '"')
        return kh_lex_is_quote(c);
    return !is_hebrew(before(text, at)) || !is_hebrew(behind(text, at + 1));
}

static bool opens_by_place(kh_str text, size_t at, size_t end)
{
    uint32_t previous = before(text, at);
    return !kh_lex_is_space(behind(text, end)) &&
           (kh_lex_is_space(previous) || previous == 0xFF1A ||
            (previous < 0x80 && strchr("(:=+-", (int)previous) != NULL));
}

bool kh_lex_quote_opens(kh_str text, size_t at)
{
    if (at >= text.len || !kh_lex_quote_parts(text, at))
        return false;
    size_t end = at;
    const quote_kind *kind = kind_of(kh_utf8_next(text, &end));
    return kind != NULL && (!kind->is_by_place || opens_by_place(text, at, end));
}

/* Whether what stands at..end closes a quote of this kind. */
static bool closes(const quote_kind *kind, kh_str text, size_t at, size_t end)
{
    uint32_t c = behind(text, at);
    if (c == 0 || (c != kind->closing[0] && c != kind->closing[1]))
        return false;
    return kh_lex_quote_parts(text, at) &&
           !(kind->is_by_place && opens_by_place(text, at, end));
}

bool kh_lex_quote_read(kh_lex_quotes *quotes, kh_str *inside, size_t *end, kh_str text,
                       size_t at)
{
    size_t start = at;
    const quote_kind *kind = kind_of(kh_utf8_next(text, &start));
    for (size_t i = 0; i < quotes->n_unclosed; i++)
        if (quotes->unclosed[i] == kind->opening)
            return false;
    /* A German keyboard has no curly quote: the low one that a program made of the
     * first may end in a straight one, if no other does before the next begins. */
    bool is_low = kind->opening == LOW_QUOTE;
    size_t straight = 0;
    for (size_t i = start; i < text.len;) {
        size_t here = i;
        uint32_t c = kh_utf8_next(text, &i);
        if (closes(kind, text, here, i)) {
            *inside = kh_str_slice(text, start, here);
            *end = i;
            return true;
        }
        if (is_low && c == LOW_QUOTE && straight > 0)
            break;
        if (is_low && c == '"' && straight == 0 && kh_lex_quote_parts(text, here))
            straight = i;
    }
    if (straight > 0) {
        *inside = kh_str_slice(text, start, straight - 1);
        *end = straight;
        return true;
    }
    quotes->unclosed[quotes->n_unclosed++] = kind->opening;
    return false;
}
