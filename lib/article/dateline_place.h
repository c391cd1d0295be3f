/* dateline_place - whether words can be the place of a dateline, by how they look. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

typedef struct kh_place_look {
    size_t words;
    size_t commas;
    bool is_capitals; /* no letter in lower case before the first comma */
    bool is_cased;
} kh_place_look;

static inline bool kh_is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x202F ||
           c == 0x3000 || (c >= 0x2000 && c <= 0x200B);
}

/* Whether it is a capital, of a script that has them, part of a place's name. */
bool kh_is_upper(uint32_t code_point);
bool kh_is_cased_script(uint32_t code_point);
bool kh_may_stand_in_place(uint32_t code_point);

/* The code point at a place, a space at the end. */
static inline uint32_t kh_peek(kh_str text, size_t at)
{
    return at < text.len ? kh_utf8_next(text, &at) : ' ';
}

/* Whether text can be a place: a few words, each with a capital where there are any. */
bool kh_place_look_at(kh_str text, kh_place_look *look);

/* Whether papers are known to date from it, or from the part before its comma. */
bool kh_place_is_known(kh_str place);

/* Whether text begins a sentence, as behind a dateline, or goes on with one. */
bool kh_text_begins_anew(kh_str text);

/* Whether it is no headline in capitals. */
bool kh_text_has_lower_soon(kh_str text);
