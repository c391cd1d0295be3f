/* unit - what of a numbered or spelled word is one unit, and what a rare one is known
 * by.
 *
 * One rule for writing, searching and checking. Internal to lib/record. */
#pragma once

#include "base/hash.h"
#include "base/utf8.h"
#include "text/analysis.h"

KH_BEGIN_DECLS

/* The next unit of a word from *at on, which must be inside: a character with the marks
 * behind it, or all of it. *at moves behind it. */
kh_str kh_unit_next(kh_str word, size_t *at);

/* Whether a text begins with a character of Han or kana. */
bool kh_begins_with_character(kh_str text);

/* H of the term that a rare word is known by; of a character, of its form. */
static inline uint64_t kh_rare_hash(const kh_lexeme *lexeme)
{
    return kh_hash(lexeme->term.len > 0 ? lexeme->term : lexeme->form);
}

KH_END_DECLS
