/* phrases - a counted set of phrases that is asked with many beginnings and ends: all
 * the stretches of a line, letter by letter. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Phrases are folded text (glue_text.h). Only their hashes are kept. */
typedef struct kh_phrases {
    uint64_t *hashes; /* owned; open addressing, 0 is a free place */
    uint32_t *counts; /* owned */
    size_t n;
    size_t capacity;      /* places: 0 or a power of two */
    uint64_t starts[256]; /* a bit for each first KH_PHRASE_START bytes of a phrase */
} kh_phrases;

#define KH_PHRASE_START 4 /* bytes; what is shorter is always looked up */

void kh_phrases_release(kh_phrases *phrases); /* all zero is an empty set */

void kh_phrases_add(kh_phrases *phrases, kh_str phrase, uint32_t count);
uint32_t kh_phrases_count(const kh_phrases *phrases, kh_str phrase);

/* A phrase that is spelt out: put pieces, ask at any time. */
typedef struct kh_spelling {
    uint64_t hash; /* so far, not finished */
    unsigned char start[KH_PHRASE_START];
    size_t len; /* bytes put */
} kh_spelling;

kh_spelling kh_spelling_start(void);
void kh_spelling_put(kh_spelling *spelling, kh_str piece);

/* False if no phrase of the set begins so. */
bool kh_phrases_may_begin(const kh_phrases *phrases, const kh_spelling *spelling);

void kh_phrases_add_spelling(kh_phrases *phrases, const kh_spelling *spelling,
                             uint32_t count);
uint32_t kh_phrases_count_spelling(const kh_phrases *phrases,
                                   const kh_spelling *spelling);
