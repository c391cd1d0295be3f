/* alloc - memory that is there, or the program ends.
 *
 * The end is _exit(): other threads may be in the middle of anything, and an index is
 * only ever published as the last step, so there is nothing to save. */
#include "base/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "private.h"

#define FIRST_CAPACITY 8 /* items of a growing array */

void kh_out_of_memory(size_t bytes)
{
    if (bytes > 0)
        fprintf(stderr, "khabar: out of memory: %zu bytes wanted\n", bytes);
    else
        fprintf(stderr, "khabar: out of memory\n");
    _exit(2);
}

void *kh_alloc(size_t bytes)
{
    void *memory = kh_pages_alloc(bytes);
    if (memory == NULL)
        memory = calloc(1, bytes > 0 ? bytes : 1);
    if (memory == NULL)
        kh_out_of_memory(bytes);
    return memory;
}

void *kh_realloc(void *old, size_t bytes)
{
    void *memory = kh_pages_grow(old, bytes);
    if (memory == NULL)
        memory = realloc(old, bytes > 0 ? bytes : 1);
    if (memory == NULL)
        kh_out_of_memory(bytes);
    return memory;
}

void kh_free(void *pointer)
{
    if (!kh_pages_free(pointer))
        free(pointer);
}

void *kh_grow(void *array, size_t n, size_t *capacity, size_t item_bytes)
{
    if (n < *capacity)
        return array;

    size_t wanted = *capacity > 0 ? *capacity * 2 : FIRST_CAPACITY;
    if (*capacity > SIZE_MAX / 2 || wanted > SIZE_MAX / item_bytes)
        kh_out_of_memory(SIZE_MAX);
    array = kh_realloc(array, wanted * item_bytes);
    *capacity = wanted;
    return array;
}
