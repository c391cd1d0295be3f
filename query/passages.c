/* passages - the runs of sentences of an article that answer a query, scored.
 *
 * A passage begins with a sentence that has a hit and takes the sentences behind it
 * while they fit and no heading comes between. Two pointers walk the sentences, so that
 * the work is that of the hits. Its score is a small BM25 of its own: words by how rare
 * they are among passages, repeats counting less and less; pairs of words that stand
 * close add to it, those in the order of the query more. Source of the closeness:
 * Rasolofo and Savoy, Term Proximity Scoring, ECIR 2003. */
#include "query/passages.h"

#include <stdlib.h>

#define REPEAT_K       0.6 /* tf / (tf + k): how fast repeats stop counting */
#define CLOSE_UNITS    8u  /* words further apart are not close */
#define CLOSE_WEIGHT   0.35
#define ORDER_WEIGHT   0.25
#define HEADING_WEIGHT 0.30
#define LOOK_BACK      6u /* hits before this one that it may be close to */

typedef struct work {
    const kh_plan *plan;
    const kh_record_hits *hits;
    double *close; /* by hit: what it adds with one before it */
    double *order;
    uint32_t *partner; /* by hit: the earliest hit that this takes part with */
    uint32_t title_mask;
} work;

static double weight_of(const kh_plan *plan, uint32_t mask)
{
    double best = 0;
    for (; mask != 0; mask &= mask - 1) {
        const kh_plan_word *word = &plan->words[__builtin_ctz(mask)];
        if (word->is_scored && word->weight > best)
            best = word->weight;
    }
    return best;
}

static bool follows(uint32_t before, uint32_t after)
{
    return ((before << 1) & after) != 0;
}

/* For each hit the best pair with one of the few hits before it. */
static void find_pairs(work *w)
{
    const kh_hit *hits = w->hits->hits;
    for (size_t i = 0; i < w->hits->n_hits; i++) {
        double mine = weight_of(w->plan, hits[i].words);
        w->partner[i] = (uint32_t)i;
        for (size_t back = 1; back <= LOOK_BACK && back <= i; back++) {
            const kh_hit *other = &hits[i - back];
            uint32_t distance = hits[i].position - other->position;
            if (distance == 0 || distance > CLOSE_UNITS ||
                other->words == hits[i].words)
                continue;
            double theirs = weight_of(w->plan, other->words);
            double pair = (mine < theirs ? mine : theirs) / distance;
            if (pair <= w->close[i])
                continue;
            w->close[i] = pair;
            w->order[i] = follows(other->words, hits[i].words) ? pair : 0;
            w->partner[i] = (uint32_t)(i - back);
        }
    }
}

static bool is_text_kind(uint8_t kind)
{
    return kind == KH_BLOCK_PARAGRAPH || kind == KH_BLOCK_DECK;
}

/* Whether sentence s+1 may stand in one passage with s. */
static bool goes_on(const kh_record_hits *hits, size_t s)
{
    return s + 1 < hits->n_sentences &&
           hits->sentences[s + 1].kind == hits->sentences[s].kind &&
           is_text_kind(hits->sentences[s].kind);
}

/* Score of the hits from..to of a passage; hits are few, words at most 32. */
static void score_hits(work *w, kh_passage *passage, size_t from, size_t to,
                       uint32_t above)
{
    uint32_t counts[KH_RECORD_WORDS_MAX] = { 0 };
    double close[KH_RECORD_WORDS_MAX] = { 0 };
    double order[KH_RECORD_WORDS_MAX] = { 0 };
    for (size_t i = from; i < to; i++) {
        uint32_t mask = w->hits->hits[i].words;
        int first = __builtin_ctz(mask);
        for (uint32_t rest = mask; rest != 0; rest &= rest - 1)
            counts[__builtin_ctz(rest)]++;
        if (w->partner[i] < from)
            continue; /* its pair lies outside */
        if (w->close[i] > close[first])
            close[first] = w->close[i];
        if (w->order[i] > order[first])
            order[first] = w->order[i];
    }
    for (size_t k = 0; k < w->plan->n_words; k++) {
        const kh_plan_word *word = &w->plan->words[k];
        if (!word->is_scored)
            continue;
        double tf = counts[k];
        passage->words += word->weight * tf * (1 + REPEAT_K) / (tf + REPEAT_K);
        passage->closeness += CLOSE_WEIGHT * close[k];
        passage->order += ORDER_WEIGHT * order[k];
        if (counts[k] == 0 && ((above >> k) & 1) != 0)
            passage->heading += HEADING_WEIGHT * word->weight;
    }
    passage->score =
        passage->words + passage->closeness + passage->order + passage->heading;
}

static int by_score(const void *a, const void *b)
{
    const kh_passage *x = a;
    const kh_passage *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->sentences[0] < y->sentences[0] ? -1 : x->sentences[0] > y->sentences[0];
}

