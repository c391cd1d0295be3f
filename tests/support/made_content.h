/* made_content - what a segment holds, collected document by document. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "index/segment.h"
#include "runs/inversion.h"

#define MADE_RUNS_MAX 8u

typedef struct made_content {
    const char *terms[MADE_RUNS_MAX]; /* paths of runs; borrowed */
    size_t n_terms;
    const char *spellings[MADE_RUNS_MAX];
    size_t n_spellings;
    uint32_t *lengths; /* owned; by document */
    uint32_t *dates;
    size_t n;
    size_t capacity;
    kh_str *languages; /* borrowed; sorted */
    size_t n_languages;
} made_content;

/* The next document; articles of the runs count from 0, documents from 1. */
void made_document(made_content *made, uint32_t length, uint32_t date);

/* Write postings and all that belongs to them; the records are packed already. */
void made_postings(const made_content *made, kh_segment_writer *writer,
                   kh_database_maker maker);
void made_content_release(made_content *made);

/* Pack n articles and add them to a writer that has begun. */
void made_records(kh_record_writer *records, const kh_record_source *sources, size_t n);
