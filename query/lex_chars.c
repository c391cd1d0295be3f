/* lex_chars - what a character is to the query language, as far as marks go.
 *
 * Quotation marks are the keyboard's (U+0022, full width U+FF02), the curly ones, high
 * and low (U+201C to U+201F), guillemets, double and single, and corner brackets, white
 * or not (U+300C to U+300F). Single curly ones are none: they are apostrophes. */
#include "query/lex_chars.h"

bool kh_lex_is_space(uint32_t c)
{
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool kh_lex_opens(uint32_t c)
{
    return c == '(' || c == 0xFF08;
}

bool kh_lex_closes(uint32_t c)
{
    return c == ')' || c == 0xFF09;
}

bool kh_lex_is_quote(uint32_t c)
{
    return c == '"' || c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F) ||
           c == 0x2039 || c == 0x203A || (c >= 0x300C && c <= 0x300F) || c == 0xFF02;
}

bool kh_lex_is_ascii_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool kh_lex_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool kh_lex_is_letter(uint32_t c)
{
    return kh_lex_is_ascii_letter(c) ||
           (c >= 0xAA && !kh_lex_is_space(c) && !kh_lex_is_quote(c) &&
            !(c >= 0x2010 && c <= 0x205E));
}

bool kh_lex_is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) ||
           (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}

bool kh_lex_is_caseless(uint32_t c)
{
    return (c >= 0x5D0 && c <= 0x109F) || (c >= 0x1200 && c <= 0x139F) ||
           (c >= 0x1780 && c <= 0x18AF) || (c >= 0x3041 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0x20000 && c <= 0x3FFFF);
}
