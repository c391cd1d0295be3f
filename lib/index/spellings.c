/* spellings - gather, merge and thin out lists of spellings. */
#include "spellings.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "vocabulary_block.h"

void kh_spellings_add(kh_spellings *list, const kh_spelling *spelling, kh_arena *arena)
{
    if (list->n == list->capacity)
        list->items = kh_arena_grow(arena, list->items, list->n, &list->capacity,
                                    sizeof(list->items[0]));
    list->items[list->n++] = kh_spelling_copy(spelling, arena);
}

static int compare_spellings(const void *a, const void *b)
{
    return kh_spelling_compare(a, b);
}

void kh_spellings_merge(kh_spellings *list)
{
    if (list->n < 2)
        return;
    qsort(list->items, list->n, sizeof(list->items[0]), compare_spellings);
    size_t kept = 0;
    for (size_t i = 1; i < list->n; i++) {
        if (kh_spelling_compare(&list->items[kept], &list->items[i]) == 0)
            list->items[kept].n_documents += list->items[i].n_documents;
        else
            list->items[++kept] = list->items[i];
    }
    list->n = kept + 1;
}

/* A form: its spellings stand side by side in the list. */
typedef struct group {
    uint64_t n_documents;
    size_t first;
    size_t n;
} group;

static int compare_commonest(const void *a, const void *b)
{
    const group *left = a;
    const group *right = b;
    if (left->n_documents != right->n_documents)
        return left->n_documents > right->n_documents ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static int compare_first(const void *a, const void *b)
{
    const group *left = a;
    const group *right = b;
    return left->first < right->first ? -1 : left->first > right->first;
}

size_t kh_spellings_keep(kh_spellings *list, size_t max)
{
    group *groups = NULL;
    size_t n = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (i == 0 || !kh_str_equal(list->items[i].form, list->items[i - 1].form))
            KH_PUSH(groups, n, capacity) = (group){ .first = i };
        groups[n - 1].n++;
        groups[n - 1].n_documents += list->items[i].n_documents;
    }
    if (n > max) {
        qsort(groups, n, sizeof(groups[0]), compare_commonest);
        qsort(groups, max, sizeof(groups[0]), compare_first);
        size_t kept = 0;
        for (size_t i = 0; i < max; i++)
            for (size_t k = 0; k < groups[i].n; k++)
                list->items[kept++] = list->items[groups[i].first + k];
        list->n = kept;
    }
    kh_free(groups);
    return n;
}
