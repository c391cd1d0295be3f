/* arena - memory that is given back all at once. */
#pragma once

#include <stdint.h>

#include "base/cleanup.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_arena kh_arena;

kh_arena *kh_arena_open(void);
void kh_arena_free(kh_arena *arena); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_arena, kh_arena_free)

/* Everything made so far dies; the memory is kept for what comes. */
void kh_arena_reset(kh_arena *arena);

void *kh_arena_alloc(kh_arena *arena, size_t bytes); /* zeroed, aligned to 16 */
char *kh_arena_room(kh_arena *arena, size_t bytes);  /* the same, but not zeroed */
kh_str kh_arena_copy(kh_arena *arena, kh_str text);  /* a NUL stands behind it */
kh_str kh_arena_printf(kh_arena *arena, const char *format, ...) KH_PRINTF(2, 3);

/* Room for one more in a growing array that lives in the arena; capacity doubles. */
void *kh_arena_grow(kh_arena *arena, void *array, size_t n, size_t *capacity,
                    size_t item_bytes);

/* Bytes given out since the last reset, each rounded up to the alignment. */
size_t kh_arena_bytes(const kh_arena *arena);

KH_END_DECLS
