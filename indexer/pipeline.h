/* pipeline - articles through N workers and out again in the order they came in. */
#pragma once

#include "indexer/invert.h"
#include "indexer/resolve.h"
#include "indexer/spool.h"

#define KH_JOBS_MAX 256u

typedef struct kh_pipeline kh_pipeline;

/* Where what comes out goes; borrowed. Filled in source order, whatever the number of
 * workers. */
typedef struct kh_pipeline_sinks {
    kh_spool *spool; /* pieces in turn: the tables of a batch, its articles */
    kh_resolve *resolve;
    kh_numbers *numbers;
} kh_pipeline_sinks;

/**
 * Start the workers.
 *
 * @param default_lang  of articles that name none; NULL: detect
 */
KH_MUST_USE kh_status kh_pipeline_open(kh_pipeline **out, uint32_t n_jobs,
                                       const char *default_lang,
                                       const kh_pipeline_sinks *sinks, kh_error *err);
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
