/* bounds_learn - the most that a term adds, from all its postings.
 *
 * The highest values are kept, as many as the deepest rank that is asked for and as
 * many again, of which the lower half is dropped whenever they are full; numbers are
 * rounded outward when they become shorter. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "bounds.h"

#define DEEPEST  200u /* of kh_rank_depths */
#define SURE     .999 /* up to it ROUNDING is more than what a few operations lose */
#define ROUNDING 1e-12

/* One term's entry. */
typedef struct entry {
    uint64_t hash;
    kh_rank_bounds bounds;
} entry;

struct kh_bounds_learner {
    double *norms; /* owned; by document, from 1 */
    uint32_t n;
    double average;
    entry *entries; /* owned */
    size_t n_entries;
    size_t capacity;
    double values[2 * DEEPEST]; /* of the term at hand, the highest so far */
};

kh_bounds_learner *kh_bounds_learner_open(uint32_t n_documents, double average_length)
{
    kh_bounds_learner *learner = kh_alloc(sizeof(*learner));
    learner->norms = kh_alloc(((size_t)n_documents + 1) * sizeof(double));
    learner->n = n_documents;
    learner->average = average_length;
    return learner;
}

void kh_bounds_learner_free(kh_bounds_learner *learner)
{
    if (learner == NULL)
        return;
    kh_free(learner->norms);
    kh_free(learner->entries);
    kh_free(learner);
}

void kh_bounds_learn_length(kh_bounds_learner *learner, uint32_t document,
                            uint32_t length)
{
    double normal = learner->average > 0 ? length / learner->average : 0;
    if (normal < KH_BM25_MIN_LENGTH)
        normal = KH_BM25_MIN_LENGTH;
    learner->norms[document] = KH_BM25_K1 * (normal * KH_BM25_B + (1 - KH_BM25_B));
}

static float rounded_up(double value)
{
    float near = (float)value;
    return near < value ? nextafterf(near, 2.0F) : near;
}

static float rounded_down(double value)
{
    float near = (float)value;
    return near > value ? nextafterf(near, 0.0F) : near;
}

/* Move the highest k of n values to the front, the least of them last (Hoare, Algorithm
 * 65: Find, 1961). */
static void put_highest_first(double *values, size_t n, size_t k)
{
    ptrdiff_t wanted = (ptrdiff_t)k - 1;
    ptrdiff_t low = 0;
    ptrdiff_t high = (ptrdiff_t)n - 1;
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        ptrdiff_t i = low;
        ptrdiff_t j = high;
        while (i <= j) {
            while (values[i] > pivot)
                i++;
            while (values[j] < pivot)
                j--;
            if (i > j)
                break;
            double value = values[i];
            values[i++] = values[j];
            values[j--] = value;
        }
        if (wanted <= j)
            high = j;
        else if (wanted >= i)
            low = i;
        else
            break;
    }
}

/* The highest values of a term, in any order; how many. A value v is more than l if its
 * wdf is more than l / (1 - l) norms: most postings are passed over by that, without a
 * division; the others, and what rounding leaves open, are looked at in full. */
static size_t find_highest(kh_bounds_learner *learner, const kh_term_postings *term)
{
    double *values = learner->values;
    double least = -1;   /* of the deepest rank, or less */
    double too_few = -1; /* norms: a wdf below them gives less than least */
    size_t n = 0;
    for (size_t i = 0; i < term->n; i++) {
        double wdf = term->wdfs[i];
        double norm = learner->norms[term->documents[i]];
        if (wdf < too_few * norm)
            continue;
        double value = wdf / (wdf + norm);
        if (value <= least)
            continue;
        values[n++] = value;
        if (n < KH_COUNT_OF(learner->values))
            continue;
        put_highest_first(values, n, DEEPEST);
        n = DEEPEST;
        least = values[DEEPEST - 1];
        if (least < SURE)
            too_few = least / (1 - least) * (1 - ROUNDING);
    }
    return n;
}

static void fill_bounds(kh_rank_bounds *out, double *values, size_t n)
{
    for (size_t i = KH_RANK_DEPTHS; i-- > 0;) {
        size_t depth = kh_rank_depths[i];
        if (n < depth)
            continue;
        put_highest_first(values, n, depth);
        n = depth;
        out->at_rank[i] = rounded_down(values[depth - 1]);
    }
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = values[i] > most ? values[i] : most;
    out->most = rounded_up(most);
}

bool kh_bounds_learn(kh_bounds_learner *learner, const kh_term_postings *term)
{
    if (term->n < KH_BOUNDS_DOCUMENTS_MIN)
        return true;
    if (term->documents[term->n - 1] > learner->n)
        return false;
    bool has_weight = false;
    for (size_t i = 0; i < term->n && !has_weight; i++)
        has_weight = term->wdfs[i] > 0;
    if (!has_weight)
        return true; /* a filter */
    size_t n = find_highest(learner, term);
    entry learnt = { .hash = kh_hash(term->term) };
    fill_bounds(&learnt.bounds, learner->values, n);
    KH_PUSH(learner->entries, learner->n_entries, learner->capacity) = learnt;
    return true;
}

/* ---- the file ---- */

static int by_hash(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void append_float(kh_buf *out, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    kh_buf_add_u32(out, bits);
}

/* Terms of one hash share an entry that holds for both. */
static void unite(entry *into, const entry *other)
{
    if (other->bounds.most > into->bounds.most)
        into->bounds.most = other->bounds.most;
    for (size_t i = 0; i < KH_RANK_DEPTHS; i++)
        if (other->bounds.at_rank[i] < into->bounds.at_rank[i])
            into->bounds.at_rank[i] = other->bounds.at_rank[i];
}

void kh_bounds_learnt(kh_bounds_learner *learner, kh_buf *out)
{
    if (learner->n_entries > 1)
        qsort(learner->entries, learner->n_entries, sizeof(entry), by_hash);
    for (size_t i = 0; i < learner->n_entries; i++) {
        entry united = learner->entries[i];
        while (i + 1 < learner->n_entries &&
               learner->entries[i + 1].hash == united.hash)
            unite(&united, &learner->entries[++i]);
        kh_buf_add_u64(out, united.hash);
        append_float(out, united.bounds.most);
        for (size_t k = 0; k < KH_RANK_DEPTHS; k++)
            append_float(out, united.bounds.at_rank[k]);
    }
}
