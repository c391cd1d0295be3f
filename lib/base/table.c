/* table - texts numbered in the order of first sight. Open addressing, linear probing.
 *
 * A bucket is the low half of the hash beside the number: most looks end in it, and
 * growing does not touch the texts. */
#include "base/table.h"

#include <xxhash.h>

#include "base/alloc.h"

#define FIRST_BUCKETS 1024u

void kh_table_init(kh_table *table)
{
    *table = (kh_table){ .arena = kh_arena_open(), .n_buckets = FIRST_BUCKETS };
    table->buckets = kh_alloc(FIRST_BUCKETS * sizeof(kh_table_bucket));
}

void kh_table_release(kh_table *table)
{
    kh_arena_free(table->arena);
    kh_free(table->texts);
    kh_free(table->buckets);
    *table = (kh_table){ 0 };
}

void kh_table_reset(kh_table *table)
{
    kh_table_release(table);
    kh_table_init(table);
}

uint64_t kh_table_hash(kh_str text)
{
    return XXH3_64bits(text.len > 0 ? text.ptr : "", text.len);
}

/* The bucket of a text: the one it is in, or the empty one where it would go. */
static inline kh_table_bucket *bucket_of(const kh_table *table, kh_str text,
                                         uint64_t hash)
{
    size_t mask = table->n_buckets - 1;
    size_t at = hash & mask;
    for (;; at = (at + 1) & mask) {
        kh_table_bucket *bucket = &table->buckets[at];
        if (bucket->number_and_1 == 0 ||
            (bucket->hash == (uint32_t)hash &&
             kh_str_equal(table->texts[bucket->number_and_1 - 1], text)))
            return bucket;
    }
}

static void grow(kh_table *table)
{
    kh_table_bucket *old = table->buckets;
    size_t n_old = table->n_buckets;
    table->n_buckets *= 2;
    table->buckets = kh_alloc(table->n_buckets * sizeof(kh_table_bucket));
    size_t mask = table->n_buckets - 1;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].number_and_1 == 0)
            continue;
        size_t at = old[i].hash & mask;
        while (table->buckets[at].number_and_1 != 0)
            at = (at + 1) & mask;
        table->buckets[at] = old[i];
    }
    kh_free(old);
}

uint32_t kh_table_find(const kh_table *table, kh_str text, uint64_t hash)
{
    return bucket_of(table, text, hash)->number_and_1 - 1;
}

size_t kh_table_bytes(const kh_table *table)
{
    return kh_arena_bytes(table->arena) + table->n_buckets * sizeof(kh_table_bucket) +
           table->capacity * sizeof(kh_str);
}

uint32_t kh_table_add(kh_table *table, kh_str text, uint64_t hash)
{
    kh_table_bucket *bucket = bucket_of(table, text, hash);
    if (bucket->number_and_1 != 0)
        return bucket->number_and_1 - 1;
    if (table->n == table->capacity) {
        table->capacity = table->capacity ? table->capacity * 2 : FIRST_BUCKETS / 2;
        table->texts = kh_realloc(table->texts, table->capacity * sizeof(kh_str));
    }
    uint32_t number = (uint32_t)table->n++;
    table->texts[number] = kh_arena_copy(table->arena, text);
    *bucket = (kh_table_bucket){ (uint32_t)hash, number + 1 };
    if (table->n * 2 > table->n_buckets)
        grow(table);
    return number;
}
