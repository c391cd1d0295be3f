/* test_arena - memory that is given back all at once. */
#include <stdint.h>

#include "base/arena.h"
#include "scratch.h"

Test(arena, gives_zeroed_and_aligned_memory_also_after_a_reset)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();

    for (int round = 0; round < 3; round++) {
        for (size_t bytes = 0; bytes < 3000; bytes = bytes * 2 + 1) {
            unsigned char *memory = kh_arena_alloc(arena, bytes);
            cr_assert(eq(sz, (uintptr_t)memory % 16, 0));
            for (size_t i = 0; i < bytes; i++)
                cr_assert(eq(u8, memory[i], 0));
            memset(memory, 0xAA, bytes);
        }
        kh_arena_reset(arena);
    }
}

Test(arena, keeps_all_that_was_made)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_str made[2000];

    for (int i = 0; i < 2000; i++)
        made[i] = kh_arena_printf(arena, "article %d of %s", i, "many");

    for (int i = 0; i < 2000; i += 97) {
        char wanted[64];
        snprintf(wanted, sizeof(wanted), "article %d of many", i);
        expect_text(made[i], wanted);
        cr_expect(eq(chr, made[i].ptr[made[i].len], '\0'));
    }
}

Test(arena, copies_texts_with_a_nul_behind)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();

    kh_str copy = kh_arena_copy(arena, kh_str_make("treaty", 4));
    kh_str empty = kh_arena_copy(arena, kh_str_make(NULL, 0));

    expect_text(copy, "trea");
    cr_expect(eq(str, (char *)copy.ptr, "trea"));
    cr_expect(eq(sz, empty.len, 0));
    cr_expect(eq(str, (char *)empty.ptr, ""));
}

Test(arena, holds_blocks_larger_than_its_own)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    size_t bytes = (size_t)5 << 20;

    char *small = kh_arena_alloc(arena, 1);
    char *large = kh_arena_alloc(arena, bytes);
    *small = 's';
    memset(large, 'l', bytes);

    cr_expect(eq(chr, *small, 's'));
    cr_expect(eq(chr, large[bytes - 1], 'l'));
}

Test(arena, counts_what_was_given_out)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    cr_expect(eq(sz, kh_arena_bytes(arena), 0));

    kh_arena_alloc(arena, 100);
    kh_arena_alloc(arena, 1);
    cr_expect(eq(sz, kh_arena_bytes(arena), 112 + 16));

    kh_arena_reset(arena);
    cr_expect(eq(sz, kh_arena_bytes(arena), 0));
}

Test(arena, asks_the_system_for_nothing_more_after_a_reset)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    for (int i = 0; i < 100; i++)
        kh_arena_alloc(arena, 10000);
    kh_arena_reset(arena);

    char *first = kh_arena_alloc(arena, 10000);
    for (int i = 1; i < 100; i++) {
        char *next = kh_arena_alloc(arena, 10000);
        cr_assert(eq(ptr, next, first + i * 10000));
    }
}

Test(arena, grows_arrays_and_keeps_their_items)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    int *items = NULL;
    size_t n = 0, capacity = 0;

    while (n < 1000) {
        items = kh_arena_grow(arena, items, n, &capacity, sizeof(*items));
        items[n] = (int)n;
        n++;
    }

    cr_assert(ge(sz, capacity, 1000));
    for (size_t i = 0; i < n; i++)
        cr_assert(eq(int, items[i], (int)i));
}

Test(arena, may_be_freed_when_it_is_null)
{
    kh_arena_free(NULL);
}

Test(arena, ends_the_program_when_too_much_is_asked, .exit_code = 2)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_arena_alloc(arena, SIZE_MAX - 7);
}
