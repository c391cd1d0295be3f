/* tally - texts numbered in the order of first sight, with how often each was met.
 * Internal to lib/record. */
#pragma once

#include "base/table.h"

KH_BEGIN_DECLS

typedef struct kh_tally {
    kh_table table;
    uint64_t *counts; /* owned; by number */
    size_t capacity;
} kh_tally;

void kh_tally_init(kh_tally *tally);
void kh_tally_release(kh_tally *tally);
void kh_tally_reset(kh_tally *tally); /* forget all texts */

/* The number of a text, which is copied when it is new; then its count is 0. */
uint32_t kh_tally_number(kh_tally *tally, kh_str text);

/* Count a text; its number. */
uint32_t kh_tally_add(kh_tally *tally, kh_str text, uint64_t count);

/* Bytes of memory that it takes. */
size_t kh_tally_bytes(const kh_tally *tally);

KH_END_DECLS
