/* sentences_internal - the parts of the sentence cutter. */
#pragma once

#include <stdint.h>

#include "base/str.h"

KH_BEGIN_DECLS

/* Sentence_Break of UAX #29. */
typedef enum kh_sentence_class {
    KH_SB_OTHER,
    KH_SB_EXTEND, /* Extend and Format: ignored by the rules */
    KH_SB_SEP,
    KH_SB_SP,
    KH_SB_LOWER,
    KH_SB_UPPER,
    KH_SB_OLETTER,
    KH_SB_NUMERIC,
    KH_SB_ATERM,
    KH_SB_SCONTINUE,
    KH_SB_STERM,
    KH_SB_CLOSE,
} kh_sentence_class;

/* Classes of code points up to where CJK begins, as ICU has them; the rest is asked for
 * one by one. */
#define KH_SENTENCE_TABLE 0x3100u
typedef struct kh_sentence_table {
    uint8_t classes[KH_SENTENCE_TABLE];
    uint32_t
        abbreviations[256]; /* by first byte: a bit a length, kh_abbreviation_find() */
} kh_sentence_table;

void kh_sentence_table_init(kh_sentence_table *table);
kh_sentence_class kh_sentence_class_of(const kh_sentence_table *table,
                                       uint32_t code_point);

/**
 * End of the sentence that begins at `from`, by the rules of UAX #29 alone.
 *
 * @param paragraph  line ends in it are spaces
 * @return           paragraph.len at the end
 */
size_t kh_sentence_rules(const kh_sentence_table *table, kh_str paragraph, size_t from);

/* Whether the rules' end at `at` is none: behind a title, an initial, an abbreviation.
 * `from` is where the sentence begins. */
bool kh_sentence_goes_on(const kh_sentence_table *table, kh_str paragraph, size_t from,
                         size_t at);

/* What an abbreviation says about the word behind it. */
typedef enum kh_abbreviation_kind {
    KH_ABBREVIATION_NONE,
    KH_ABBREVIATION_TITLE,  /* never ends a sentence: Mr. Gen. z.B. */
    KH_ABBREVIATION_ENDING, /* may: Inc. St. U.S.; the next word decides */
    KH_ABBREVIATION_NUMBER, /* only before a number: No. Jan. Fig. */
    KH_ABBREVIATION_TIME,   /* a.m.: only before a day, a zone */
    KH_ABBREVIATION_YEAR,   /* Russian g.: ends one behind a number, else never */
} kh_abbreviation_kind;

/**
 * Kind of an abbreviation.
 *
 * @param lower       in lower case, without the last full stop: "z.b"
 * @param is_capital  whether its first letter is one
 */
kh_abbreviation_kind kh_abbreviation_find(kh_str lower, bool is_capital);

/* Which lengths the abbreviations have that begin with a byte: bits of lengths[byte].
 */
void kh_abbreviation_lengths(uint32_t lengths[256]);

/* Words in lower case that begin a sentence more often than they follow an initial or
 * an abbreviation: "the". after_initial: they are no part of names ("la", "de"). */
bool kh_is_sentence_starter(kh_str lower, bool after_initial);

/* A word in lower case behind "5." that makes it an ordinal: "juni", "jahrhundert". */
bool kh_is_ordinal_noun(kh_str lower);

/* A word in lower case behind "5 p.m.": "monday", "est". */
bool kh_is_time_word(kh_str lower);

KH_END_DECLS
