/* word_class - what a code point does at a word boundary: UAX #29's property values,
 * with what this project treats in its own way split off. Generated table: see
 * scripts/make_word_classes.c; a test compares every code point with ICU. */
#pragma once

#include <stdint.h>

/* Values are the letters that stand in the table. */
enum {
    KH_CLASS_OTHER = '.',        /* no rule joins it: spaces, symbols, emoji */
    KH_CLASS_LETTER = 'L',       /* ALetter */
    KH_CLASS_HEBREW = 'H',       /* Hebrew_Letter */
    KH_CLASS_DIGIT = 'N',        /* Numeric */
    KH_CLASS_CONNECTOR = 'X',    /* ExtendNumLet: the underscore */
    KH_CLASS_MID_LETTER = 'm',   /* MidLetter without the colons */
    KH_CLASS_MID_NUMBER = 'n',   /* MidNum: the comma */
    KH_CLASS_MID_BOTH = 'b',     /* MidNumLet: the full stop, curly quotes */
    KH_CLASS_SINGLE_QUOTE = 's', /* ' */
    KH_CLASS_DOUBLE_QUOTE = 'd', /* " */
    KH_CLASS_EXTEND = 'e',       /* Extend, Format, ZWJ: belongs to what is before */
    KH_CLASS_CHARACTER = 'C',    /* kh_is_character() */
    KH_CLASS_DICTIONARY = 'D',   /* Thai, Lao, Khmer, Burmese ...: ICU's dictionary */
    KH_CLASS_HANGUL = 'K',       /* Hangul letters: a run of them is a word */
    KH_CLASS_CUT = '|',          /* as OTHER, where ICU has other ideas: @ */
    KH_CLASS_NARROW_SPACE = '_', /* U+202F: joins digits, nothing else */
};

extern const uint8_t kh_word_class_index[0x110000 >> 7];
extern const char kh_word_class_blocks[][129];

/* code_point: at most 10FFFF (hex). */
static inline int kh_word_class(uint32_t code_point)
{
    return kh_word_class_blocks[kh_word_class_index[code_point >> 7]][code_point & 127];
}
