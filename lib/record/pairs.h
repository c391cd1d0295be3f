/* pairs - how often two numbered characters stand side by side. Internal to lib/record.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decls.h"

KH_BEGIN_DECLS

typedef struct kh_pair {
    uint32_t first;
    uint32_t second;
    uint64_t count; /* 0: the slot is empty */
} kh_pair;

typedef struct kh_pairs {
    kh_pair *slots; /* owned; open addressing */
    size_t n_slots; /* a power of two, or 0 */
    size_t n;
} kh_pairs;

void kh_pairs_init(kh_pairs *pairs);
void kh_pairs_release(kh_pairs *pairs);
void kh_pairs_reset(kh_pairs *pairs); /* empty again */

/* The pair, made if it is new; count is 1 or more. */
void kh_pairs_add(kh_pairs *pairs, uint32_t first, uint32_t second, uint64_t count);

/* Its count; 0: there is none. */
uint64_t kh_pairs_count(const kh_pairs *pairs, uint32_t first, uint32_t second);

KH_END_DECLS
