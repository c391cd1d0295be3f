/* record_absent - blocks that cannot hold a word, told without cutting them into words.
 *
 * Where a phrase of common words is looked for in thousands of articles, most blocks
 * lack one of its words altogether. In a block of ASCII alone, folding takes nothing
 * out of a word but dots between letters and the hyphens of a compound: so without
 * those a word whose form is ASCII stands there as it is, in some case, or not at all.
 * Internal to lib/index. */
#pragma once

#include "base/str.h"

KH_BEGIN_DECLS

#define KH_ABSENT_LETTERS_MIN 3u /* shorter words are nearly everywhere */

/* Whether a form may be asked for: small ASCII letters alone, and enough of them. */
bool kh_absent_takes(kh_str form);

/* True: no word of the block has this form. False: one may. */
bool kh_is_absent(kh_str block, kh_str form);

KH_END_DECLS
