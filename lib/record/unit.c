/* unit - what of a word is one unit. */
#include "unit.h"

bool kh_begins_with_character(kh_str text)
{
    size_t at = 0;
    return text.len > 0 && kh_is_character(kh_utf8_next(text, &at));
}

kh_str kh_unit_next(kh_str word, size_t *at)
{
    size_t start = *at;
    bool is_run = kh_is_character(kh_utf8_next(word, at));
    while (*at < word.len) {
        size_t next = *at;
        if (kh_is_character(kh_utf8_next(word, &next)) && is_run)
            break;
        *at = next;
    }
    return kh_str_make(word.ptr + start, *at - start);
}
