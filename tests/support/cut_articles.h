/* cut_articles - articles cut and numbered, ready for a record writer. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "record/writer.h"

typedef struct cut_articles {
    char folder[32];     /* of the tables of batches; owned */
    kh_numbers *numbers; /* owned, finished */
    kh_batch **batches;  /* owned */
    size_t n_batches;
    const kh_article *articles; /* borrowed */
    kh_buf *cuts;               /* owned: one an article */
    size_t *batch_of;           /* owned */
    size_t n;
} cut_articles;

/* Cut n articles in batches of so many; with all that khabar-index gives their records.
 * The articles must outlive it. */
cut_articles *cut_articles_open(const kh_article *articles, size_t n,
                                size_t batch_articles);
/* The same with several cutters, which take the batches in turn. */
cut_articles *cut_articles_open_in_turn(const kh_article *articles, size_t n,
                                        size_t batch_articles, size_t n_cutters);
void cut_articles_free(cut_articles *cut);

/* Cut a whole block. */
void cut_text(kh_cutter *cutter, const kh_block *block, kh_analyser *analyser);

/* The i-th, from 0; key and text hash are the article's. */
kh_record_source cut_source(const cut_articles *cut, size_t i);

/* Write records alone into a folder that is there: samples, then all. length of the
 * i-th: i. */
void cut_write(const cut_articles *cut, const char *folder);

/* A writer in a folder that is there, shown the samples and begun. */
kh_record_writer *cut_writer(const cut_articles *cut, const char *folder);

/* Pack an article and add it. */
void cut_add(kh_record_writer *writer, kh_record_packer *packer,
             const kh_record_source *source);
