/* scratch - a temporary folder for each test, and made-up articles in segments. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "index/generation.h"
#include "index/segment.h"
#include "support/cut_articles.h"

/* The .init and .fini of a suite. */
void scratch_open(void);
void scratch_free(void);

/* "SCRATCH/name"; of the last eight names. */
const char *scratch_path(const char *name);

/* A file's content: read into memory that lives as long as the test, and written. */
kh_str scratch_read(const char *path);
void scratch_write(const char *path, kh_str content);

/* Fail the test with the message of err, unless status is KH_OK. */
void must(kh_status status, const kh_error *err);

/* Memory that lives as long as the test. */
kh_arena *scratch_arena(void);

/* Article i of the made-up archive, i from 0; the same for the same i. It has an id, a
 * title, two or three paragraphs, a heading, tags, and is in English, Spanish or Hindi;
 * every fifth is undated. */
#define SAMPLES 24
kh_article sample_article(unsigned i);

/* An article of one language with these paragraphs, NULL behind the last. */
kh_article article_of(const char *lang, const char *const *paragraphs);

/* Write a segment of articles with their terms and spellings. */
void write_articles(const char *path, const kh_article *articles, size_t n);

/* Write a segment of the samples that pick takes (NULL: all). */
typedef bool (*sample_pick)(unsigned i);
void write_segment(const char *path, sample_pick pick);

/* Write records alone, into a folder that is made. */
void write_records(const char *path, const kh_article *articles, size_t n);
kh_records *records_of(const char *path);

/* A manifest over segments that lie in INDEX/segments. */
kh_manifest manifest_of(uint32_t number, kh_str *segments, size_t n,
                        uint32_t n_articles);

/* Make INDEX/segments/<uuid> of the samples that pick takes; its name. */
kh_str index_segment(const char *index, const char *uuid, sample_pick pick);

kh_str printed(const char *format, ...) KH_PRINTF(1, 2);
