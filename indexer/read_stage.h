/* read_stage - articles through N workers: inverted and cut, into spools, runs and
 * facts.
 */
#pragma once

#include "indexer/invert.h"
#include "indexer/resolve.h"
#include "indexer/spool.h"

#define KH_JOBS_MAX 256u

typedef struct kh_read_stage kh_read_stage;

typedef struct kh_read_plan {
    uint32_t n_jobs;
    uint64_t memory_bytes;    /* of all workers */
    uint32_t runs_max;        /* the same */
    const char *default_lang; /* tag of articles that name none; NULL: detect */
    const char *folder;       /* for runs */
    /* where what comes out goes, in source order, whatever the number of workers */
    kh_spool *spool; /* all articles */
    kh_spool
        *sample; /* those whose id's H is divisible by 16, each behind its number */
    kh_resolve *resolve;
} kh_read_plan;

/* Start the workers. plan: borrowed, as all that it names. */
KH_MUST_USE kh_status kh_read_stage_open(kh_read_stage **out, const kh_read_plan *plan,
                                         kh_error *err);
void kh_read_stage_free(kh_read_stage *stage); /* stops the workers; NULL is allowed */
KH_DEFINE_CLEANUP(kh_read_stage, kh_read_stage_free)

/* Hand over an article, which is copied. The failure may be of one handed over before.
 */
KH_MUST_USE kh_status kh_read_stage_add(kh_read_stage *stage, const kh_article *article,
                                        kh_error *err);

/* No more articles: wait for all, spill what is left, stop the workers. */
KH_MUST_USE kh_status kh_read_stage_finish(kh_read_stage *stage, kh_error *err);

/* Bytes that are spooled by now. */
uint64_t kh_read_stage_spooled(const kh_read_stage *stage);

/* After finish: paths of all runs of terms, those of a worker beside each other. Owned
 * by the stage. */
const char *const *kh_read_stage_runs(const kh_read_stage *stage, size_t *n);

/* In the same way all batches, and for each the first article of the last piece whose
 * cuts count by it. */
typedef struct kh_read_batch {
    const kh_inverter_batch_files *files;
    uint64_t last_use;
} kh_read_batch;

const kh_read_batch *kh_read_stage_batches(const kh_read_stage *stage, size_t *n);

/* After finish: the words that one of the workers has in its memory still. Owned by the
 * stage. */
kh_known_words kh_read_stage_words(const kh_read_stage *stage);

/* The place among them of the batch that a piece names. */
size_t kh_read_stage_batch(const kh_read_stage *stage, uint32_t batch);
