/* test_alloc - memory that is there. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

#include "base/alloc.h"

Test(alloc, gives_zeroed_memory)
{
    unsigned char *memory = kh_alloc(1000);

    size_t n_set = 0;
    for (size_t i = 0; i < 1000; i++)
        n_set += memory[i] != 0;

    cr_expect(eq(sz, n_set, 0));
    kh_free(memory);
}

Test(alloc, gives_a_pointer_for_no_bytes)
{
    void *memory = kh_alloc(0);
    cr_expect(ne(ptr, memory, NULL));

    memory = kh_realloc(memory, 0);
    cr_expect(ne(ptr, memory, NULL));

    kh_free(memory);
    kh_free(NULL);
}

Test(alloc, keeps_what_was_there_when_it_grows)
{
    char *memory = kh_alloc(2);
    memory[0] = 'k';
    memory[1] = 'h';

    memory = kh_realloc(memory, 1 << 20);

    cr_expect(eq(chr, memory[0], 'k'));
    cr_expect(eq(chr, memory[1], 'h'));
    kh_free(memory);
}

Test(alloc, pushes_items_and_doubles_the_capacity)
{
    size_t *list = NULL;
    size_t n = 0, capacity = 0, n_grown = 0;

    for (size_t i = 0; i < 1000; i++) {
        size_t before = capacity;
        KH_PUSH(list, n, capacity) = i * i;
        n_grown += capacity != before;
    }

    cr_assert(eq(sz, n, 1000));
    cr_expect(eq(sz, list[0], 0));
    cr_expect(eq(sz, list[7], 49));
    cr_expect(eq(sz, list[999], 999 * 999));
    cr_expect(le(sz, n_grown, 10), "grown %zu times", n_grown);
    kh_free(list);
}

Test(alloc, ends_the_program_when_an_array_has_no_size, .exit_code = 2)
{
    size_t capacity = SIZE_MAX / 8;

    kh_grow(NULL, capacity, &capacity, 16);
}

/* The address sanitizer has its own way to say so. */
#ifndef KH_HAS_ASAN
Test(alloc, ends_the_program_when_there_is_no_memory, .exit_code = 2)
{
    kh_free(kh_alloc(SIZE_MAX / 2));
}

Test(alloc, ends_the_program_when_memory_cannot_grow, .exit_code = 2)
{
    kh_free(kh_realloc(NULL, SIZE_MAX / 2));
}
#endif
