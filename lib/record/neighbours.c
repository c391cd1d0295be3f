/* neighbours - whether the hits of a block stand as a phrase wants them. */
#include "hits.h"

#include "base/alloc.h"

/* The first hit at or behind a position, from an index on. */
static size_t find_position(const kh_record_query *query, size_t from,
                            uint32_t position)
{
    while (from < query->n_hits && query->hits[from].position < position)
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
        size_t at = find_position(query, i + 1, behind);
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

/* Words of a hit that none before it has at the same position: as a unit alone and as
 * the first of several a word stands there once. */
static uint32_t new_words(const kh_record_query *query, size_t i)
{
    uint32_t words = query->hits[i].words;
    for (size_t k = i; k-- > 0 && query->hits[k].position == query->hits[i].position;)
        words &= ~query->hits[k].words;
    return words;
}

/* Words within a window, in any order; one that is asked for twice is there twice. */
static bool are_near(const kh_record_query *query, const kh_record_phrase *phrase)
{
    uint32_t wanted[KH_RECORD_WORDS_MAX] = { 0 };
    uint32_t found[KH_RECORD_WORDS_MAX] = { 0 };
    size_t n_missing = phrase->n;
    for (size_t i = 0; i < phrase->n; i++)
        wanted[phrase->words[i]]++;

    size_t first = 0;
    for (size_t last = 0; last < query->n_hits; last++) {
        uint32_t position = query->hits[last].position;
        for (uint32_t words = new_words(query, last); words; words &= words - 1) {
            unsigned word = (unsigned)__builtin_ctz(words);
            if (found[word]++ < wanted[word])
                n_missing--;
        }
        for (; position - query->hits[first].position > phrase->window; first++) {
            for (uint32_t words = new_words(query, first); words; words &= words - 1) {
                unsigned word = (unsigned)__builtin_ctz(words);
                if (--found[word] < wanted[word])
                    n_missing++;
            }
        }
        if (n_missing == 0)
            return true;
    }
    return false;
}

bool kh_hits_are_phrase(kh_record_query *query, const kh_record_phrase *phrase)
{
    if (query->n_hits == 0)
        return false;
    return phrase->window == 0 ? are_in_order(query, phrase) : are_near(query, phrase);
}
