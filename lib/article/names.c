/* names - whether a line looks like the names of those who wrote an article. */
#include "article/names.h"

#include "dateline_place.h"
#include "dateline_words.h"

enum { WORDS_MIN = 2, WORDS_MAX = 6, LINE_MAX = 160 /* bytes */ };

/* A letter, or what stands inside of names. */
static bool may_stand_in_name(uint32_t c, bool is_first)
{
    if (c < 0x80 && is_first)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return kh_may_stand_in_place(c) && c != '/';
}

static bool is_name_word(kh_str word)
{
    size_t at = 0;
    uint32_t first = kh_utf8_next(word, &at);
    if (!may_stand_in_name(first, true))
        return false;
    if (kh_is_cased_script(first) && !kh_is_upper(first))
        return kh_dateline_is_particle(word);
    while (at < word.len)
        if (!may_stand_in_name(kh_utf8_next(word, &at), false))
            return false;
    return true;
}

bool kh_names_look(kh_str line)
{
    line = kh_str_trim(line);
    if (line.len == 0 || line.len > LINE_MAX || line.ptr[line.len - 1] == ',')
        return false;

    size_t n_words = 0;
    for (size_t at = 0; at < line.len;) {
        size_t from = at;
        while (at < line.len && !kh_is_blank(kh_peek(line, at)))
            kh_utf8_next(line, &at);
        kh_str word = kh_str_slice(line, from, at);
        if (word.len > 1 && word.ptr[word.len - 1] == ',')
            word.len--;
        if (word.len > 0 && (!is_name_word(word) || ++n_words > WORDS_MAX))
            return false;
        if (at < line.len)
            kh_utf8_next(line, &at);
    }
    return n_words >= WORDS_MIN;
}
