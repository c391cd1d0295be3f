/* neighbours - whether the hits of a block stand as a phrase wants them. */
#include "hits.h"

#include "base/alloc.h"

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

/* ---- runs of NEAR ---- */

/* Words of a run that a hit is, as bits. */
static uint64_t places_in_run(const kh_hit *hit, const uint8_t *run, size_t n_run)
{
    uint64_t places = 0;
    for (size_t k = 0; k < n_run; k++)
        places |= (uint64_t)(hit->words >> run[k] & 1u) << k;
    return places;
}

static uint32_t words_at(uint64_t places, const uint8_t *run)
{
    uint32_t words = 0;
    for (; places != 0; places &= places - 1)
        words |= 1u << run[__builtin_ctzll(places)];
    return words;
}

/**
 * Add the words of a run, 1 to KH_RECORD_RUN_MAX of them, where it stands whole.
 *
 * @param reached  scratch, n: how far the run has come with a hit; then, of these, from
 *                 where it comes to its end
 * @param kept     by hit
 */
static void keep_run(uint32_t *kept, uint64_t *reached, const kh_hit *hits, size_t n,
                     const uint8_t *run, size_t n_run)
{
    memset(reached, 0, n * sizeof(reached[0]));
    for (size_t i = 0; i < n; i++) {
        reached[i] |= places_in_run(&hits[i], run, n_run) & 1u;
        if (reached[i] == 0)
            continue;
        uint32_t behind = hits[i].position + hits[i].n_units;
        for (size_t k = find_position(hits, n, i + 1, behind);
             k < n && hits[k].position == behind; k++)
            reached[k] |= reached[i] << 1 & places_in_run(&hits[k], run, n_run);
    }
    for (size_t i = n; i-- > 0;) {
        uint64_t whole = reached[i] & UINT64_C(1) << (n_run - 1);
        uint32_t behind = hits[i].position + hits[i].n_units;
        for (size_t k = find_position(hits, n, i + 1, behind);
             reached[i] != 0 && k < n && hits[k].position == behind; k++)
            whole |= reached[i] & reached[k] >> 1;
        reached[i] = whole;
        kept[i] |= words_at(whole, run);
    }
}

static bool has_runs(const kh_record_phrase *phrase)
{
    for (size_t k = 1; phrase->goes_on != NULL && k < phrase->n; k++)
        if (phrase->goes_on[k])
            return true;
    return false;
}

void kh_record_keep_runs(kh_hit *hits, size_t n, const kh_record_phrase *phrase)
{
    if (n == 0 || !has_runs(phrase))
        return; /* most have none: no memory is taken for them */
    uint32_t of_runs = 0;
    uint32_t alone = 0;
    uint32_t *kept = kh_alloc(n * sizeof(kept[0]));
    uint64_t *reached = kh_alloc(n * sizeof(reached[0]));
    for (size_t begin = 0; begin < phrase->n;) {
        size_t end = begin + 1;
        while (end < phrase->n && phrase->goes_on[end])
            end++;
        bool is_run = end - begin > 1 && end - begin <= KH_RECORD_RUN_MAX;
        for (size_t k = begin; k < end; k++)
            *(is_run ? &of_runs : &alone) |= 1u << phrase->words[k];
        if (is_run)
            keep_run(kept, reached, hits, n, phrase->words + begin, end - begin);
        begin = end;
    }
    for (size_t i = 0; i < n; i++)
        hits[i].words &= kept[i] | alone | ~of_runs;
    kh_free(reached);
    kh_free(kept);
}

bool kh_hits_are_phrase(kh_record_query *query, const kh_record_phrase *phrase)
{
    if (query->n_hits == 0)
        return false;
    if (phrase->window == 0)
        return are_in_order(query, phrase);
    kh_record_keep_runs(query->hits, query->n_hits, phrase);
    return are_near(query, phrase);
}
