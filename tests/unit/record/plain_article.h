/* plain_article - an article's stored text, sentences and units from its blocks alone:
 * what a record must give back. */
#pragma once

#include "record/record.h"

typedef struct plain_block {
    const kh_block *source;
    size_t start; /* bytes, in the stored text */
    size_t end;   /* behind its line ends */
    uint32_t first_sentence;
    uint32_t n_sentences;
} plain_block;

typedef struct plain_article {
    const kh_article *article;
    kh_str text;
    plain_block *blocks;
    size_t n_blocks;
    size_t *ends; /* bytes, of each sentence */
    size_t n_sentences;
    kh_span *units; /* bytes, of each unit */
    size_t n_units;
} plain_article;

/* In the arena. */
plain_article plain_article_of(const kh_article *article, kh_arena *arena);
