/* random - numbers that look random and are the same on every machine. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Source: splitmix64 (Steele, Lea, Flood 2014; Vigna's constants). */
static inline uint64_t kh_bench_mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

typedef struct kh_random {
    uint64_t state;
} kh_random;

static inline uint64_t kh_random_next(kh_random *random)
{
    random->state += 0x9E3779B97F4A7C15u;
    return kh_bench_mix(random->state);
}

/* 0 to n - 1. */
static inline uint32_t kh_random_below(kh_random *random, uint32_t n)
{
    return (uint32_t)(((kh_random_next(random) >> 32) * n) >> 32);
}

/* True in so many of a hundred cases. */
static inline bool kh_random_percent(kh_random *random, uint32_t percent)
{
    return kh_random_below(random, 100) < percent;
}

/* A rank from 0 to 2^bits - 2 with Zipf's law: each doubling is as likely as the next,
 * so no logarithm, and no libm, has a say. */
static inline uint32_t kh_random_zipf(kh_random *random, uint32_t bits)
{
    uint32_t octave = kh_random_below(random, bits);
    return (1u << octave) - 1 + kh_random_below(random, 1u << octave);
}
