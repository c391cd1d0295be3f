/* alloc - memory that is there, or the program ends with a message and exit code 2. */
#pragma once

#include <stddef.h>

#include "base/decls.h"

KH_BEGIN_DECLS

void *kh_alloc(size_t bytes); /* zeroed; 0 bytes give a pointer that may be freed */
void *kh_realloc(void *old, size_t bytes); /* what is new is not zeroed */
void kh_free(void *pointer);               /* NULL is allowed */

/* From now on blocks of 1 MiB and more lie in large pages, for which Linux is asked:
 * for programs that take much memory for long. For the beginning of a program. */
void kh_alloc_in_large_pages(void);

/* Make room for one more in a growing array: capacity doubles, n stays. */
void *kh_grow(void *array, size_t n, size_t *capacity, size_t item_bytes);

/* KH_PUSH(list, n, cap) = item; appends to a malloc'ed array. */
#define KH_PUSH(array, n, capacity)                                          \
    (*((array) = (n) < (capacity)                                            \
                     ? (array)                                               \
                     : kh_grow((array), (n), &(capacity), sizeof(*(array))), \
       &(array)[(n)++]))

KH_END_DECLS
