/* pairs - how often two numbered characters stand side by side. */
#include "pairs.h"

#include <string.h>

#include "base/alloc.h"

#define FIRST_SLOTS 1024u

void kh_pairs_init(kh_pairs *pairs)
{
    *pairs = (kh_pairs){ 0 };
}

void kh_pairs_release(kh_pairs *pairs)
{
    kh_free(pairs->slots);
    *pairs = (kh_pairs){ 0 };
}

void kh_pairs_reset(kh_pairs *pairs)
{
    if (pairs->n > 0)
        memset(pairs->slots, 0, pairs->n_slots * sizeof(kh_pair));
    pairs->n = 0;
}

static kh_pair *find(const kh_pairs *pairs, uint32_t first, uint32_t second)
{
    uint64_t hash = ((uint64_t)first << 32 | second) * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (pairs->n_slots - 1);
    for (;;) {
        kh_pair *pair = &pairs->slots[at];
        if (pair->count == 0 || (pair->first == first && pair->second == second))
            return pair;
        at = (at + 1) & (pairs->n_slots - 1);
    }
}

static void grow(kh_pairs *pairs)
{
    kh_pairs old = *pairs;
    pairs->n_slots = old.n_slots ? old.n_slots * 2 : FIRST_SLOTS;
    pairs->slots = kh_alloc(pairs->n_slots * sizeof(kh_pair));
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.slots[i].count > 0)
            *find(pairs, old.slots[i].first, old.slots[i].second) = old.slots[i];
    kh_free(old.slots);
}

void kh_pairs_add(kh_pairs *pairs, uint32_t first, uint32_t second, uint64_t count)
{
    if (pairs->n * 2 >= pairs->n_slots)
        grow(pairs);
    kh_pair *pair = find(pairs, first, second);
    if (pair->count == 0) {
        *pair = (kh_pair){ first, second, 0 };
        pairs->n++;
    }
    pair->count += count;
}

uint64_t kh_pairs_count(const kh_pairs *pairs, uint32_t first, uint32_t second)
{
    return pairs->n == 0 ? 0 : find(pairs, first, second)->count;
}
