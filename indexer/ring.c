/* ring - slots handed to threads and back.
 *
 *   free -> (filled) ready -> taken by a worker -> done -> (taken back) free
 */
#include "indexer/ring.h"

#include "base/alloc.h"
#include "indexer/job.h"

typedef enum slot_state { SLOT_FREE, SLOT_READY, SLOT_TAKEN, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    kh_status status;
    kh_error err;
} slot;

typedef struct worker {
    kh_ring *ring;
    void *self;
    pthread_t thread;
    bool is_running;
    kh_status status; /* of between and finish */
    kh_error err;
} worker;

struct kh_ring {
    kh_ring_plan plan;
    slot *slots;
    worker *workers;
    uint64_t next_add;     /* slots handed over so far */
    uint64_t next_take;    /* the next a worker takes */
    uint64_t next_collect; /* the oldest that is not taken back */
    bool is_closing;
    bool is_broken; /* no finish: something failed */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

/* The number of the next slot to work on; false when all is done. */
static bool take_slot(kh_ring *ring, size_t *number)
{
    pthread_mutex_lock(&ring->mutex);
    while (ring->next_take == ring->next_add && !ring->is_closing)
        pthread_cond_wait(&ring->changed, &ring->mutex);
    bool has_work = ring->next_take < ring->next_add && !ring->is_broken;
    if (has_work) {
        *number = ring->next_take++ % ring->plan.n_slots;
        ring->slots[*number].state = SLOT_TAKEN;
    }
    pthread_mutex_unlock(&ring->mutex);
    return has_work;
}

static void set_state(kh_ring *ring, slot *s, slot_state state)
{
    pthread_mutex_lock(&ring->mutex);
    s->state = state;
    pthread_cond_broadcast(&ring->changed);
    pthread_mutex_unlock(&ring->mutex);
}

static bool is_broken(kh_ring *ring)
{
    pthread_mutex_lock(&ring->mutex);
    bool broken = ring->is_broken;
    pthread_mutex_unlock(&ring->mutex);
    return broken;
}

/* Once a worker has failed between two slots, all that it takes fail. Whether it may
 * go on to what it does between two. */
static bool work_on(worker *w, size_t number)
{
    kh_ring *ring = w->ring;
    slot *s = &ring->slots[number];
    s->status = w->status;
    if (w->status == KH_OK)
        s->status = ring->plan.work(w->self, ring->plan.slots[number], &s->err);
    else
        s->err = w->err;
    bool is_good = s->status == KH_OK;
    set_state(ring, s, SLOT_DONE);
    return is_good;
}

static void *run(void *argument)
{
    worker *w = argument;
    kh_ring *ring = w->ring;
    size_t number;
    while (take_slot(ring, &number)) {
        bool is_good = work_on(w, number);
        if (ring->plan.between != NULL && is_good && !is_broken(ring))
            w->status = ring->plan.between(w->self, &w->err);
    }
    if (ring->plan.finish != NULL && w->status == KH_OK && !is_broken(ring))
        w->status = ring->plan.finish(w->self, &w->err);
    return NULL;
}

static void stop(kh_ring *ring, bool broken)
{
    pthread_mutex_lock(&ring->mutex);
    ring->is_closing = true;
    ring->is_broken = ring->is_broken || broken;
    pthread_cond_broadcast(&ring->changed);
    pthread_mutex_unlock(&ring->mutex);
    for (uint32_t i = 0; i < ring->plan.n_workers; i++) {
        if (ring->workers[i].is_running)
            pthread_join(ring->workers[i].thread, NULL);
        ring->workers[i].is_running = false;
    }
}

void kh_ring_free(kh_ring *ring)
{
    if (ring == NULL)
        return;
    stop(ring, true);
    pthread_mutex_destroy(&ring->mutex);
    pthread_cond_destroy(&ring->changed);
    kh_free(ring->slots);
    kh_free(ring->workers);
    kh_free(ring);
}

static kh_status start(worker *w, kh_error *err)
{
    kh_status status = kh_job_thread(&w->thread, run, w, err);
    if (status != KH_OK)
        return status;
    w->is_running = true;
    return KH_OK;
}

kh_status kh_ring_open(kh_ring **out, const kh_ring_plan *plan, kh_error *err)
{
    KH_AUTO(kh_ring_free) kh_ring *ring = kh_alloc(sizeof(*ring));
    pthread_mutex_init(&ring->mutex, NULL);
    pthread_cond_init(&ring->changed, NULL);
    ring->plan = *plan;
    ring->slots = kh_alloc(plan->n_slots * sizeof(slot));
    ring->workers = kh_alloc(plan->n_workers * sizeof(worker));
    for (uint32_t i = 0; i < plan->n_workers; i++) {
        ring->workers[i].ring = ring;
        ring->workers[i].self = plan->workers[i];
        kh_status status = start(&ring->workers[i], err);
        if (status != KH_OK)
            return status;
    }
    *out = KH_TAKE(ring);
    return KH_OK;
}

void *kh_ring_slot(kh_ring *ring)
{
    return ring->plan.slots[ring->next_add % ring->plan.n_slots];
}

/* Take the oldest slot back, waiting for it. */
static kh_status collect(kh_ring *ring, kh_error *err)
{
    size_t number = ring->next_collect % ring->plan.n_slots;
    slot *s = &ring->slots[number];
    pthread_mutex_lock(&ring->mutex);
    while (s->state != SLOT_DONE)
        pthread_cond_wait(&ring->changed, &ring->mutex);
    pthread_mutex_unlock(&ring->mutex);
    ring->next_collect++;
    kh_status status = s->status;
    if (status != KH_OK && err != NULL)
        *err = s->err;
    if (status == KH_OK)
        status = ring->plan.take(ring->plan.self, ring->plan.slots[number], err);
    s->state = SLOT_FREE;
    return status;
}

kh_status kh_ring_hand_over(kh_ring *ring, kh_error *err)
{
    slot *s = &ring->slots[ring->next_add % ring->plan.n_slots];
    pthread_mutex_lock(&ring->mutex);
    s->state = SLOT_READY;
    ring->next_add++;
    pthread_cond_broadcast(&ring->changed);
    pthread_mutex_unlock(&ring->mutex);
    if (ring->next_add - ring->next_collect < ring->plan.n_slots)
        return KH_OK;
    return collect(ring, err); /* so that the next slot to fill is free */
}

kh_status kh_ring_finish(kh_ring *ring, kh_error *err)
{
    kh_status status = KH_OK;
    while (status == KH_OK && ring->next_collect < ring->next_add)
        status = collect(ring, err);
    stop(ring, status != KH_OK);
    for (uint32_t i = 0; i < ring->plan.n_workers && status == KH_OK; i++) {
        status = ring->workers[i].status;
        if (status != KH_OK && err != NULL)
            *err = ring->workers[i].err;
    }
    return status;
}
