/* near - whether the operands of NEAR stand within a window of each other. Internal to
 * lib/record. */
#pragma once

#include "record/record.h"

KH_BEGIN_DECLS

/* A place of an operand: its words side by side. */
typedef struct kh_near_run {
    uint32_t begin; /* position of its first unit */
    uint32_t end;   /* behind its last */
    uint32_t hit;   /* of its first word */
    uint8_t operand;
} kh_near_run;

/* Kept between calls. */
typedef struct kh_near {
    kh_near_run *runs; /* by position */
    size_t n;
    size_t capacity;
} kh_near;

void kh_near_release(kh_near *near);

/**
 * Whether hits of one block, by position, hold all operands within the window.
 *
 * @param marked  by hit: its words that are part of that, added; NULL: only ask, which
 *                ends at the first place
 */
bool kh_hits_are_near(kh_near *near, uint32_t *marked, const kh_hit *hits, size_t n,
                      const kh_record_phrase *phrase);

KH_END_DECLS
