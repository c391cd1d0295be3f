/* near - whether the operands of NEAR stand within a window of each other.
 *
 * An operand is a word, or a run of words that stand side by side. Its places are
 * listed first; then from each place on one of every other operand is looked for, none
 * of which shares a unit with another. The units inside an operand take no room:
 *
 *     the first point of the talks        "first point" NEAR/3 talks
 *         [=========] 1  2   3
 */
#include "near.h"

#include "base/alloc.h"

#define OPERANDS_MAX 64u /* those behind are not looked at */

/* Hits looked at, so that no text makes the search endless. Behind them no more places
 * are listed, and those listed are taken to be near: an article too many is seen by who
 * reads it, one too few is not. */
#define STEPS_MAX ((uint32_t)1 << 20)

typedef struct operand {
    const uint8_t *words;
    size_t n;
    uint32_t n_units; /* of its longest place */
} operand;

typedef struct looking {
    kh_near *near;
    const kh_hit *hits;
    size_t n_hits;
    operand operands[OPERANDS_MAX];
    size_t n_operands;
    uint32_t window;  /* without what is inside operands */
    uint32_t first;   /* position of the place looked from */
    uint32_t n_steps; /* left */
} looking;

void kh_near_release(kh_near *near)
{
    kh_free(near->runs);
    *near = (kh_near){ 0 };
}

static void split(looking *l, const kh_record_phrase *phrase)
{
    uint32_t inner = 0;
    for (size_t begin = 0; begin < phrase->n && l->n_operands < OPERANDS_MAX;) {
        size_t end = begin + 1;
        while (end < phrase->n && phrase->goes_on != NULL && phrase->goes_on[end])
            end++;
        l->operands[l->n_operands++] =
            (operand){ .words = phrase->words + begin, .n = end - begin };
        inner += (uint32_t)(end - begin - 1);
        begin = end;
    }
    l->window = phrase->window > inner ? phrase->window - inner : 0;
}

/* The position behind an operand's words from `word` on, of which the first is hit i;
 * 0 if they do not stand there. Marks them if they do. */
static uint32_t end_of_run(looking *l, const operand *o, size_t word, size_t i,
                           uint32_t *marked)
{
    const kh_hit *hit = &l->hits[i];
    uint32_t bit = 1u << o->words[word];
    if ((hit->words & bit) == 0)
        return 0;
    uint32_t behind = hit->position + hit->n_units;
    uint32_t end = word + 1 == o->n ? behind : 0;
    for (size_t k = i + 1; end == 0 && k < l->n_hits; k++) {
        if (l->hits[k].position > behind || l->n_steps == 0)
            break;
        l->n_steps--;
        if (l->hits[k].position == behind)
            end = end_of_run(l, o, word + 1, k, marked);
    }
    if (end != 0 && marked != NULL)
        marked[i] |= bit;
    return end;
}

static void list_runs(looking *l)
{
    l->near->n = 0;
    for (size_t i = 0; i < l->n_hits; i++) {
        for (size_t k = 0; k < l->n_operands; k++) {
            uint32_t end = end_of_run(l, &l->operands[k], 0, i, NULL);
            if (end == 0)
                continue;
            kh_near_run run = { .begin = l->hits[i].position,
                                .end = end,
                                .hit = (uint32_t)i,
                                .operand = (uint8_t)k };
            KH_PUSH(l->near->runs, l->near->n, l->near->capacity) = run;
            uint32_t n_units = end - run.begin;
            if (n_units > l->operands[k].n_units)
                l->operands[k].n_units = n_units;
        }
    }
}

/* Whether the missing operands stand from a run on, none before `behind`. inner: units
 * inside those that are there. */
static bool completes(looking *l, size_t from, uint64_t missing, uint32_t behind,
                      uint32_t inner)
{
    if (missing == 0)
        return true;
    for (size_t i = from; i < l->near->n; i++) {
        const kh_near_run *run = &l->near->runs[i];
        if (l->n_steps == 0)
            return true;
        if (run->begin - l->first > l->window + inner)
            return false;
        l->n_steps--;
        uint64_t bit = UINT64_C(1) << run->operand;
        if ((missing & bit) == 0 || run->begin < behind)
            continue;
        if (completes(l, i + 1, missing & ~bit, run->end,
                      inner + run->end - run->begin - 1))
            return true;
    }
    return false;
}

static uint64_t all_of(const looking *l)
{
    return UINT64_MAX >> (OPERANDS_MAX - l->n_operands);
}

/* A set of places with run i for its first. */
static bool is_first_of_all(looking *l, size_t i)
{
    const kh_near_run *run = &l->near->runs[i];
    l->first = run->begin;
    return completes(l, i + 1, all_of(l) & ~(UINT64_C(1) << run->operand), run->end,
                     run->end - run->begin - 1);
}

/* Mark a run and what stands behind it in the window and shares nothing with it. */
static void mark_from(looking *l, size_t i, uint32_t reach, uint32_t *marked)
{
    const kh_near_run *first = &l->near->runs[i];
    for (size_t k = i; k < l->near->n; k++) {
        const kh_near_run *run = &l->near->runs[k];
        if (run->begin - first->begin > reach)
            return;
        if (k == i || run->begin >= first->end)
            (void)end_of_run(l, &l->operands[run->operand], 0, run->hit, marked);
    }
}

/* How far from the first place of a set another may begin. */
static uint32_t reach_of(const looking *l)
{
    uint32_t reach = l->window;
    for (size_t k = 0; k < l->n_operands; k++)
        reach += l->operands[k].n_units > 0 ? l->operands[k].n_units - 1 : 0;
    return reach;
}

bool kh_hits_are_near(kh_near *near, uint32_t *marked, const kh_hit *hits, size_t n,
                      const kh_record_phrase *phrase)
{
    looking l = { .near = near, .hits = hits, .n_hits = n, .n_steps = STEPS_MAX };
    split(&l, phrase);
    list_runs(&l);
    uint32_t reach = reach_of(&l);
    uint32_t counts[OPERANDS_MAX] = { 0 }; /* by operand, of runs i to end */
    size_t n_missing = l.n_operands;
    size_t end = 0;
    bool is_near = false;
    for (size_t i = 0; i < near->n && (!is_near || marked != NULL); i++) {
        for (; end < near->n && near->runs[end].begin - near->runs[i].begin <= reach;
             end++)
            n_missing -= counts[near->runs[end].operand]++ == 0;
        if (n_missing == 0 && is_first_of_all(&l, i)) {
            is_near = true;
            if (marked != NULL)
                mark_from(&l, i, reach, marked);
        }
        n_missing += --counts[near->runs[i].operand] == 0;
    }
    return is_near;
}

void kh_record_mark_near(uint32_t *marked, const kh_hit *hits, size_t n,
                         const kh_record_phrase *phrase)
{
    kh_near near = { 0 };
    (void)kh_hits_are_near(&near, marked, hits, n, phrase);
    kh_near_release(&near);
}
