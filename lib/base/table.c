/* table - texts numbered in the order of first sight. Open addressing, linear probing.
 */
#include "base/table.h"

#include "base/alloc.h"

#define FIRST_BUCKETS 1024u

void kh_table_init(kh_table *table)
{
    *table = (kh_table){ .arena = kh_arena_open(), .n_buckets = FIRST_BUCKETS };
    table->buckets = kh_alloc(FIRST_BUCKETS * sizeof(uint32_t));
}

void kh_table_release(kh_table *table)
{
    kh_arena_free(table->arena);
    kh_free(table->texts);
    kh_free(table->hashes);
    kh_free(table->buckets);
    *table = (kh_table){ 0 };
}

void kh_table_reset(kh_table *table)
{
    kh_table_release(table);
    kh_table_init(table);
}

/* The bucket of a text: the one it is in, or the empty one where it would go. */
static size_t bucket_of(const kh_table *table, kh_str text, uint64_t hash)
{
    size_t mask = table->n_buckets - 1;
    size_t at = hash & mask;
    while (table->buckets[at] != 0) {
        uint32_t number = table->buckets[at] - 1;
        if (table->hashes[number] == hash && kh_str_equal(table->texts[number], text))
            break;
        at = (at + 1) & mask;
    }
    return at;
}

static void grow(kh_table *table)
{
    kh_free(table->buckets);
    table->n_buckets *= 2;
    table->buckets = kh_alloc(table->n_buckets * sizeof(uint32_t));
    size_t mask = table->n_buckets - 1;
    for (size_t i = 0; i < table->n; i++) {
        size_t at = table->hashes[i] & mask;
        while (table->buckets[at] != 0)
            at = (at + 1) & mask;
        table->buckets[at] = (uint32_t)i + 1;
    }
}

uint32_t kh_table_find(const kh_table *table, kh_str text, uint64_t hash)
{
    return table->buckets[bucket_of(table, text, hash)] - 1;
}

size_t kh_table_bytes(const kh_table *table)
{
    return kh_arena_bytes(table->arena) + table->n_buckets * sizeof(uint32_t) +
           table->capacity * (sizeof(kh_str) + sizeof(uint64_t));
}

uint32_t kh_table_add(kh_table *table, kh_str text, uint64_t hash)
{
    size_t at = bucket_of(table, text, hash);
    if (table->buckets[at] != 0)
        return table->buckets[at] - 1;
    if (table->n == table->capacity) {
        table->capacity = table->capacity ? table->capacity * 2 : FIRST_BUCKETS / 2;
        table->texts = kh_realloc(table->texts, table->capacity * sizeof(kh_str));
        table->hashes = kh_realloc(table->hashes, table->capacity * sizeof(uint64_t));
    }
    uint32_t number = (uint32_t)table->n++;
    table->texts[number] = kh_arena_copy(table->arena, text);
    table->hashes[number] = hash;
    table->buckets[at] = number + 1;
    if (table->n * 2 > table->n_buckets)
        grow(table);
    return number;
}
