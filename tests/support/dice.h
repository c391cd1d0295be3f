/* dice - a generator of one's own, so that a failure comes again: xorshift64*. */
#pragma once

#include <stdint.h>

typedef struct dice {
    uint64_t state; /* not 0 */
} dice;

/* 0 to n - 1. */
static inline unsigned roll(dice *d, unsigned n)
{
    d->state ^= d->state >> 12;
    d->state ^= d->state << 25;
    d->state ^= d->state >> 27;
    return (unsigned)((d->state * UINT64_C(2685821657736338717)) >> 33) % n;
}
