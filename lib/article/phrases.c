/* phrases - a counted set of phrases, by hash, with a filter on how they begin. */
#include "phrases.h"

#include "base/alloc.h"
#include "base/hash.h"

void kh_phrases_release(kh_phrases *phrases)
{
    kh_free(phrases->hashes);
    kh_free(phrases->counts);
    memset(phrases, 0, sizeof(*phrases));
}

static size_t place_of(const kh_phrases *phrases, uint64_t hash)
{
    size_t mask = phrases->capacity - 1;
    size_t place = (size_t)hash & mask;
    while (phrases->hashes[place] != 0 && phrases->hashes[place] != hash)
        place = (place + 1) & mask;
    return place;
}

static void double_places(kh_phrases *phrases)
{
    kh_phrases old = *phrases;
    phrases->capacity = old.capacity > 0 ? old.capacity * 2 : 64;
    phrases->hashes = kh_alloc(phrases->capacity * sizeof(*phrases->hashes));
    phrases->counts = kh_alloc(phrases->capacity * sizeof(*phrases->counts));
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.hashes[i] == 0)
            continue;
        size_t place = place_of(phrases, old.hashes[i]);
        phrases->hashes[place] = old.hashes[i];
        phrases->counts[place] = old.counts[i];
    }
    kh_free(old.hashes);
    kh_free(old.counts);
}

static unsigned start_bit(const unsigned char start[KH_PHRASE_START])
{
    uint32_t bytes = (uint32_t)start[0] | (uint32_t)start[1] << 8 |
                     (uint32_t)start[2] << 16 | (uint32_t)start[3] << 24;
    return (bytes * 2654435761u) >> 18; /* Source: Knuth, TAOCP 3, section 6.4 */
}

kh_spelling kh_spelling_start(void)
{
    kh_spelling spelling = { KH_HASH_START, { 0 }, 0 };
    return spelling;
}

void kh_spelling_put(kh_spelling *spelling, kh_str piece)
{
    for (size_t i = 0; i < piece.len && spelling->len + i < KH_PHRASE_START; i++)
        spelling->start[spelling->len + i] = (unsigned char)piece.ptr[i];
    spelling->hash = kh_hash_more(spelling->hash, piece);
    spelling->len += piece.len;
}

bool kh_phrases_may_begin(const kh_phrases *phrases, const kh_spelling *spelling)
{
    if (spelling->len < KH_PHRASE_START)
        return phrases->n > 0;
    unsigned bit = start_bit(spelling->start);
    return (phrases->starts[bit / 64] >> (bit % 64) & 1) != 0;
}

/* Never 0, which marks a free place. */
static uint64_t finished(const kh_spelling *spelling)
{
    uint64_t hash = kh_hash_finish(spelling->hash);
    return hash != 0 ? hash : 1;
}

void kh_phrases_add_spelling(kh_phrases *phrases, const kh_spelling *spelling,
                             uint32_t count)
{
    if (phrases->n * 3 >= phrases->capacity * 2)
        double_places(phrases);
    size_t place = place_of(phrases, finished(spelling));
    if (phrases->hashes[place] == 0) {
        phrases->hashes[place] = finished(spelling);
        phrases->n++;
        unsigned bit = start_bit(spelling->start);
        phrases->starts[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    uint32_t old = phrases->counts[place];
    phrases->counts[place] = old > UINT32_MAX - count ? UINT32_MAX : old + count;
}

uint32_t kh_phrases_count_spelling(const kh_phrases *phrases,
                                   const kh_spelling *spelling)
{
    if (phrases->n == 0)
        return 0;
    size_t place = place_of(phrases, finished(spelling));
    return phrases->hashes[place] != 0 ? phrases->counts[place] : 0;
}

void kh_phrases_add(kh_phrases *phrases, kh_str phrase, uint32_t count)
{
    kh_spelling spelling = kh_spelling_start();
    kh_spelling_put(&spelling, phrase);
    kh_phrases_add_spelling(phrases, &spelling, count);
}

uint32_t kh_phrases_count(const kh_phrases *phrases, kh_str phrase)
{
    kh_spelling spelling = kh_spelling_start();
    kh_spelling_put(&spelling, phrase);
    return kh_phrases_count_spelling(phrases, &spelling);
}
