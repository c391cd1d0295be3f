/* pipeline - articles through N workers and out again in the order they came in. */
#pragma once

#include "indexer/invert.h"
#include "indexer/resolve.h"
#include "indexer/spool.h"

#define KH_JOBS_MAX 256u

typedef struct kh_pipeline kh_pipeline;

/**
 * Start the workers.
 *
 * @param default_lang  of articles that name none; NULL: detect
 * @param spool,resolve  borrowed; filled in source order, whatever the number of
 * workers
 */
KH_MUST_USE kh_status kh_pipeline_open(kh_pipeline **out, uint32_t n_jobs,
                                       const char *default_lang, kh_spool *spool,
                                       kh_resolve *resolve, kh_error *err);
void kh_pipeline_free(kh_pipeline *pipeline); /* stops the workers; NULL is allowed */
KH_DEFINE_CLEANUP(kh_pipeline, kh_pipeline_free)

/* Hand over an article, which is copied. The failure may be of one handed over before.
 */
KH_MUST_USE kh_status kh_pipeline_add(kh_pipeline *pipeline, const kh_article *article,
                                      kh_error *err);

/* No more articles: wait for all, stop the workers. */
KH_MUST_USE kh_status kh_pipeline_finish(kh_pipeline *pipeline, kh_error *err);

/* After finish: the spellings of all workers. */
void kh_pipeline_spellings(const kh_pipeline *pipeline,
                           kh_vocabulary_writer *vocabulary);
