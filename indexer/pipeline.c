/* pipeline - articles through N workers and out again in the order they came in.
 *
 *   add -> batch of 4 MiB -> ring -> worker: read, invert, cut -> ring -> collect
 *
 * The ring is as long as all workers can be busy with, so memory is bounded; the
 * caller's thread collects what is done whenever it adds, always the oldest batch
 * first. Workers share nothing but the ring. */
#include "indexer/pipeline.h"

#include <pthread.h>
#include <signal.h>

#include "base/alloc.h"

#define BATCH_BYTES  ((size_t)4 << 20)
#define RING_PER_JOB 2u

typedef enum batch_state {
    BATCH_FREE,
    BATCH_READY,
    BATCH_TAKEN,
    BATCH_DONE
} batch_state;

typedef struct batch {
    batch_state state;
    kh_buf articles; /* as kh_spool_article_write() writes them */
    kh_buf piece;
    kh_buf tables;
    kh_buf facts;
    kh_status status;
    kh_error err;
} batch;

typedef struct worker {
    kh_pipeline *pipeline;
    kh_inverter *inverter;
    pthread_t thread;
    bool is_running;
} worker;

struct kh_pipeline {
    worker *workers;
    uint32_t n_workers;
    batch *ring;
    size_t ring_size;
    uint64_t next_add;     /* batches handed to workers so far */
    uint64_t next_take;    /* the next a worker takes */
    uint64_t next_collect; /* the oldest that is not collected */
    bool is_closing;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    kh_pipeline_sinks sinks;
};

static void invert_batch(kh_inverter *inverter, batch *b, kh_arena *arena)
{
    kh_cursor cursor = kh_cursor_of(kh_buf_str(&b->articles));
    b->status = KH_OK;
    while (cursor.ptr < cursor.end && b->status == KH_OK) {
        kh_article article;
        kh_arena_reset(arena);
        b->status = kh_spool_article_read(&article, &cursor, arena, &b->err);
        if (b->status == KH_OK)
            b->status = kh_invert(inverter, &article, &b->piece, &b->facts, &b->err);
    }
    kh_inverter_batch_end(inverter, &b->tables);
}

/* The next batch to work on; NULL when all is done. */
static batch *take_batch(kh_pipeline *pipeline)
{
    batch *taken = NULL;
    pthread_mutex_lock(&pipeline->mutex);
    while (pipeline->next_take == pipeline->next_add && !pipeline->is_closing)
        pthread_cond_wait(&pipeline->changed, &pipeline->mutex);
    if (pipeline->next_take < pipeline->next_add) {
        taken = &pipeline->ring[pipeline->next_take++ % pipeline->ring_size];
        taken->state = BATCH_TAKEN;
    }
    pthread_mutex_unlock(&pipeline->mutex);
    return taken;
}

static void set_state(kh_pipeline *pipeline, batch *b, batch_state state)
{
    pthread_mutex_lock(&pipeline->mutex);
    b->state = state;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
}

static void *work(void *argument)
{
    worker *w = argument;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    for (batch *b; (b = take_batch(w->pipeline)) != NULL;) {
        invert_batch(w->inverter, b, arena);
        set_state(w->pipeline, b, BATCH_DONE);
    }
    return NULL;
}

static void stop_workers(kh_pipeline *pipeline)
{
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->is_closing = true;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
    for (uint32_t i = 0; i < pipeline->n_workers; i++) {
        if (pipeline->workers[i].is_running)
            pthread_join(pipeline->workers[i].thread, NULL);
        pipeline->workers[i].is_running = false;
    }
}

void kh_pipeline_free(kh_pipeline *pipeline)
{
    if (pipeline == NULL)
        return;
    stop_workers(pipeline);
    for (uint32_t i = 0; i < pipeline->n_workers; i++)
        kh_inverter_free(pipeline->workers[i].inverter);
    for (size_t i = 0; i < pipeline->ring_size; i++) {
        kh_buf_release(&pipeline->ring[i].articles);
        kh_buf_release(&pipeline->ring[i].piece);
        kh_buf_release(&pipeline->ring[i].tables);
        kh_buf_release(&pipeline->ring[i].facts);
    }
    pthread_mutex_destroy(&pipeline->mutex);
    pthread_cond_destroy(&pipeline->changed);
    kh_free(pipeline->workers);
    kh_free(pipeline->ring);
    kh_free(pipeline);
}

static kh_status start_worker(kh_pipeline *pipeline, worker *w,
                              const char *default_lang, kh_error *err)
{
    w->pipeline = pipeline;
    kh_status status = kh_inverter_open(&w->inverter, default_lang, err);
    if (status != KH_OK)
        return status;
    /* Signals are the main thread's, which may be waiting for standard input. */
    sigset_t all;
    sigset_t old;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    int failed = pthread_create(&w->thread, NULL, work, w);
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (failed != 0)
        return kh_fail(err, KH_ERR_LIMIT,
                       "cannot start a thread: try fewer with --jobs");
    w->is_running = true;
    return KH_OK;
}

