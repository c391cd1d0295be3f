/* record_letters - which letters a text can give a word, as bits: a filter.
 *
 * Bits of a text are those of its code points, each folded and without accents. Folding
 * a whole word brings no ASCII letter or digit that folding its code points does not:
 * so a word in a text has no letter that the text has not, and has them in that order.
 * Internal to lib/index. */
#pragma once

#include <stdint.h>

#include "base/str.h"
#include "text/words.h"

KH_BEGIN_DECLS

#define KH_LETTERS_ALL        0x07FFFFFFu         /* a to z; bit 26: a digit */
#define KH_LETTERS_HAN        (UINT64_C(1) << 32) /* gives a Han or kana character */
#define KH_LETTERS_NEEDED     (KH_LETTERS_ALL | KH_LETTERS_HAN)
#define KH_LETTERS_SEVERAL    0x08000000u /* a code point gives several */
#define KH_LETTERS_UNIT       0x10000000u /* something that alone would be a word */
#define KH_LETTERS_CHARACTER  0x20000000u /* a character, kh_is_character() */
#define KH_LETTERS_APOSTROPHE 0x40000000u /* what elision and possessives go by */

/* Bits of the code points met so far. */
typedef struct kh_letters {
    uint64_t *known; /* owned; of the first 65,536 code points; 0 not known yet */
    kh_words *words; /* owned; opened when one is asked */
} kh_letters;

void kh_letters_release(kh_letters *letters);

uint64_t kh_letters_of(kh_letters *letters, kh_str text);

/* Write the ASCII letters and digits of a text in their order, small, and nothing else:
 * what those of a word in it are a part of. SIZE_MAX if they are more than max or a
 * code point gives several or a digit. */
size_t kh_letters_squeeze(char *out, size_t max, kh_letters *letters, kh_str text);

KH_END_DECLS
