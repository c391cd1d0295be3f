/* archive - the words of all articles of a language, in memory, to choose queries from.
 */
#pragma once

#include "base/error.h"
#include "base/table.h"

#define KH_ARCHIVE_BREAK UINT32_MAX /* between words that are not side by side */

typedef struct kh_archive_article {
    size_t begin; /* in words */
    size_t end;
    char date[11]; /* 2025-06-05, or empty */
    size_t first_tag;
    size_t n_tags;
} kh_archive_article;

typedef struct kh_archive {
    kh_table table;      /* folded words of ASCII letters and others by number */
    uint32_t *words;     /* owned; numbers, in the order of the text */
    uint32_t *documents; /* owned; by number: articles that hold the word */
    kh_archive_article *articles; /* owned */
    char **tags;                  /* owned */
    size_t n_words;
    size_t n_articles;
    size_t n_tags;
    size_t words_capacity;
    size_t articles_capacity;
    size_t tags_capacity;
} kh_archive;

/* Titles and bodies of the articles that are of a language or name none. */
KH_MUST_USE kh_status kh_archive_read(kh_archive *out, const char *path,
                                      const char *lang, kh_error *err);
void kh_archive_release(kh_archive *archive);

/* Words side by side, 2 or 3. */
typedef struct kh_archive_phrase {
    uint32_t words[3]; /* the third may be KH_ARCHIVE_BREAK: none */
    uint32_t n_documents;
    uint32_t last; /* article that held it last, + 1 */
} kh_archive_phrase;

/* Fill in n_documents of all. */
void kh_archive_count(const kh_archive *archive, kh_archive_phrase *phrases, size_t n);
