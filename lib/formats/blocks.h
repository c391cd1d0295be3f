/* blocks - plain text cut into paragraphs and headings. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

KH_BEGIN_DECLS

typedef struct kh_piece {
    kh_str text;   /* a view, trimmed; line ends inside as they are */
    uint32_t line; /* of its first byte, from 0 */
    bool is_alone; /* one line with empty lines, or nothing, before and after it */
} kh_piece;

/**
 * Cut a text at empty lines; at lines that begin with white space, if less than half
 * do; and at every line end where lines are paragraphs: too long to have been wrapped,
 * or most of them end a sentence.
 *
 * @param[out] out      array in the arena
 * @param      has_lines  a text without empty lines has its paragraphs on lines, unless
 *                      all of it looks wrapped
 * @return              number of pieces
 */
size_t kh_blocks_cut(kh_piece **out, kh_str text, bool has_lines, kh_arena *arena);

/* Whether a line looks like a heading: short, with letters, and no full stop, comma,
 * colon or the like at its end (a question mark may stand there); or marked by "##",
 * which is then taken off. */
bool kh_line_is_heading(kh_str *line);

/* Whether the last letter or sign ends a sentence, behind closing quotes and brackets.
 */
bool kh_line_ends_sentence(kh_str line);

/* How wide a text is: code points, the wide ones of East Asia twice. */
size_t kh_line_columns(kh_str line);

/* Without white space at both ends, also no-break, ideographic and zero-width. */
kh_str kh_trim_wide(kh_str s);

/* Words set apart by white space. */
size_t kh_line_words(kh_str line);

KH_END_DECLS