kh_status kh_pipeline_open(kh_pipeline **out, uint32_t n_jobs, const char *default_lang,
                           const kh_pipeline_sinks *sinks, kh_error *err)
{
    KH_AUTO(kh_pipeline_free) kh_pipeline *pipeline = kh_alloc(sizeof(*pipeline));
    pthread_mutex_init(&pipeline->mutex, NULL);
    pthread_cond_init(&pipeline->changed, NULL);
    pipeline->sinks = *sinks;
    pipeline->n_workers = n_jobs;
    pipeline->workers = kh_alloc(n_jobs * sizeof(worker));
    pipeline->ring_size = (size_t)n_jobs * RING_PER_JOB + 1;
    pipeline->ring = kh_alloc(pipeline->ring_size * sizeof(batch));
    for (size_t i = 0; i < pipeline->ring_size; i++) {
        kh_buf_init(&pipeline->ring[i].articles, KH_BUF_MAX);
        kh_buf_init(&pipeline->ring[i].piece, KH_BUF_MAX);
        kh_buf_init(&pipeline->ring[i].tables, KH_BUF_MAX);
        kh_buf_init(&pipeline->ring[i].facts, KH_BUF_MAX);
    }
    for (uint32_t i = 0; i < n_jobs; i++) {
        kh_status status =
            start_worker(pipeline, &pipeline->workers[i], default_lang, err);
        if (status != KH_OK)
            return status;
    }
    *out = KH_TAKE(pipeline);
    return KH_OK;
}

/* Take over the oldest batch, waiting for it. */
static kh_status collect(kh_pipeline *pipeline, kh_error *err)
{
    batch *b = &pipeline->ring[pipeline->next_collect % pipeline->ring_size];
    pthread_mutex_lock(&pipeline->mutex);
    while (b->state != BATCH_DONE)
        pthread_cond_wait(&pipeline->changed, &pipeline->mutex);
    pthread_mutex_unlock(&pipeline->mutex);
    pipeline->next_collect++;

    kh_status status = b->status;
    if (status != KH_OK && err != NULL)
        *err = b->err;
    const kh_pipeline_sinks *sinks = &pipeline->sinks;
    if (status == KH_OK)
        status = kh_spool_add(sinks->spool, kh_buf_str(&b->tables), err);
    if (status == KH_OK)
        status = kh_spool_add(sinks->spool, kh_buf_str(&b->piece), err);
    if (status == KH_OK)
        status = kh_resolve_add(sinks->resolve, kh_buf_str(&b->facts), err);
    if (status == KH_OK)
        status = kh_numbers_add(sinks->numbers, kh_buf_str(&b->tables), err);
    kh_buf_reset(&b->articles);
    kh_buf_reset(&b->piece);
    kh_buf_reset(&b->tables);
    kh_buf_reset(&b->facts);
    b->state = BATCH_FREE;
    return status;
}

/* The batch being filled goes to the workers; what comes after it may have to wait. */
static kh_status hand_over(kh_pipeline *pipeline, kh_error *err)
{
    batch *b = &pipeline->ring[pipeline->next_add % pipeline->ring_size];
    if (b->articles.len == 0)
        return KH_OK;
    pthread_mutex_lock(&pipeline->mutex);
    b->state = BATCH_READY;
    pipeline->next_add++;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
    if (pipeline->next_add - pipeline->next_collect < pipeline->ring_size)
        return KH_OK;
    return collect(pipeline, err); /* so that the next batch to fill is free */
}

kh_status kh_pipeline_add(kh_pipeline *pipeline, const kh_article *article,
                          kh_error *err)
{
    batch *b = &pipeline->ring[pipeline->next_add % pipeline->ring_size];
    kh_spool_article_write(&b->articles, article);
    return b->articles.len < BATCH_BYTES ? KH_OK : hand_over(pipeline, err);
}

kh_status kh_pipeline_finish(kh_pipeline *pipeline, kh_error *err)
{
    kh_status status = hand_over(pipeline, err);
    while (status == KH_OK && pipeline->next_collect < pipeline->next_add)
        status = collect(pipeline, err);
    stop_workers(pipeline);
    return status;
}

void kh_pipeline_spellings(const kh_pipeline *pipeline,
                           kh_vocabulary_writer *vocabulary)
{
    for (uint32_t i = 0; i < pipeline->n_workers; i++)
        kh_inverter_spellings(pipeline->workers[i].inverter, vocabulary);
}
