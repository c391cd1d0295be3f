/* brute - words and phrases found by trying all of an article's units: the reference.
 */
#pragma once

#include "record/record.h"
#include "text/analysis.h"

/* A unit of an article, with what a query may ask for. */
typedef struct unit {
    uint32_t block;
    uint32_t position; /* in the article */
    kh_block_kind kind;
    bool is_character;
    const kh_lexeme *lexeme; /* as the word stands alone; until brute_free() */
} unit;

/* All units of blocks, authors and tags, in the arena. */
unit *units_of(size_t *n, const kh_article *article, kh_arena *arena);

/* The analysers that units_of() opened, one a language. */
void brute_free(void);

/* Append one text to a list of units. */
typedef struct unit_list {
    unit *items;
    size_t n;
    size_t capacity;
} unit_list;

/* Lengths of a word at unit i: bit n is set if it is the n units from there on. */
uint64_t brute_lengths(const unit *units, size_t n, size_t i,
                       const kh_record_word *word);

bool brute_holds(const unit *units, size_t n, const kh_record_word *words,
                 const kh_record_phrase *phrase);

/* A surface as kh_fold_written() has it. */
kh_str written(kh_str surface, kh_arena *arena);
