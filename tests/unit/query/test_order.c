/* Suite order: putting the first candidates in order gives what sorting all gives. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "query/candidates.h"

static uint64_t state = 1;

static uint32_t dice(uint32_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

/* Few dates and weights, so that many tie; keys are all different. */
static kh_candidates made_up(size_t n)
{
    kh_candidates made = { .items = kh_alloc((n + 1) * sizeof(kh_candidate)), .n = n };
    uint32_t n_dates = 1 + dice(40);
    for (size_t i = 0; i < n; i++)
        made.items[i] = (kh_candidate){ .document = (uint32_t)i + 1,
                                        .date = dice(n_dates),
                                        .key = (uint64_t)dice(UINT32_MAX) << 20 | i,
                                        .weight = dice(3) };
    return made;
}

static bool is_before(const kh_candidate *x, const kh_candidate *y,
                      kh_candidate_order order)
{
    if (order == KH_BY_WEIGHT && x->weight != y->weight)
        return x->weight > y->weight;
    if (x->date != y->date && order == KH_BY_OLDEST)
        return y->date == 0 || (x->date != 0 && x->date < y->date);
    if (x->date != y->date)
        return x->date > y->date;
    return x->key < y->key;
}

/* Each of the first n is before all that follow. */
static void expect_order(const kh_candidates *all, kh_candidate_order order, size_t n)
{
    cr_assert(ge(sz, all->n_ordered, n));
    for (size_t i = 1; i < all->n_ordered; i++)
        cr_assert(is_before(&all->items[i - 1], &all->items[i], order));
    for (size_t i = all->n_ordered; i < all->n && all->n_ordered > 0; i++)
        cr_assert(is_before(&all->items[all->n_ordered - 1], &all->items[i], order));
}

static void expect_all_there(const kh_candidates *all)
{
    uint8_t *seen = kh_alloc(all->n + 2);
    for (size_t i = 0; i < all->n; i++)
        seen[all->items[i].document]++;
    for (size_t i = 1; i <= all->n; i++)
        cr_assert(eq(u8, seen[i], 1));
    kh_free(seen);
}

Test(order, is_that_of_sorting_all)
{
    for (int i = 0; i < 600; i++) {
        kh_candidate_order order = (kh_candidate_order)(i % 3);
        size_t n = dice(i % 7 == 0 ? 5000 : 600);
        kh_candidates all = made_up(n);
        for (size_t wanted = 0; wanted < n; wanted += 1 + dice((uint32_t)n)) {
            kh_candidates_order(&all, order, wanted);
            expect_order(&all, order, wanted);
        }
        kh_candidates_order(&all, order, n);
        expect_order(&all, order, n);
        expect_all_there(&all);
        kh_candidates_release(&all);
    }
}

Test(order, of_what_lies_in_order_or_turned_round_is_found)
{
    for (int is_turned = 0; is_turned < 2; is_turned++) {
        kh_candidates all = made_up(3000);
        for (size_t i = 0; i < all.n; i++)
            all.items[i].date = (uint32_t)(is_turned ? all.n - i : i);
        kh_candidates_order(&all, KH_BY_NEWEST, 10);
        expect_order(&all, KH_BY_NEWEST, 10);
        cr_expect(all.n_ordered < 1000);
        kh_candidates_release(&all);
    }
}
