/* nearest - the word somebody meant. */
#include "cli/options.h"

#define WORD_MAX 64u

/* Edit distance with neighbours swapped as one edit (Damerau 1964, restricted). */
static size_t distance(kh_str a, kh_str b)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *above_that = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            bool is_swap = i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
                           a.ptr[i - 2] == b.ptr[j - 1];
            if (is_swap && above_that[j - 2] + 1 < best)
                best = above_that[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a.len % 3][b.len];
}

size_t kh_edits(kh_str a, kh_str b, size_t limit)
{
    size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (a.len > WORD_MAX || b.len > WORD_MAX || apart > limit)
        return limit + 1;
    size_t edits = distance(a, b);
    return edits <= limit ? edits : limit + 1;
}

const char *kh_nearest(kh_str word, const char *const *words)
{
    const char *nearest = NULL;
    if (word.len > WORD_MAX)
        return NULL;
    size_t limit = word.len / 3 < 1 ? 1 : word.len / 3;
    size_t best = (limit > 2 ? limit : 2) + 1;
    for (size_t i = 0; words[i] != NULL; i++) {
        kh_str other = kh_str_from(words[i]);
        size_t d = other.len <= WORD_MAX ? distance(word, other) : best;
        if (d < best && d < other.len && d < word.len) {
            best = d;
            nearest = words[i];
        }
    }
    return nearest;
}
