/* test_ring - work comes back in the order in which it was given out, and so do
 * failures. */
#include "indexer/ring.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdatomic.h>
#include <time.h>

#define N_SLOTS   7u
#define N_WORKERS 4u
#define N_WORK    2000u

typedef struct slot {
    unsigned number;
    unsigned square;
} slot;

typedef struct worker {
    atomic_uint n_done;
    bool has_finished;
    unsigned fails_at; /* this number; 0: none */
    bool fails_to_finish;
    unsigned n_between;
    unsigned
        rests_at; /* between two slots at this many, until all is taken; 0: never */
    unsigned breaks_at; /* there it fails */
} worker;

typedef struct taking {
    atomic_uint n; /* taken so far */
    unsigned fails_at;
} taking;

static worker workers[N_WORKERS];
static slot slots[N_SLOTS];
static taking taken;

static kh_status work(void *self, void *item, kh_error *err)
{
    worker *w = self;
    slot *s = item;
    if (s->number % 97 == 0)
        (void)nanosleep(&(struct timespec){ .tv_nsec = 300000 }, NULL); /* overtaken */
    s->square = s->number * s->number;
    atomic_fetch_add(&w->n_done, 1);
    return s->number == w->fails_at && s->number > 0
               ? kh_fail(err, KH_ERR_LIMIT, "number %u", s->number)
               : KH_OK;
}

static kh_status between(void *self, kh_error *err)
{
    worker *w = self;
    w->n_between++;
    while (w->n_between == w->rests_at && atomic_load(&taken.n) < N_WORK)
        (void)nanosleep(&(struct timespec){ .tv_nsec = 300000 }, NULL);
    return w->n_between == w->breaks_at ? kh_fail(err, KH_ERR_IO, "between") : KH_OK;
}

static kh_status finish(void *self, kh_error *err)
{
    worker *w = self;
    w->has_finished = true;
    return w->fails_to_finish ? kh_fail(err, KH_ERR_IO, "cannot finish") : KH_OK;
}

static kh_status take(void *self, void *item, kh_error *err)
{
    taking *t = self;
    const slot *s = item;
    unsigned n = atomic_fetch_add(&t->n, 1) + 1;
    cr_expect(eq(uint, s->number, n));
    cr_expect(eq(uint, s->square, n * n));
    return s->number == t->fails_at ? kh_fail(err, KH_ERR_CORRUPT, "taking") : KH_OK;
}

/* Hand out N_WORK numbers, stop at the first failure. */
static kh_status run(kh_error *err)
{
    void *worker_list[N_WORKERS];
    void *slot_list[N_SLOTS];
    for (unsigned i = 0; i < N_WORKERS; i++)
        worker_list[i] = &workers[i];
    for (unsigned i = 0; i < N_SLOTS; i++)
        slot_list[i] = &slots[i];
    const kh_ring_plan plan = { .workers = worker_list,
                                .n_workers = N_WORKERS,
                                .slots = slot_list,
                                .n_slots = N_SLOTS,
                                .work = work,
                                .between = between,
                                .finish = finish,
                                .take = take,
                                .self = &taken };
    KH_AUTO(kh_ring_free) kh_ring *ring = NULL;
    kh_status status = kh_ring_open(&ring, &plan, err);
    for (unsigned i = 1; i <= N_WORK && status == KH_OK; i++) {
        slot *s = kh_ring_slot(ring);
        s->number = i;
        status = kh_ring_hand_over(ring, err);
    }
    return status == KH_OK ? kh_ring_finish(ring, err) : status;
}

Test(ring, gives_all_back_in_order)
{
    kh_error err;
    cr_assert(eq(int, (int)run(&err), (int)KH_OK));
    cr_expect(eq(uint, taken.n, N_WORK));
    unsigned n = 0;
    for (unsigned i = 0; i < N_WORKERS; i++) {
        n += atomic_load(&workers[i].n_done);
        cr_expect(workers[i].has_finished);
    }
    cr_expect(eq(uint, n, N_WORK));
}

/* The others do the work, and all of it comes back meanwhile. */
Test(ring, goes_on_while_a_worker_rests_between_slots)
{
    kh_error err;
    workers[0].rests_at = workers[1].rests_at = 2;
    cr_assert(eq(int, (int)run(&err), (int)KH_OK));
    cr_expect(eq(uint, taken.n, N_WORK));
    for (unsigned i = 0; i < N_WORKERS; i++)
        cr_expect(eq(uint, workers[i].n_between, atomic_load(&workers[i].n_done)));
}

Test(ring, tells_a_failure_between_slots)
{
    kh_error err;
    for (unsigned i = 0; i < N_WORKERS; i++)
        workers[i].breaks_at = 3;
    cr_expect(eq(int, (int)run(&err), (int)KH_ERR_IO));
    cr_expect(eq(str, err.message, (char *)"between"));
    cr_expect(lt(uint, taken.n, N_WORK));
    for (unsigned i = 0; i < N_WORKERS; i++)
        cr_expect(not(workers[i].has_finished));
}

/* A slot that it is given behind that tells, or the end of all. */
Test(ring, tells_a_failure_between_slots_behind_the_last_one)
{
    kh_error err;
    workers[0].breaks_at = 1;
    cr_expect(eq(int, (int)run(&err), (int)KH_ERR_IO));
    cr_expect(not(workers[0].has_finished));
}

Test(ring, tells_the_failure_of_a_worker)
{
    kh_error err;
    for (unsigned i = 0; i < N_WORKERS; i++)
        workers[i].fails_at = 1000;
    cr_expect(eq(int, (int)run(&err), (int)KH_ERR_LIMIT));
    cr_expect(eq(str, err.message, (char *)"number 1000"));
    cr_expect(eq(uint, taken.n, 999), "nothing behind it is taken");
}

Test(ring, tells_a_failure_of_taking_and_stops)
{
    kh_error err;
    taken.fails_at = 5;
    cr_expect(eq(int, (int)run(&err), (int)KH_ERR_CORRUPT));
    cr_expect(eq(uint, taken.n, 5));
    for (unsigned i = 0; i < N_WORKERS; i++)
        cr_expect(not(workers[i].has_finished), "no finish behind a failure");
}

Test(ring, tells_a_failure_to_finish)
{
    kh_error err;
    workers[2].fails_to_finish = true;
    cr_expect(eq(int, (int)run(&err), (int)KH_ERR_IO));
    cr_expect(eq(uint, taken.n, N_WORK));
}
