/* sort - the order of many texts, and of many numbers. */
#pragma once

#include <stdint.h>

#include "base/str.h"

KH_BEGIN_DECLS

/* Fill order with the numbers 0 to n - 1 of n texts, sorted: by bytes, a beginning
 * before what it begins, equal texts by number. At most UINT32_MAX texts; takes 32
 * bytes of memory for each while it sorts. */
void kh_sort_texts(uint32_t *order, const kh_str *texts, size_t n);

/* A number and what it stands for. */
typedef struct kh_keyed {
    uint64_t key;
    uint64_t value;
} kh_keyed;

/* Sort by key, the least first; items of one key stay in their order. Takes as much
 * memory again while it sorts. */
void kh_sort_keyed(kh_keyed *items, size_t n);

KH_END_DECLS
