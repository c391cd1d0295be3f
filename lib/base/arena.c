/* arena - blocks that are cut from the front and given back together.
 *
 * A reset joins several blocks into one of their size, so that an arena that is used
 * for one article after another soon asks the system for nothing more. The address
 * sanitizer is told what is not given out, so that it sees the use of a text that died
 * with a reset. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "private.h"

#ifdef KH_HAS_ASAN
#include <sanitizer/asan_interface.h>
#define HIDE(ptr, len) ASAN_POISON_MEMORY_REGION(ptr, len)
#define SHOW(ptr, len) ASAN_UNPOISON_MEMORY_REGION(ptr, len)
#else
#define HIDE(ptr, len) ((void)(ptr), (void)(len))
#define SHOW(ptr, len) ((void)(ptr), (void)(len))
#endif

#define FIRST_BLOCK_BYTES ((size_t)16 << 10)
#define FIRST_ITEMS       8
#define ALIGNMENT         16

typedef struct block {
    struct block *before; /* owned */
    size_t size;          /* bytes behind this head */
    size_t used;          /* bytes */
    size_t padding;       /* keeps what follows aligned */
} block;

static_assert(sizeof(block) % ALIGNMENT == 0, "what follows a head is aligned");

struct kh_arena {
    block *last;        /* owned; the one that is cut from; NULL at first */
    size_t asked_bytes; /* since the last reset */
    size_t total_bytes; /* of all blocks, without heads */
};

static char *block_bytes(block *b)
{
    return (char *)(b + 1);
}

static void add_block(kh_arena *arena, size_t at_least)
{
    size_t size =
        arena->total_bytes > FIRST_BLOCK_BYTES ? arena->total_bytes : FIRST_BLOCK_BYTES;
    size = size > at_least ? size : at_least;

    block *added = kh_realloc(NULL, sizeof(*added) + size);
    *added = (block){ .before = arena->last, .size = size };
    HIDE(block_bytes(added), size);
    arena->last = added;
    arena->total_bytes += size;
}

static void free_blocks(kh_arena *arena)
{
    while (arena->last != NULL) {
        block *dying = arena->last;
        arena->last = dying->before;
        kh_free(dying);
    }
    arena->total_bytes = 0;
}

kh_arena *kh_arena_open(void)
{
    return kh_alloc(sizeof(kh_arena));
}

void kh_arena_free(kh_arena *arena)
{
    if (arena == NULL)
        return;
    free_blocks(arena);
    kh_free(arena);
}

void kh_arena_reset(kh_arena *arena)
{
    arena->asked_bytes = 0;
    if (arena->last == NULL)
        return;
    if (arena->last->before != NULL) {
        size_t total = arena->total_bytes;
        free_blocks(arena);
        add_block(arena, total);
        return;
    }
    arena->last->used = 0;
    HIDE(block_bytes(arena->last), arena->last->size);
}

/* Memory that is not zeroed. */
static void *take(kh_arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 4)
        kh_out_of_memory(bytes);

    size_t rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded == 0)
        rounded = ALIGNMENT;
    if (arena->last == NULL || rounded > arena->last->size - arena->last->used)
        add_block(arena, rounded);

    char *memory = block_bytes(arena->last) + arena->last->used;
    SHOW(memory, bytes);
    arena->last->used += rounded;
    arena->asked_bytes += rounded;
    return memory;
}

void *kh_arena_alloc(kh_arena *arena, size_t bytes)
{
    return memset(take(arena, bytes), 0, bytes);
}

char *kh_arena_room(kh_arena *arena, size_t bytes)
{
    return take(arena, bytes);
}

kh_str kh_arena_copy(kh_arena *arena, kh_str text)
{
    char *copy = take(arena, text.len + 1);
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return kh_str_make(copy, text.len);
}

kh_str kh_arena_printf(kh_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int needed = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(needed >= 0); /* the formats are our own */

    size_t len = (size_t)needed;
    char *text = take(arena, len + 1);
    va_start(args, format);
    vsnprintf(text, len + 1, format, args);
    va_end(args);
    return kh_str_make(text, len);
}

void *kh_arena_grow(kh_arena *arena, void *array, size_t n, size_t *capacity,
                    size_t item_bytes)
{
    if (n < *capacity)
        return array;

    size_t wanted = *capacity > 0 ? *capacity * 2 : FIRST_ITEMS;
    if (wanted > SIZE_MAX / 4 / item_bytes)
        kh_out_of_memory(SIZE_MAX);
    void *grown = take(arena, wanted * item_bytes);
    if (n > 0)
        memcpy(grown, array, n * item_bytes);
    *capacity = wanted;
    return grown;
}

size_t kh_arena_bytes(const kh_arena *arena)
{
    return arena->asked_bytes;
}
