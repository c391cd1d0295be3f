/* table - texts numbered in the order of first sight. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_table_bucket {
    uint32_t hash;         /* its low half */
    uint32_t number_and_1; /* 0: empty */
} kh_table_bucket;

typedef struct kh_table {
    kh_arena *arena; /* owned; the texts */
    kh_str *texts;   /* owned; by number */
    size_t n;
    size_t capacity;
    kh_table_bucket *buckets; /* owned */
    size_t n_buckets;         /* a power of two, 2^32 at most */
} kh_table;

void kh_table_init(kh_table *table);
void kh_table_release(kh_table *table);
void kh_table_reset(kh_table *table); /* forget all texts */

/* A hash for tables: quick, and of no meaning outside of memory. */
uint64_t kh_table_hash(kh_str text);

/* The number of a text, which is copied when it is new. hash: kh_table_hash() of it. */
uint32_t kh_table_add(kh_table *table, kh_str text, uint64_t hash);

/* The number of a text, or UINT32_MAX. */
uint32_t kh_table_find(const kh_table *table, kh_str text, uint64_t hash);

/* Fetch ahead what a look for a text of that hash needs first. */
static inline void kh_table_fetch(const kh_table *table, uint64_t hash)
{
    __builtin_prefetch(&table->buckets[hash & (table->n_buckets - 1)], 1);
}

size_t kh_table_bytes(const kh_table *table); /* of memory */

KH_END_DECLS
