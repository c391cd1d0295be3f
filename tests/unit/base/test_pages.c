/* test_pages - large blocks, as alloc.h gives them. */
#define _GNU_SOURCE /* mremap */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"

#define MIB      ((size_t)1 << 20)
#define N_BLOCKS 1500u /* more than the list has room for */

/* Nothing is in large pages under the address sanitizer. */
#ifndef KH_HAS_ASAN
/* The system's mremap as it was before Linux 6.17: across two mappings it moves
 * nothing. And it may fail later, when the target has gone already. */
static size_t moves_left = SIZE_MAX;
static size_t n_moves;

static bool is_one_mapping(uintptr_t from, size_t bytes)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512];
    bool is_one = false;
    unsigned long low = 0;
    unsigned long high = 0;
    while (!is_one && maps != NULL && fgets(line, sizeof(line), maps) != NULL)
        is_one = sscanf(line, "%lx-%lx", &low, &high) == 2 && low <= from &&
                 from + bytes <= high;
    if (maps != NULL)
        (void)fclose(maps);
    return is_one;
}

void *mremap(void *old, size_t had, size_t wanted, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    void *to = va_arg(rest, void *);
    va_end(rest);
    n_moves++;
    if (!is_one_mapping((uintptr_t)old, had)) {
        errno = EFAULT;
        return MAP_FAILED;
    }
    if (moves_left-- == 0) {
        (void)munmap(to, wanted);
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return (void *)syscall(SYS_mremap, old, had, wanted, flags, to);
}

/* A block that grows in steps, each page with a mark of its own. */
static void expect_grown(size_t n_steps)
{
    unsigned char *block = kh_alloc(2 * MIB);
    for (size_t step = 1; step <= n_steps; step++) {
        block[(step - 1) * 2 * MIB] = (unsigned char)step;
        block = kh_realloc(block, (step + 1) * 2 * MIB);
        for (size_t i = 0; i < step; i++)
            cr_assert(eq(u8, block[i * 2 * MIB], (unsigned char)(i + 1)),
                      "page %zu of %zu", i, step);
    }
    kh_free(block);
}

Test(pages, grow_where_a_move_crosses_no_mappings)
{
    kh_alloc_in_large_pages();
    expect_grown(8);
    cr_expect(eq(sz, n_moves, 8 * 9 / 2), "one page at a time");
}

Test(pages, are_copied_when_they_cannot_be_moved)
{
    kh_alloc_in_large_pages();
    for (moves_left = 0; n_moves < 200; moves_left = n_moves % 23)
        expect_grown(8);
}

Test(pages, start_at_a_multiple_of_a_large_page)
{
    char *small = kh_alloc(MIB);
    kh_alloc_in_large_pages();
    char *large = kh_alloc(MIB);
    char *odd = kh_realloc(NULL, 3 * MIB + 1);

    cr_expect(ne(sz, (uintptr_t)small % 4096, 0), "not asked for yet");
    cr_expect(eq(sz, (uintptr_t)large % (2 * MIB), 0));
    cr_expect(eq(sz, (uintptr_t)odd % (2 * MIB), 0));
    kh_free(odd);
    kh_free(large);
    kh_free(small);
}
#endif

static size_t n_other(const unsigned char *bytes, size_t n, unsigned char value)
{
    size_t others = 0;
    for (size_t i = 0; i < n; i++)
        others += bytes[i] != value;
    return others;
}

Test(pages, are_zeroed_also_when_they_were_used_before)
{
    kh_alloc_in_large_pages();
    for (int round = 0; round < 3; round++) {
        unsigned char *block = kh_alloc(5 * MIB);
        cr_expect(eq(sz, n_other(block, 5 * MIB, 0), 0));
        memset(block, 0xA5, 5 * MIB);
        kh_free(block);
    }
}

Test(pages, keep_what_was_there_when_they_grow_and_shrink)
{
    kh_alloc_in_large_pages();
    const size_t sizes[] = { 1,           1000,    MIB - 1, MIB,    2 * MIB + 1,
                             7 * MIB + 3, 3 * MIB, 100,     9 * MIB };
    size_t filled = 0;
    unsigned char *block = NULL;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        block = kh_realloc(block, sizes[i]);
        filled = filled < sizes[i] ? filled : sizes[i];
        cr_expect(eq(sz, n_other(block, filled, 0x5A), 0), "size %zu", sizes[i]);
        memset(block, 0x5A, sizes[i]);
        filled = sizes[i];
    }
    kh_free(block);
}

Test(pages, that_are_mallocs_are_given_back_to_malloc)
{
    kh_alloc_in_large_pages();
    void *aligned = NULL;
    cr_assert(zero(int, posix_memalign(&aligned, 2 * MIB, 4 * MIB)));
    memset(aligned, 1, 4 * MIB);

    unsigned char *grown = kh_realloc(aligned, 8 * MIB);
    cr_expect(eq(sz, n_other(grown, 4 * MIB, 1), 0));
    kh_free(grown);

    cr_assert(zero(int, posix_memalign(&aligned, 2 * MIB, 4 * MIB)));
    kh_free(aligned);
}

/* Only some are touched: a touch takes a large page. */
Test(pages, may_be_more_than_are_listed)
{
    kh_alloc_in_large_pages();
    const size_t touched[] = { 0, 1, N_BLOCKS / 2, N_BLOCKS - 2, N_BLOCKS - 1 };
    unsigned char **all = calloc(N_BLOCKS, sizeof(*all));
    for (size_t i = 0; i < N_BLOCKS; i++)
        all[i] = kh_alloc(MIB);
    for (size_t i = 0; i < sizeof(touched) / sizeof(touched[0]); i++) {
        unsigned char **block = &all[touched[i]];
        (*block)[MIB - 1] = 1;
        *block = kh_realloc(*block, 3 * MIB);
        cr_expect(eq(u8, (*block)[MIB - 1], 1), "block %zu", touched[i]);
    }
    for (size_t i = 0; i < N_BLOCKS; i++)
        kh_free(all[i]);
    free(all);
}

/* Blocks of one thread grow while others take and give back theirs. */
static void *grow_and_free(void *arg)
{
    const unsigned char mark = *(const unsigned char *)arg;
    size_t n_wrong = 0;
    for (size_t round = 0; round < 200; round++) {
        size_t first = MIB + round * 4096;
        unsigned char *block = kh_alloc(first);
        n_wrong += block[0] != 0 || block[first - 1] != 0;
        block[0] = block[first - 1] = mark;
        block = kh_realloc(block, 3 * first);
        n_wrong += block[0] != mark || block[first - 1] != mark;
        kh_free(block);
    }
    return n_wrong == 0 ? NULL : arg;
}

Test(pages, belong_to_one_thread_at_a_time)
{
    kh_alloc_in_large_pages();
    static unsigned char marks[4] = { 1, 2, 3, 4 };
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        cr_assert(
            zero(int, pthread_create(&threads[i], NULL, grow_and_free, &marks[i])));
    for (size_t i = 0; i < 4; i++) {
        void *wrong = &marks[0];
        pthread_join(threads[i], &wrong);
        cr_expect(eq(ptr, wrong, NULL));
    }
}
