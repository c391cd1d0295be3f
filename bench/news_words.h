/* news_words - made-up words of several languages, the frequent ones real. */
#pragma once

#include "base/buf.h"
#include "random.h"

typedef struct kh_news_language {
    const char *code;
    uint32_t share;         /* of a hundred articles */
    uint32_t bits;          /* 2^bits words */
    const char *stop_words; /* real ones, by frequency, a space between */
    const char *onsets;
    const char *vowels;
    const char *endings; /* of a word that is inflected */
    const char *space;   /* between words */
    const char *stop;    /* of a sentence */
} kh_news_language;

/* The language of an article. */
const kh_news_language *kh_news_language_of(kh_random *random);

/* The words that make up its table. */
size_t kh_news_n_stop_words(const kh_news_language *language);

/* Append the word of a rank: first the stop words, then made-up ones, longer if rarer.
 */
void kh_news_word(kh_buf *out, const kh_news_language *language, uint32_t rank);

/* Append one of the endings. */
void kh_news_ending(kh_buf *out, const kh_news_language *language, kh_random *random);

/* Append a made-up name of a number, its first letter a capital where there are such.
 */
void kh_news_name(kh_buf *out, const kh_news_language *language, uint32_t number);

/* Put the first letter behind `from` in capitals if it is ASCII. */
void kh_news_capital(kh_buf *buf, size_t from);
