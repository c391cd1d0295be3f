/* acronym - US, IT and WHO: acronyms whose form is a common word. */
#include "acronym.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"

/* How far kh_reads_as_acronym() looks, on each side. */
#define NEIGHBOURS      4
#define NEIGHBOUR_BYTES 128

/* A word in capitals this long is no acronym: the line is in capitals. */
#define SHOUTED_LETTERS 5

static const struct {
    const char *form;
    const char *term;
    bool joins_word; /* who types it in small letters may mean either */
} acronyms[] = {
    { "us", "u.s.", true },
    { "usa", "u.s.", true },
    { "who", "w.h.o.", false },
    { "it", "i.t.", false },
};

kh_str kh_acronym_term(kh_str form)
{
    if (form.len < 2 || form.len > 3)
        return KH_STR("");
    for (size_t i = 0; i < KH_COUNT_OF(acronyms); i++)
        if (kh_str_equal(form, kh_str_from(acronyms[i].form)))
            return kh_str_from(acronyms[i].term);
    return KH_STR("");
}

bool kh_is_acronym_term(kh_str term)
{
    for (size_t i = 0; i < KH_COUNT_OF(acronyms); i++)
        if (kh_str_equal(term, kh_str_from(acronyms[i].term)))
            return true;
    return false;
}

kh_str kh_acronym_form(kh_str term, size_t i)
{
    for (size_t k = 0; k < KH_COUNT_OF(acronyms); k++)
        if (kh_str_equal(term, kh_str_from(acronyms[k].term)) && i-- == 0)
            return kh_str_from(acronyms[k].form);
    return KH_STR("");
}

bool kh_acronym_joins_word(kh_str form)
{
    for (size_t i = 0; i < KH_COUNT_OF(acronyms); i++)
        if (kh_str_equal(form, kh_str_from(acronyms[i].form)))
            return acronyms[i].joins_word;
    return false;
}

bool kh_is_all_capitals(kh_str word)
{
    bool has_capital = false;
    for (size_t at = 0; at < word.len;) {
        UChar32 c = (UChar32)kh_utf8_next(word, &at);
        if (u_islower(c))
            return false;
        has_capital = has_capital || u_isupper(c);
    }
    return has_capital;
}

bool kh_is_typed_as_acronym(kh_str surface)
{
    return kh_is_all_capitals(surface) ||
           (surface.len > 0 && memchr(surface.ptr, '.', surface.len) != NULL);
}

/* What a neighbour says of the line it stands in. */
typedef enum evidence {
    SAYS_NOTHING, /* a short word in capitals may itself be an acronym */
    SAYS_MIXED,   /* a small letter: capitals mean something here */
    SAYS_CAPITALS,
} evidence;

typedef struct view {
    size_t at;     /* bytes, in the text: the next code point to look at */
    size_t limit;  /* bytes: look no further */
    bool is_back;  /* towards the beginning */
    bool had_word; /* a neighbour with capitals or small letters was there */
} view;

/* Read the next word that has capitals or small letters; false if there is none. */
static bool read_neighbour(view *side, kh_str text, evidence *out)
{
    size_t n_capitals = 0;
    bool has_small = false;
    while (side->at != side->limit) {
        UChar32 c = (UChar32)(side->is_back ? kh_utf8_previous(text, &side->at)
                                            : kh_utf8_next(text, &side->at));
        if (side->is_back ? side->at < side->limit : side->at > side->limit)
            side->at = side->limit;
        if (u_islower(c))
            has_small = true;
        else if (u_isupper(c))
            n_capitals++;
        else if ((has_small || n_capitals > 0) &&
                 !(U_MASK(u_charType(c)) & U_GC_M_MASK))
            break;
    }
    if (!has_small && n_capitals == 0)
        return false;
    *out = has_small                       ? SAYS_MIXED
           : n_capitals >= SHOUTED_LETTERS ? SAYS_CAPITALS
                                           : SAYS_NOTHING;
    side->had_word = true;
    return true;
}

bool kh_reads_as_acronym(kh_str text, size_t start, size_t end)
{
    view back = { .at = start,
                  .limit = start > NEIGHBOUR_BYTES ? start - NEIGHBOUR_BYTES : 0,
                  .is_back = true };
    view front = { .at = end,
                   .limit = text.len - end > NEIGHBOUR_BYTES ? end + NEIGHBOUR_BYTES
                                                             : text.len };
    for (int i = 0; i < NEIGHBOURS; i++) {
        evidence before = SAYS_NOTHING;
        evidence behind = SAYS_NOTHING;
        bool has_before = read_neighbour(&back, text, &before);
        bool has_behind = read_neighbour(&front, text, &behind);
        if (before == SAYS_MIXED || behind == SAYS_MIXED)
            return true;
        if (before == SAYS_CAPITALS || behind == SAYS_CAPITALS)
            return false;
        if (!has_before && !has_behind)
            break;
    }
    /* Alone it can only be the acronym; among short capitals it may be a word. */
    return !back.had_word && !front.had_word;
}
