/* neighbours - whether the hits of a block stand as a phrase wants them. */
#include "hits.h"

#include "base/alloc.h"
#include "near.h"

/* The first of n hits at or behind a position, from an index on. */
static size_t find_position(const kh_hit *hits, size_t n, size_t from,
                            uint32_t position)
{
    while (from < n && hits[from].position < position)
        from++;
    return from;
}

/* Where hits that end with a word of the phrase lead: next[] says which hits the next
 * word may be. */
static bool step(const kh_record_query *query, unsigned word, const unsigned char *now,
                 unsigned char *next)
{
    size_t n = query->n_hits;
    bool is_any = false;
    memset(next, 0, n);
    for (size_t i = 0; i < n; i++) {
        if (!now[i])
            continue;
        uint32_t behind = query->hits[i].position + query->hits[i].n_units;
        size_t at = find_position(query->hits, n, i + 1, behind);
        for (; at < n && query->hits[at].position == behind; at++) {
            if (query->hits[at].words >> word & 1)
                next[at] = 1;
            is_any = is_any || next[at];
        }
    }
    return is_any;
}

/* Words side by side: a row of flags says which hits the words so far can end with. */
static bool are_in_order(kh_record_query *query, const kh_record_phrase *phrase)
{
    size_t n = query->n_hits;
    if (2 * n > query->reached_capacity) {
        query->reached_capacity = 2 * n + 64;
        query->reached = kh_realloc(query->reached, query->reached_capacity);
    }
    unsigned char *now = query->reached;
    unsigned char *next = query->reached + n;

    bool is_any = false;
    for (size_t i = 0; i < n; i++) {
        now[i] = (query->hits[i].words >> phrase->words[0] & 1) != 0;
        is_any = is_any || now[i];
    }
    for (size_t word = 1; word < phrase->n && is_any; word++) {
        is_any = step(query, phrase->words[word], now, next);
        unsigned char *swap = now;
        now = next;
        next = swap;
    }
    return is_any;
}

bool kh_hits_are_phrase(kh_record_query *query, const kh_record_phrase *phrase)
{
    if (query->n_hits == 0)
        return false;
    if (phrase->window == 0)
        return are_in_order(query, phrase);
    return kh_hits_are_near(&query->near, NULL, query->hits, query->n_hits, phrase);
}
