/* checking - a thread, and whoever of the two comes last cleans up. */
#include "indexer/checking.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/alloc.h"
#include "index/segment.h"
#include "indexer/job.h"

#define LOOK_EVERY_NS 20000000L /* whether a signal came */

static atomic_bool was_left;

struct kh_checking {
    char *folder; /* owned */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool has_ended;
    bool is_left; /* whoever comes last frees it */
    kh_status status;
    kh_error err;
};

static void free_checking(kh_checking *c)
{
    (void)pthread_cond_destroy(&c->ended);
    (void)pthread_mutex_destroy(&c->lock);
    kh_free(c->folder);
    kh_free(c);
}

static void *check_database(void *argument)
{
    kh_checking *c = argument;
    c->status = kh_segment_check_database(c->folder, &c->err);
    (void)pthread_mutex_lock(&c->lock);
    bool is_left = c->is_left;
    c->has_ended = true;
    (void)pthread_cond_signal(&c->ended);
    (void)pthread_mutex_unlock(&c->lock);
    if (is_left)
        free_checking(c);
    return NULL;
}

kh_status kh_checking_start(kh_checking **out, const char *folder, kh_error *err)
{
    kh_checking *c = kh_alloc(sizeof(*c));
    c->folder = kh_str_dup(kh_str_from(folder));
    (void)pthread_mutex_init(&c->lock, NULL);
    (void)pthread_cond_init(&c->ended, NULL);
    kh_status status = kh_job_thread(&c->thread, check_database, c, err);
    if (status == KH_OK)
        *out = c;
    else
        free_checking(c);
    return status;
}

void kh_checking_free(kh_checking *checking)
{
    if (checking == NULL)
        return;
    (void)pthread_mutex_lock(&checking->lock);
    checking->is_left = !checking->has_ended;
    bool is_left = checking->is_left;
    pthread_t thread = checking->thread;
    (void)pthread_mutex_unlock(&checking->lock);
    if (is_left) {
        atomic_store(&was_left, true);
        (void)pthread_detach(thread);
        return;
    }
    (void)pthread_join(thread, NULL);
    free_checking(checking);
}

bool kh_checking_was_left(void)
{
    return atomic_load(&was_left);
}

kh_status kh_checking_end(kh_checking *checking, kh_error *err)
{
    (void)pthread_mutex_lock(&checking->lock);
    while (!checking->has_ended && kh_stop_signal == 0) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_EVERY_NS;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void)pthread_cond_timedwait(&checking->ended, &checking->lock, &until);
    }
    bool has_ended = checking->has_ended;
    (void)pthread_mutex_unlock(&checking->lock);
    if (!has_ended) {
        kh_checking_free(checking);
        return kh_job_check_stop(err);
    }
    kh_status status = checking->status;
    if (status != KH_OK && err != NULL)
        *err = checking->err;
    kh_checking_free(checking);
    return status;
}
