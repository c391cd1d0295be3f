/* candidates_order - the order of candidates, no more of it than is looked at.
 *
 * Ten results out of 100,000 matches need no list of 100,000 in order: the first are
 * selected, and only they are sorted. Where the date alone decides, most of 100,000 are
 * passed over by their date, which stands beside its neighbours' in a file; the rest of
 * what a candidate is is fetched for those that may be among the first. */
#include "query/candidates.h"

#include <stdlib.h>

#include "base/alloc.h"

#define STEP_MIN 256u /* ordered at once */
#define AT_ONCE  256u /* dates fetched */

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

/* The last one of those that are kept. */
typedef struct last {
    uint32_t place;
    uint64_t key;
} last;

/* Put the first k of all documents, in order, into the items. */
static void order_documents(kh_candidates *c, size_t k, compare *order)
{
    size_t room = k < c->n / 2 ? 2 * k : c->n;
    kh_free(c->items);
    c->items = kh_alloc((room + 1) * sizeof(*c->items));
    c->capacity = room + 1;
    bool is_oldest = order == by_oldest;
    last kept = { UINT32_MAX, UINT64_MAX };
    uint32_t dates[AT_ONCE];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (i % AT_ONCE == 0)
            kh_index_dates(dates, c->index, c->documents + i,
                           c->n - i < AT_ONCE ? c->n - i : AT_ONCE);
        uint32_t date = dates[i % AT_ONCE];
        uint32_t place = place_of(date, is_oldest);
        if (place > kept.place)
            continue;
        uint32_t document = c->documents[i];
        uint64_t key = kh_index_head(c->index, document).key;
        if (place == kept.place && key > kept.key)
            continue;
        if (n == room) {
            order_items(c->items, n, k, order);
            n = k;
            const kh_candidate *item = &c->items[k - 1];
            kept = (last){ place_of(item->date, is_oldest), item->key };
        }
        c->items[n++] =
            (kh_candidate){ .document = document, .date = date, .key = key };
    }
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
    if (candidates->documents != NULL)
        order_documents(candidates, until, orders[order]);
    else
        order_items(candidates->items + done, candidates->n - done, until - done,
                    orders[order]);
    candidates->n_ordered = until;
}
