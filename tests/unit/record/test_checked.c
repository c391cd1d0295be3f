/* Suite record_checked: blocks are compared when something of them is wanted, and once
 * most are known, the rest at once. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "checked.h"

TestSuite(record_checked);

#define N_BLOCKS 40u
#define N_BYTES  (N_BLOCKS * KH_CHECKED_BLOCK - 100u) /* the last one is shorter */

/* Blocks in memory, and their sums. */
typedef struct made {
    unsigned char bytes[N_BYTES];
    kh_summing summing;
    kh_checked checked;
} made;

static made *make(void)
{
    made *m = kh_alloc(sizeof(*m));
    for (size_t i = 0; i < N_BYTES; i++)
        m->bytes[i] = (unsigned char)(i * 7 + i / 251);
    kh_summing_init(&m->summing);
    kh_summing_add(&m->summing, kh_str_make((const char *)m->bytes, N_BYTES));
    kh_summing_end(&m->summing);
    kh_checked_set(&m->checked, m->bytes, N_BYTES,
                   (const unsigned char *)m->summing.sums.ptr);
    return m;
}

static void release(made *m)
{
    kh_free(m->checked.right);
    kh_summing_release(&m->summing);
    kh_free(m);
}

static bool is_right(made *m, size_t block)
{
    size_t at = block * KH_CHECKED_BLOCK;
    return kh_checked_is_right(&m->checked, m->bytes + at, 10);
}

Test(record_checked, asks_no_more_once_all_is_right)
{
    made *m = make();
    for (size_t i = 0; i < N_BLOCKS / 2; i++)
        cr_assert(is_right(m, i));
    kh_checked_compare_rest(&m->checked);
    cr_expect(eq(sz, m->checked.n_right, N_BLOCKS / 2), "half is not most");

    for (size_t i = 0; i < N_BLOCKS * 3 / 4; i++)
        cr_assert(is_right(m, i));
    kh_checked_compare_rest(&m->checked);
    cr_expect(m->checked.is_all_right);
    cr_expect(not(m->checked.is_damaged));
    cr_expect(kh_checked_is_right(&m->checked, m->bytes, N_BYTES));
    release(m);
}

Test(record_checked, still_sees_a_damaged_block_behind_the_rest)
{
    made *m = make();
    size_t damaged = N_BLOCKS - 3;
    m->bytes[damaged * KH_CHECKED_BLOCK + 500] ^= 1;
    for (size_t i = 0; i < N_BLOCKS * 3 / 4; i++)
        cr_assert(is_right(m, i));
    kh_checked_compare_rest(&m->checked);
    cr_expect(not(m->checked.is_all_right));
    cr_expect(not(m->checked.is_damaged), "nobody wanted it");
    for (size_t i = 0; i < N_BLOCKS; i++)
        cr_expect(eq(int, is_right(m, i), i != damaged), "block %zu", i);
    cr_expect(m->checked.is_damaged);
    cr_expect(not(kh_checked_compare_all(&m->checked)));
    release(m);
}

Test(record_checked, is_all_right_when_every_block_was_wanted)
{
    made *m = make();
    for (size_t i = 0; i < N_BLOCKS; i++)
        cr_assert(is_right(m, i));
    cr_expect(m->checked.is_all_right);
    release(m);
}
