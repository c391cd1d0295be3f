/* text_samples - what a text becomes, written out so that a table of cases can say it.
 */
#pragma once

#include "base/buf.h"
#include "text/analysis.h"

/* Append the words of a text: "the|US|told". A word joined by a hyphen to the one
 * before has a "-" before it, a character of a run a "+". */
void sample_words(kh_buf *out, kh_words *words, const char *text);

/* Append the tokens of a text by their terms: "en:the|u.s.|中+国"; a pair in
 * parentheses, a compound in brackets, a character as itself. */
void sample_terms(kh_buf *out, const char *language, const char *text);
