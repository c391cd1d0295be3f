/* html_short - HTML with its text cut short: what a parser needs to see of it.
 *
 * libxml2 takes text a character at a time, 15 ns each, and all that it makes of it is
 * the same text. So long stretches are taken out before and put back behind it: each is
 * one character of a plane for private use, whose number says which. */
#pragma once

#include "base/arena.h"

KH_BEGIN_DECLS

typedef struct kh_html_short {
    kh_str html;       /* with stand-ins; the whole where nothing was taken out */
    kh_str *stretches; /* taken out; views of the whole */
    size_t n;
    size_t capacity;
} kh_html_short;

/* Take out what is certainly text, to any parser of HTML, and what nobody asks of tags
 * and comments. Certain is what stands behind well-formed tags of elements whose
 * content is markup again; behind the first '<' of another kind, all stays, and so does
 * all with a NUL, which ends what it stands in for one parser and not for another. html
 * is UTF-8. */
void kh_html_shorten(kh_html_short *out, kh_str html, kh_arena *arena);

/* The next piece of text that a parser gave, as it was; *text moves behind it. */
kh_str kh_html_lengthen(const kh_html_short *shortened, kh_str *text);

KH_END_DECLS
