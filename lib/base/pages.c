/* pages - large blocks of memory in large pages.
 *
 * A page that is touched first costs an exception, and on a virtual machine several
 * times that; a build touches a hundred thousand, and a look into one of its tables
 * misses the processor's list of pages as well. So a block of LEAST_BYTES and more has
 * a mapping of its own that starts and ends at multiples of a large page, for which the
 * system is asked. If it has none, nothing but the alignment is lost. Blocks grow by
 * moving their pages.
 *
 * malloc's blocks are told from these by their address: which start at such a multiple
 * is in a list. The address sanitizer watches malloc's alone, so under it there are no
 * others. */
#define _GNU_SOURCE /* mremap */
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "private.h"

#define PAGE_BYTES  ((size_t)2 << 20)
#define LEAST_BYTES ((size_t)1 << 20)
#define BLOCKS_MAX  1024u /* more are malloc's */

typedef struct block {
    char *ptr;
    size_t size; /* a multiple of a large page */
} block;

static atomic_bool is_wanted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static block blocks[BLOCKS_MAX]; /* under the lock, as is the next */
static size_t n_blocks;

void kh_alloc_in_large_pages(void)
{
#if defined __linux__ && !defined KH_HAS_ASAN
    is_wanted = true;
#endif
}

static size_t rounded(size_t bytes)
{
    return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

/* Memory that is aligned, and nothing round it; NULL if there is none. */
static char *map_aligned(size_t size)
{
    char *all = mmap(NULL, size + PAGE_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED)
        return NULL;
    size_t before = (size_t)(-(uintptr_t)all % PAGE_BYTES);
    if (before > 0)
        munmap(all, before);
    munmap(all + before + size, PAGE_BYTES - before);
    (void)madvise(all + before, size, MADV_HUGEPAGE);
    return all + before;
}

/* Where a block stands in the list, or n_blocks. Under the lock. */
static size_t place_of(const void *ptr)
{
    size_t at = 0;
    while (at < n_blocks && blocks[at].ptr != ptr)
        at++;
    return at;
}

/* The bytes of a block in large pages, which may leave the list; 0: it is malloc's. */
static size_t look_up(const void *ptr, bool leaves)
{
    if (ptr == NULL || (uintptr_t)ptr % PAGE_BYTES != 0)
        return 0;
    pthread_mutex_lock(&lock);
    size_t at = place_of(ptr);
    size_t size = at < n_blocks ? blocks[at].size : 0;
    if (size > 0 && leaves)
        blocks[at] = blocks[--n_blocks];
    pthread_mutex_unlock(&lock);
    return size;
}

static bool enter(char *ptr, size_t size)
{
    pthread_mutex_lock(&lock);
    bool has_room = n_blocks < BLOCKS_MAX;
    if (has_room)
        blocks[n_blocks++] = (block){ ptr, size };
    pthread_mutex_unlock(&lock);
    return has_room;
}

static bool is_large(size_t bytes)
{
    return bytes >= LEAST_BYTES && bytes <= SIZE_MAX / 4 && is_wanted;
}

void *kh_pages_alloc(size_t bytes)
{
    if (!is_large(bytes))
        return NULL;
    size_t size = rounded(bytes);
    char *ptr = map_aligned(size);
    if (ptr == NULL || enter(ptr, size))
        return ptr;
    munmap(ptr, size);
    return NULL;
}

/* Move pages, one large one at a time: pages that were moved before are mappings of
 * their own, and before Linux 6.17 a move across two is refused. Returns the bytes that
 * were moved. */
static size_t move_pages(char *to, char *from, size_t bytes)
{
    size_t at = 0;
    while (at < bytes && mremap(from + at, PAGE_BYTES, PAGE_BYTES,
                                MREMAP_MAYMOVE | MREMAP_FIXED, to + at) != MAP_FAILED)
        at += PAGE_BYTES;
    return at;
}

/* A new block whose first pages were moved to it, and whose next one could not be. That
 * one is left: it may have been unmapped, and be another thread's already. */
static void give_back(char *ptr, size_t moved)
{
    size_t size = look_up(ptr, true);
    if (moved > 0)
        munmap(ptr, moved);
    if (size > moved + PAGE_BYTES)
        munmap(ptr + moved + PAGE_BYTES, size - moved - PAGE_BYTES);
}

/* A block in large pages becomes larger. It leaves the list while its addresses are
 * its own: once they are given up another thread may get them. */
static void *move(char *old, size_t had, size_t bytes)
{
    (void)look_up(old, true);
    char *grown = kh_pages_alloc(bytes);
    size_t moved = grown != NULL ? move_pages(grown, old, had) : 0;
    if (moved == had)
        return grown;
    char *copy = malloc(bytes);
    if (copy == NULL)
        kh_out_of_memory(bytes);
    if (moved > 0)
        memcpy(copy, grown, moved);
    memcpy(copy + moved, old + moved, had - moved);
    munmap(old + moved, had - moved);
    if (grown != NULL)
        give_back(grown, moved);
    return copy;
}

void *kh_pages_grow(void *old, size_t bytes)
{
    size_t had = look_up(old, false);
    if (had > 0)
        return bytes <= had ? old : move(old, had, bytes);

    void *grown = kh_pages_alloc(bytes);
    if (grown != NULL && old != NULL) {
        size_t usable = malloc_usable_size(old);
        memcpy(grown, old, usable < bytes ? usable : bytes);
        free(old);
    }
    return grown;
}

bool kh_pages_free(void *ptr)
{
    size_t size = look_up(ptr, true);
    if (size > 0)
        munmap(ptr, size);
    return size > 0;
}
