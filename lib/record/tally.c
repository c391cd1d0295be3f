/* tally - texts with how often and in which classes of languages each was met. */
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
    kh_free(tally->languages);
}

void kh_tally_reset(kh_tally *tally)
{
    kh_table_reset(&tally->table);
}

uint32_t kh_tally_number(kh_tally *tally, kh_str text)
{
    size_t before = tally->table.n;
    uint32_t number = kh_table_add(&tally->table, text, kh_hash(text));
    if (number < before)
        return number;
    if (number >= tally->capacity) {
        tally->capacity = tally->capacity ? tally->capacity * 2 : FIRST_CAPACITY;
        tally->counts = kh_realloc(tally->counts, tally->capacity * sizeof(uint64_t));
        tally->languages =
            kh_realloc(tally->languages, tally->capacity * sizeof(uint64_t));
    }
    tally->counts[number] = tally->languages[number] = 0;
    return number;
}

uint32_t kh_tally_add(kh_tally *tally, kh_str text, uint64_t count, uint64_t languages)
{
    uint32_t number = kh_tally_number(tally, text);
    tally->counts[number] += count;
    tally->languages[number] |= languages;
    return number;
}
