/* made_up - random texts full of what makes words hard, and phrases drawn from them. */
#pragma once

#include "index/record.h"
#include "text/analysis.h"

/* A generator of one's own, so that a failure comes again: xorshift64*. */
typedef struct dice {
    uint64_t state; /* not 0 */
} dice;
unsigned roll(dice *d, unsigned n); /* 0 to n - 1 */

/* Append a text of about n pieces: words, numbers, characters, marks, spaces. */
void made_up_text(kh_buf *out, dice *d, unsigned n);

/* A token of a text, with what a phrase may ask for. */
typedef struct seen {
    uint32_t block;
    uint32_t position; /* in the article */
    uint32_t n_units;
    kh_str surface; /* apostrophes straight */
    kh_str folded;
    kh_str form;
    kh_str term;
} seen;

/* All tokens of an article's blocks, in the arena. */
seen *tokens_of(size_t *n, const kh_article *article, kh_arena *arena);

kh_str seen_text(const seen *token, kh_record_word_kind kind);

/* Whether the tokens hold the words, by trying all: the reference. variants: one a
 * word. */
bool brute_holds(const seen *tokens, size_t n, const kh_record_word *words,
                 size_t n_words, uint32_t window);
