/* tally - texts with how often each was met. */
#include "tally.h"

#include "base/alloc.h"

#define FIRST_CAPACITY 1024u

void kh_tally_init(kh_tally *tally)
{
    *tally = (kh_tally){ 0 };
    kh_table_init(&tally->table);
}

void kh_tally_release(kh_tally *tally)
{
    kh_table_release(&tally->table);
    kh_free(tally->counts);
}

void kh_tally_reset(kh_tally *tally)
{
    kh_table_reset(&tally->table);
}

uint32_t kh_tally_number(kh_tally *tally, kh_str text)
{
    size_t before = tally->table.n;
    uint32_t number = kh_table_add(&tally->table, text, kh_table_hash(text));
    if (number < before)
        return number;
    if (number >= tally->capacity) {
        tally->capacity = tally->capacity ? tally->capacity * 2 : FIRST_CAPACITY;
        tally->counts = kh_realloc(tally->counts, tally->capacity * sizeof(uint64_t));
    }
    tally->counts[number] = 0;
    return number;
}

uint32_t kh_tally_add(kh_tally *tally, kh_str text, uint64_t count)
{
    uint32_t number = kh_tally_number(tally, text);
    tally->counts[number] += count;
    return number;
}

size_t kh_tally_bytes(const kh_tally *tally)
{
    return kh_table_bytes(&tally->table) + tally->capacity * sizeof(uint64_t);
}
