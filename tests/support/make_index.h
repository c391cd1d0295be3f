/* make_index - small real indexes for tests, made the way khabar-index makes them. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "index/index.h"

/* An article in a line of a table. NULL and "" are the same. */
typedef struct made_article {
    const char *id;
    const char *lang;
    const char *title;
    const char *body; /* paragraphs between "\n"; "# " begins a heading */
    const char *tags; /* between "|" */
    const char *date; /* ISO */
} made_article;

/* A folder in /tmp for one index; its path lives until made_remove(). */
const char *made_folder(void);
void made_remove(const char *folder);

/* Build and publish: one segment. */
void make_index(const char *folder, const made_article *articles, size_t n);

/* The same articles dealt out to three segments; with_dead: beside each third article
 * lies a dead one of the same text. */
void make_index_split(const char *folder, const made_article *articles, size_t n,
                      bool with_dead);

kh_index *made_open(const char *folder);
