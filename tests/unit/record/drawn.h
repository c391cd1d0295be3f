/* drawn - words of queries drawn from articles. */
#pragma once

#include "brute.h"
#include "support/dice.h"

#define DRAWN_WORDS_MAX 6

/* Articles with their units. */
typedef struct archive {
    const kh_article *articles;
    unit **units;
    size_t *n_units;
    uint32_t n;
    unit *distinct; /* one unit a lexeme */
    size_t n_distinct;
    kh_arena *arena;
} archive;

archive archive_of(const kh_article *articles, uint32_t n, kh_arena *arena);

/* What a kind of word is told by. */
kh_str text_of(const unit *at, kh_record_word_kind kind, kh_arena *arena);

/* Draw up to DRAWN_WORDS_MAX words, mostly as they follow each other in a document from
 * 1 on; with terms as a caller gives them. Returns how many. */
size_t draw_words(kh_record_word *words, const archive *from, uint32_t document,
                  dice *d);
