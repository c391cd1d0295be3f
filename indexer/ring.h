/* ring - work for N threads, taken back in the order in which it was given out.
 *
 * Slots go round: the caller's thread fills one and hands it over, a worker works on
 * it, the caller's thread takes it back, always the oldest first. Workers share nothing
 * but the ring, and memory is bounded by its slots. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"

typedef struct kh_ring kh_ring;

/* All borrowed. */
typedef struct kh_ring_plan {
    void *const *workers; /* one for each thread */
    uint32_t n_workers;
    void *const *slots;
    size_t n_slots;
    /* on a worker's thread */
    kh_status (*work)(void *worker, void *slot, kh_error *err);
    /* on a worker's thread, when it has given a slot back and holds none, not behind a
     * failure; may be NULL */
    kh_status (*between)(void *worker, kh_error *err);
    /* on a worker's thread, once, when no more work comes; may be NULL */
    kh_status (*finish)(void *worker, kh_error *err);
    /* on the caller's thread, in order; the slot is free behind it */
    kh_status (*take)(void *self, void *slot, kh_error *err);
    void *self;
} kh_ring_plan;

KH_MUST_USE kh_status kh_ring_open(kh_ring **out, const kh_ring_plan *plan,
                                   kh_error *err);
void kh_ring_free(kh_ring *ring); /* stops the threads; NULL is allowed */
KH_DEFINE_CLEANUP(kh_ring, kh_ring_free)

/* The slot to fill. */
void *kh_ring_slot(kh_ring *ring);

/* It is filled. Waits until another is free; the failure may be of one handed over
 * before. */
KH_MUST_USE kh_status kh_ring_hand_over(kh_ring *ring, kh_error *err);

/* No more: take all back, finish, stop the threads. */
KH_MUST_USE kh_status kh_ring_finish(kh_ring *ring, kh_error *err);
