/* candidates_order - the order of candidates, no more of it than is looked at.
 *
 * Ten results out of 100,000 matches need no list of 100,000 in order: the first are
 * selected, and only they are sorted. Where the date alone decides, the date of the
 * last one wanted is found first, of all dates, which stand side by side in a file; the
 * rest of what a candidate is is fetched for those alone that are no later. If more of
 * them are asked for after all, all become candidates. */
#include "query/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define STEP_MIN 256u /* ordered at once */
#define FEW      16u  /* the first of all are few if all are so many times as many */
#define N_HALVES (1u << 16) /* of a place: upper or lower ones */

typedef int compare(const void *a, const void *b);

static int by_key(const kh_candidate *x, const kh_candidate *y)
{
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Newest first; articles without date (0) come last by themselves. */
static int by_newest(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    return by_key(x, y);
}

static int by_oldest(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    if ((x->date == 0) != (y->date == 0))
        return x->date == 0 ? 1 : -1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return by_key(x, y);
}

static int by_weight(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return by_newest(x, y);
}

static void swap(kh_candidate *a, kh_candidate *b)
{
    kh_candidate other = *a;
    *a = *b;
    *b = other;
}

/* Part items around the middle one of three: before the answer none is greater, from it
 * on none is less. At least one is on either side. */
static size_t part(kh_candidate *items, size_t n, compare *order)
{
    size_t middle = n / 2;
    if (order(&items[middle], &items[0]) < 0)
        swap(&items[middle], &items[0]);
    if (order(&items[n - 1], &items[0]) < 0)
        swap(&items[n - 1], &items[0]);
    if (order(&items[n - 1], &items[middle]) < 0)
        swap(&items[n - 1], &items[middle]);
    kh_candidate pivot = items[middle];
    size_t left = 0;
    size_t right = n - 1;
    for (;;) {
        while (order(&items[left], &pivot) < 0)
            left++;
        while (order(&pivot, &items[right]) < 0)
            right--;
        if (left >= right)
            return left > 0 ? left : 1;
        swap(&items[left++], &items[right--]);
    }
}

/* Bring the first k of n items to the front. Source: Hoare, Find, CACM 4 (1961). */
static void select_first(kh_candidate *items, size_t n, size_t k, compare *order)
{
    while (n > 3 && k > 0 && k < n) {
        size_t middle = part(items, n, order);
        if (k <= middle) {
            n = middle;
        } else {
            items += middle;
            n -= middle;
            k -= middle;
        }
    }
    if (n > 1 && n <= 3)
        qsort(items, n, sizeof(*items), order);
}

static void order_items(kh_candidate *items, size_t n, size_t k, compare *order)
{
    select_first(items, n, k, order);
    qsort(items, k, sizeof(*items), order);
}

/* ---- by the date alone ---- */

/* Where a date puts an article: the lower, the earlier; those without date last. */
static uint32_t place_of(uint32_t date, bool is_oldest)
{
    return is_oldest && date != 0 ? date : UINT32_MAX - date;
}

/* The value whose number, and that of all below it, reaches *k first; *k becomes how
 * many of it are among them. */
static uint32_t value_at(const uint32_t *counts, size_t *k)
{
    uint32_t value = 0;
    for (; counts[value] < *k; value++)
        *k -= counts[value];
    return value;
}

/* The k-th lowest of n places, by their upper halves, then by their lower ones. */
static uint32_t place_at(const uint32_t *places, size_t n, size_t k)
{
    uint32_t *counts = kh_alloc(N_HALVES * sizeof(*counts));
    for (size_t i = 0; i < n; i++)
        counts[places[i] >> 16]++;
    uint32_t upper = value_at(counts, &k);
    memset(counts, 0, N_HALVES * sizeof(*counts));
    for (size_t i = 0; i < n; i++)
        if (places[i] >> 16 == upper)
            counts[places[i] & 0xFFFFu]++;
    uint32_t lower = value_at(counts, &k);
    kh_free(counts);
    return upper << 16 | lower;
}

static kh_candidate candidate_of(const kh_candidates *c, uint32_t document)
{
    kh_record_head head = kh_index_head(c->index, document);
    return (kh_candidate){ .document = document, .date = head.date, .key = head.key };
}

/* Items of all documents, in no order. */
static void make_items(kh_candidates *c)
{
    kh_free(c->items);
    c->items = kh_alloc((c->n + 1) * sizeof(*c->items));
    c->capacity = c->n + 1;
    for (size_t i = 0; i < c->n; i++)
        c->items[i] = candidate_of(c, c->documents[i]);
    kh_free(c->documents);
    c->documents = NULL;
    c->n_ordered = 0;
}

/* Put the first k of all documents into the items, of which there may be k more. Of
 * those that share the k-th place, the first by key are kept. */
static void make_first_items(kh_candidates *c, size_t k, compare *order)
{
    bool is_oldest = order == by_oldest;
    uint32_t *places = kh_alloc(c->n * sizeof(*places));
    kh_index_dates(places, c->index, c->documents, c->n);
    for (size_t i = 0; i < c->n; i++)
        places[i] = place_of(places[i], is_oldest);
    uint32_t last_place = place_at(places, c->n, k);
    uint64_t last_key = UINT64_MAX;

    c->capacity = 2 * k;
    c->items = kh_alloc(c->capacity * sizeof(*c->items));
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (places[i] > last_place)
            continue;
        kh_candidate item = candidate_of(c, c->documents[i]);
        if (places[i] == last_place && item.key > last_key)
            continue;
        if (n == c->capacity) {
            order_items(c->items, n, k, order);
            n = k;
            last_key = c->items[k - 1].key;
        }
        c->items[n++] = item;
    }
    kh_free(places);
    order_items(c->items, n, k, order);
}

void kh_candidates_order(kh_candidates *candidates, kh_candidate_order order, size_t n)
{
    static compare *const orders[] = { [KH_BY_WEIGHT] = by_weight,
                                       [KH_BY_NEWEST] = by_newest,
                                       [KH_BY_OLDEST] = by_oldest };
    size_t done = candidates->n_ordered;
    if (n <= done || done == candidates->n)
        return;
    size_t until = done * 2 > n ? done * 2 : n;
    if (until < done + STEP_MIN)
        until = done + STEP_MIN;
    if (until > candidates->n)
        until = candidates->n;
    bool has_documents = candidates->documents != NULL;
    if (has_documents && done == 0 && until < candidates->n / FEW) {
        make_first_items(candidates, until, orders[order]);
        candidates->n_ordered = until;
        return;
    }
    if (has_documents) {
        make_items(candidates);
        done = 0;
    }
    order_items(candidates->items + done, candidates->n - done, until - done,
                orders[order]);
    candidates->n_ordered = until;
}