/* The hits of sentence s: [first[s], first[s + 1]). */
static uint32_t *hits_by_sentence(const kh_record_hits *hits, kh_arena *arena)
{
    uint32_t *first = kh_arena_alloc(arena, (hits->n_sentences + 1) * sizeof(*first));
    size_t i = 0;
    for (size_t s = 0; s <= hits->n_sentences; s++) {
        while (i < hits->n_hits && hits->hits[i].sentence < s)
            i++;
        first[s] = (uint32_t)i;
    }
    return first;
}

static uint32_t mask_of_hits(const kh_record_hits *hits, size_t from, size_t to)
{
    uint32_t mask = 0;
    for (size_t i = from; i < to; i++)
        mask |= hits->hits[i].words;
    return mask;
}

/* Every passage that begins with a sentence with a hit. */
static size_t cut_all(work *w, kh_passage *out, uint32_t max_words,
                      const uint32_t *first)
{
    const kh_record_hits *hits = w->hits;
    size_t n = 0;
    uint32_t heading_mask = 0;
    for (size_t s = 0; s < hits->n_sentences; s++) {
        const kh_record_sentence *sentence = &hits->sentences[s];
        if (sentence->kind == KH_BLOCK_HEADING)
            heading_mask = mask_of_hits(hits, first[s], first[s + 1]);
        if (!is_text_kind(sentence->kind) || first[s] == first[s + 1])
            continue;
        size_t end = s;
        uint32_t units = sentence->n_units;
        while (goes_on(hits, end) &&
               units + hits->sentences[end + 1].n_units <= max_words)
            units += hits->sentences[++end].n_units;
        kh_passage *passage = &out[n++];
        *passage = (kh_passage){ .sentences = { (uint32_t)s, (uint32_t)end } };
        score_hits(w, passage, first[s], first[end + 1], heading_mask | w->title_mask);
    }
    return n;
}

/* Keep the best of those that overlap; in place, at most max. Returns how many there
 * are.
 *
 * All are cut by one limit, so of two passages of a run the one that begins later never
 * ends earlier: they overlap only if an end of one lies in the other. */
static uint32_t keep_best(kh_passages *out, size_t n, uint32_t max, bool *is_taken)
{
    uint32_t n_apart = 0;
    for (size_t i = 0; i < n; i++) {
        kh_passage passage = out->passages[i];
        if (is_taken[passage.sentences[0]] || is_taken[passage.sentences[1]])
            continue;
        for (size_t s = passage.sentences[0]; s <= passage.sentences[1]; s++)
            is_taken[s] = true;
        out->passages[n_apart++] = passage;
    }
    out->n = n_apart < max ? n_apart : max;
    return n_apart;
}

void kh_passages_find(kh_passages *out, const kh_plan *plan, const kh_record_hits *hits,
                      uint32_t max_words, uint32_t max, kh_arena *arena)
{
    *out = (kh_passages){ .mask = mask_of_hits(hits, 0, hits->n_hits) };
    if (hits->n_hits == 0 || hits->n_sentences == 0)
        return;
    work w = { .plan = plan, .hits = hits };
    w.close = kh_arena_alloc(arena, hits->n_hits * sizeof(double));
    w.order = kh_arena_alloc(arena, hits->n_hits * sizeof(double));
    w.partner = kh_arena_alloc(arena, hits->n_hits * sizeof(uint32_t));
    find_pairs(&w);
    uint32_t *first = hits_by_sentence(hits, arena);
    for (size_t s = 0; s < hits->n_sentences; s++)
        if (hits->sentences[s].kind == KH_BLOCK_TITLE)
            w.title_mask |= mask_of_hits(hits, first[s], first[s + 1]);

    out->passages = kh_arena_alloc(arena, hits->n_sentences * sizeof(kh_passage));
    size_t n = cut_all(&w, out->passages, max_words, first);
    qsort(out->passages, n, sizeof(kh_passage), by_score);
    out->n_with_hits = keep_best(out, n, max, kh_arena_alloc(arena, hits->n_sentences));
}

bool kh_passage_lead(uint32_t sentences[2], const kh_record_hits *hits,
                     uint32_t max_words)
{
    size_t start = SIZE_MAX;
    for (size_t s = 0; s < hits->n_sentences; s++) {
        uint8_t kind = hits->sentences[s].kind;
        if (kind == KH_BLOCK_PARAGRAPH) {
            start = s;
            break;
        }
        if (start == SIZE_MAX && kind <= KH_BLOCK_DECK)
            start = s; /* an article that is a headline alone */
    }
    if (start == SIZE_MAX)
        return false;
    size_t end = start;
    uint32_t units = hits->sentences[start].n_units;
    while (goes_on(hits, end) && units + hits->sentences[end + 1].n_units <= max_words)
        units += hits->sentences[++end].n_units;
    sentences[0] = (uint32_t)start;
    sentences[1] = (uint32_t)end;
    return true;
}
