/* verify - the new segment is looked at before anybody is sent to it.
 *
 * The database is checked whole, as the engine does and beyond; records by a sample:
 * `khabar-index check` reads them all, and learns the bounds again. Then some articles
 * must be found. */
#include <pthread.h>
#include <time.h>

#include "article/fields.h"
#include "base/alloc.h"
#include "base/file.h"
#include "index/segment.h"
#include "indexer/build.h"

#define SAMPLE_STEP   64u       /* one record in so many, all of few */
#define LOOK_EVERY_NS 20000000L /* whether a signal came */

/* Codes of all languages that occur: the L terms of the segment. */
static kh_status fill_languages(kh_build *build, const char *segment_folder,
                                kh_error *err)
{
    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    kh_status status = kh_segment_open(&segment, segment_folder, err);
    if (status != KH_OK)
        return status;
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_str prefix = kh_str_from(kh_field_table()[KH_FIELD_LANG].term_prefix);
    status =
        kh_term_cursor_open(&cursor, kh_segment_database(segment), prefix, false, err);
    size_t capacity = 0;
    kh_manifest *manifest = &build->manifest;
    kh_str term;
    while (status == KH_OK &&
           (status = kh_term_cursor_next(cursor, &term, NULL, err)) == KH_OK) {
        manifest->languages =
            kh_arena_grow(build->arena, manifest->languages, manifest->n_languages,
                          &capacity, sizeof(kh_str));
        manifest->languages[manifest->n_languages++] =
            kh_arena_copy(build->arena, kh_str_slice(term, prefix.len, term.len));
    }
    return status == KH_END ? KH_OK : status;
}

/* The check of the database, on a thread of its own. It asks nobody whether it may go
 * on, and on a large index takes its time: when a signal comes it is left to itself,
 * with nothing that belongs to the build, until the process ends. */
typedef struct checking {
    char *folder; /* owned */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool has_ended;
    bool is_left; /* whoever comes last frees it */
    kh_status status;
    kh_error err;
} checking;

static void checking_free(checking *c)
{
    (void)pthread_cond_destroy(&c->ended);
    (void)pthread_mutex_destroy(&c->lock);
    kh_free(c->folder);
    kh_free(c);
}

static void *check_database(void *argument)
{
    checking *c = argument;
    c->status = kh_segment_check_database(c->folder, &c->err);
    (void)pthread_mutex_lock(&c->lock);
    bool is_left = c->is_left;
    c->has_ended = true;
    (void)pthread_cond_signal(&c->ended);
    (void)pthread_mutex_unlock(&c->lock);
    if (is_left)
        checking_free(c);
    return NULL;
}

static kh_status checking_start(checking **out, const char *folder, kh_error *err)
{
    checking *c = kh_alloc(sizeof(*c));
    c->folder = kh_str_dup(kh_str_from(folder));
    (void)pthread_mutex_init(&c->lock, NULL);
    (void)pthread_cond_init(&c->ended, NULL);
    kh_status status = kh_job_thread(&c->thread, check_database, c, err);
    if (status == KH_OK)
        *out = c;
    else
        checking_free(c);
    return status;
}

/* Wait for its end or a signal, and give it back. */
static kh_status checking_end(checking *c, kh_error *err)
{
    (void)pthread_mutex_lock(&c->lock);
    while (!c->has_ended && kh_stop_signal == 0) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_EVERY_NS;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void)pthread_cond_timedwait(&c->ended, &c->lock, &until);
    }
    c->is_left = !c->has_ended;
    bool is_left = c->is_left;
    (void)pthread_mutex_unlock(&c->lock);
    if (is_left) {
        (void)pthread_detach(c->thread);
        return kh_job_check_stop(err);
    }
    (void)pthread_join(c->thread, NULL);
    kh_status status = c->status;
    if (status != KH_OK && err != NULL)
        *err = c->err;
    checking_free(c);
    return status;
}

kh_status kh_build_verify(kh_build *build, kh_error *err)
{
    uint64_t start = kh_clock_ms();
    const char *folder = kh_buf_text(&build->path);
    checking *database = NULL;
    kh_status status = checking_start(&database, folder, err);
    if (status != KH_OK)
        return status;
    status = kh_segment_check_sample(folder, SAMPLE_STEP, err);
    if (status == KH_OK)
        status = kh_build_canaries(folder, err);
    kh_status checked = checking_end(database, status == KH_OK ? err : NULL);
    if (status == KH_OK)
        status = checked;
    if (status == KH_OK)
        status = fill_languages(build, folder, err);
    uint64_t wanted = build->resolved.n_articles - build->resolved.n_superseded;
    if (status == KH_OK && build->manifest.n_articles != wanted)
        status =
            kh_fail(err, KH_ERR_CORRUPT, "%u articles were written, not %llu: '%s'",
                    build->manifest.n_articles, (unsigned long long)wanted, folder);
    build->verify_ms = kh_clock_ms() - start;
    if (status == KH_OK)
        status = kh_job_check_stop(err);
    return status;
}
