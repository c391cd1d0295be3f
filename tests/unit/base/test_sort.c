/* test_sort - the order of many texts. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/sort.h"
#include "scratch.h"

/* Each is behind the one before: by bytes, then by number. */
static void expect_sorted(const kh_str *texts, size_t n)
{
    uint32_t *order = kh_alloc((n + 1) * sizeof(uint32_t));
    char *is_met = kh_alloc(n + 1);

    kh_sort_texts(order, texts, n);

    for (size_t i = 0; i < n; i++) {
        cr_assert(lt(u32, order[i], (uint32_t)n));
        cr_assert(eq(int, is_met[order[i]]++, 0), "twice: %u", order[i]);
        if (i == 0)
            continue;
        int compared = kh_str_compare(texts[order[i - 1]], texts[order[i]]);
        cr_assert(le(int, compared, 0), "at %zu of %zu", i, n);
        if (compared == 0)
            cr_assert(lt(u32, order[i - 1], order[i]), "at %zu of %zu", i, n);
    }
    kh_free(order);
    kh_free(is_met);
}

/* Texts of few letters, drawn; most begin alike. */
static void draw(kh_str *texts, size_t n, size_t max_bytes, kh_arena *arena)
{
    static const char letters[] = { 'a', 'b', '\0', '\xFF' };
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        kh_buf_reset(&text);
        size_t len = (size_t)rand() % (max_bytes + 1);
        size_t alike = (size_t)rand() % (max_bytes + 1);
        for (size_t k = 0; k < len; k++)
            kh_buf_add_char(&text, k < alike ? 'a' : letters[rand() % 4]);
        texts[i] = kh_arena_copy(arena, kh_buf_str(&text));
    }
}

Test(sort, orders_by_bytes_and_shorter_first)
{
    const kh_str texts[] = {
        KH_STR("treaty"), KH_STR("\xE0\xA4\xB8"), KH_STR("Talks"),
        KH_STR(""),       KH_STR("treat"),        KH_STR("talks")
    };
    uint32_t order[KH_COUNT_OF(texts)];
    const uint32_t wanted[] = { 3, 2, 5, 4, 0, 1 };

    kh_sort_texts(order, texts, KH_COUNT_OF(texts));

    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        cr_expect(eq(u32, order[i], wanted[i]), "%zu", i);
}

Test(sort, leaves_equal_texts_in_the_order_of_their_numbers)
{
    kh_str texts[200];
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        texts[i] = i % 3 == 0 ? KH_STR("ceasefire talks") : KH_STR("ceasefire");

    expect_sorted(texts, KH_COUNT_OF(texts));
}

Test(sort, knows_a_zero_from_an_end)
{
    kh_str texts[100];
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        texts[i] = kh_str_make("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", i * 7 % 18);

    expect_sorted(texts, KH_COUNT_OF(texts));
}

Test(sort, orders_any_number_of_drawn_texts)
{
    static const size_t numbers[] = { 0, 1, 2, 7, 8, 9, 48, 49, 100, 1000, 20000 };
    static const size_t lengths[] = { 1, 3, 8, 9, 20, 400 };
    srand(5);
    for (size_t i = 0; i < KH_COUNT_OF(numbers); i++)
        for (size_t k = 0; k < KH_COUNT_OF(lengths); k++) {
            KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
            kh_str *texts = kh_alloc((numbers[i] + 1) * sizeof(kh_str));
            draw(texts, numbers[i], lengths[k], arena);
            expect_sorted(texts, numbers[i]);
            kh_free(texts);
        }
}

Test(sort, orders_texts_that_are_long_and_nearly_alike)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    char *long_text = kh_alloc(5000);
    memset(long_text, 'x', 5000);
    kh_str texts[300];
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++) {
        long_text[4000] = (char)('a' + i * 11 % 26);
        texts[i] = kh_arena_copy(arena, kh_str_make(long_text, 3990 + i * 17 % 40));
    }

    expect_sorted(texts, KH_COUNT_OF(texts));
    kh_free(long_text);
}

/* Keys drawn below a limit, each item with its number: sorted, and stable. */
static void expect_keyed_sorted(size_t n, uint64_t limit)
{
    kh_keyed *items = kh_alloc((n + 1) * sizeof(kh_keyed));
    uint64_t *keys = kh_alloc((n + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < n; i++) {
        uint64_t drawn =
            (uint64_t)rand() << 42 ^ (uint64_t)rand() << 21 ^ (uint64_t)rand();
        keys[i] = limit == 0 ? drawn : drawn % limit;
        items[i] = (kh_keyed){ keys[i], i };
    }

    kh_sort_keyed(items, n);

    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        cr_assert(eq(u64, items[i].key, keys[items[i].value]), "at %zu of %zu", i, n);
        sum += items[i].value;
        if (i == 0)
            continue;
        cr_assert(le(u64, items[i - 1].key, items[i].key), "at %zu of %zu", i, n);
        if (items[i - 1].key == items[i].key)
            cr_assert(lt(u64, items[i - 1].value, items[i].value), "at %zu", i);
    }
    cr_expect(eq(u64, sum, (uint64_t)n * (n > 0 ? n - 1 : 0) / 2));
    kh_free(items);
    kh_free(keys);
}

Test(sort, orders_numbers_and_leaves_equal_ones_in_place)
{
    srand(20261127);
    static const size_t sizes[] = { 0, 1, 2, 3, 17, 256, 1000, 30000 };
    static const uint64_t limits[] = { 0, 1, 2, 255, 257, UINT64_C(1) << 40 };
    for (size_t i = 0; i < KH_COUNT_OF(sizes); i++)
        for (size_t j = 0; j < KH_COUNT_OF(limits); j++)
            expect_keyed_sorted(sizes[i], limits[j]);
}
