/* words - where the words of a text are. docs/analysis.md, section 2, has the rules. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

#define KH_WORD_MAX_BYTES 255 /* a longer token is no word: it is part of a gap */

typedef enum kh_word_kind {
    KH_WORD_LETTERS,   /* has a letter, or anything else that is not the next two */
    KH_WORD_NUMBER,    /* begins with a digit and has no letter */
    KH_WORD_CHARACTER, /* one character of a run of Han or kana */
} kh_word_kind;

typedef enum kh_word_join {
    KH_JOIN_NONE,   /* a gap of any kind before it */
    KH_JOIN_HYPHEN, /* one hyphen, or in Arabic script a zero-width non-joiner, nothing
                       else, between the word before and this one */
    KH_JOIN_CHARACTER, /* a character directly behind another character of its run */
} kh_word_join;

typedef struct kh_word {
    size_t start; /* bytes, in the text */
    size_t end;
    kh_word_kind kind;
    kh_word_join join;
} kh_word;

/**
 * Cuts texts into words: UAX #29 as ICU 72 has it, with the differences that
 * docs/analysis.md lists (characters of Han and kana one by one, possessive 's and
 * elided articles are gap, a colon never joins, zero-width characters and soft hyphens
 * never split but for the non-joiner of Arabic script). A table-driven path that gives
 * the same words as ICU cuts every script but those that need a dictionary (Thai, Lao,
 * Khmer, Burmese ...): runs of these go through ICU. Ill-formed bytes are never part of
 * a word. Not thread-safe: one handle a thread.
 */
typedef struct kh_words kh_words;

KH_MUST_USE kh_status kh_words_open(kh_words **out, kh_error *err);
void kh_words_free(kh_words *words); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_words, kh_words_free)

/* Begin a text; it must outlive the cutting. Any bytes, any length. */
void kh_words_reset(kh_words *words, kh_str text);

/* The next word in text order; false at the end. */
bool kh_words_next(kh_words *words, kh_word *out);

/* Whether a token of what was cut so far was too long for a word. */
bool kh_words_has_left_out(const kh_words *words);

/* The same through ICU alone, for the differential test. */
void kh_words_reset_slow(kh_words *words, kh_str text);

/* Han, hiragana, katakana: read one character at a time, with the marks behind it. The
 * units of a run are its code points for which this holds. docs/analysis.md, section 2.
 */
bool kh_is_character(uint32_t code_point);

KH_END_DECLS
