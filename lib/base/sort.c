/* sort - the order of many texts: radix sort of eight bytes of each at a time; that of
 * many numbers, a byte at a time.
 *
 * An item holds the next eight bytes of its text, so that most of the work never
 * touches the texts; those that are alike in these go on with the next eight. Few, or
 * many that are alike in very much, are merged by comparing the texts themselves. All
 * steps are stable and begin in the order of the numbers. */
#include "base/sort.h"

#include "base/alloc.h"

#define STEP      8u   /* bytes of a text in an item */
#define FEW       48u  /* items that are merged */
#define FEWER     8u   /* and inserted */
#define DEPTH_MAX 256u /* bytes, from which on any number is merged */

typedef struct item {
    uint64_t bytes; /* the next eight, the first on top, zeros behind the end */
    uint32_t left;  /* bytes that the text still has, at most STEP + 1 */
    uint32_t number;
} item;

typedef struct sorting {
    const kh_str *texts;
    item *spare; /* owned; as many as there are items */
} sorting;

static uint64_t bytes_at(kh_str text, size_t depth)
{
    size_t left = text.len - depth;
    if (left == 0)
        return 0;
    const unsigned char *at = (const unsigned char *)text.ptr + depth;
    if (left >= STEP) /* one load and a swap, to a compiler */
        return (uint64_t)at[0] << 56 | (uint64_t)at[1] << 48 | (uint64_t)at[2] << 40 |
               (uint64_t)at[3] << 32 | (uint64_t)at[4] << 24 | (uint64_t)at[5] << 16 |
               (uint64_t)at[6] << 8 | (uint64_t)at[7];
    uint64_t value = 0;
    for (size_t i = 0; i < left; i++)
        value |= (uint64_t)at[i] << (56 - 8 * i);
    return value;
}

static void load(item *items, size_t n, const kh_str *texts, size_t depth)
{
    for (size_t i = 0; i < n; i++) {
        kh_str text = texts[items[i].number];
        size_t left = text.len - depth;
        items[i].left = left <= STEP ? (uint32_t)left : STEP + 1;
        items[i].bytes = bytes_at(text, depth);
    }
}

/* ---- few ---- */

static bool is_behind(const sorting *s, const item *a, const item *b, size_t depth)
{
    if (a->bytes != b->bytes)
        return a->bytes > b->bytes;
    if (a->left != b->left || a->left <= STEP)
        return a->left > b->left;
    kh_str x = s->texts[a->number];
    kh_str y = s->texts[b->number];
    size_t from = depth + STEP;
    return kh_str_compare(kh_str_slice(x, from, x.len), kh_str_slice(y, from, y.len)) >
           0;
}

static void merge(const sorting *s, item *items, size_t n, size_t depth)
{
    if (n <= FEWER) {
        for (size_t i = 1; i < n; i++) {
            item moved = items[i];
            size_t at = i;
            for (; at > 0 && is_behind(s, &items[at - 1], &moved, depth); at--)
                items[at] = items[at - 1];
            items[at] = moved;
        }
        return;
    }
    size_t half = n / 2;
    merge(s, items, half, depth);
    merge(s, items + half, n - half, depth);
    memcpy(s->spare, items, half * sizeof(item));
    size_t a = 0;
    size_t b = half;
    for (size_t to = 0; a < half; to++) {
        bool takes_b = b < n && is_behind(s, &s->spare[a], &items[b], depth);
        items[to] = takes_b ? items[b++] : s->spare[a++];
    }
}

/* ---- many ---- */

static unsigned digit(const item *it, unsigned place)
{
    return place == 0 ? it->left : (unsigned)(it->bytes >> (8 * (place - 1))) & 0xFFu;
}

/* By what the items hold: the bytes, then how much is left. */
static void radix(const sorting *s, item *items, size_t n)
{
    uint32_t counts[STEP + 1][256] = { 0 };
    for (size_t i = 0; i < n; i++)
        for (unsigned place = 0; place <= STEP; place++)
            counts[place][digit(&items[i], place)]++;
    item *from = items;
    item *to = s->spare;
    for (unsigned place = 0; place <= STEP; place++) {
        uint32_t *count = counts[place];
        if (count[digit(&from[0], place)] == n)
            continue; /* all are alike in it */
        uint32_t sum = 0;
        for (size_t d = 0; d < 256; d++) {
            uint32_t here = count[d];
            count[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++)
            to[count[digit(&from[i], place)]++] = from[i];
        item *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items)
        memcpy(items, from, n * sizeof(item));
}

/* Items of texts that are alike in the first depth bytes. */
static void sort(const sorting *s, item *items, size_t n, size_t depth)
{
    load(items, n, s->texts, depth);
    if (n <= FEW || depth >= DEPTH_MAX) {
        merge(s, items, n, depth);
        return;
    }
    radix(s, items, n);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && items[end].bytes == items[i].bytes &&
               items[end].left == items[i].left)
            end++;
        if (end - i > 1 && items[i].left > STEP)
            sort(s, items + i, end - i, depth + STEP);
        i = end;
    }
}

void kh_sort_texts(uint32_t *order, const kh_str *texts, size_t n)
{
    if (n == 0)
        return;
    item *items = kh_alloc(n * sizeof(item));
    sorting s = { .texts = texts, .spare = kh_alloc(n * sizeof(item)) };
    for (size_t i = 0; i < n; i++)
        items[i].number = (uint32_t)i;
    sort(&s, items, n, 0);
    for (size_t i = 0; i < n; i++)
        order[i] = items[i].number;
    kh_free(items);
    kh_free(s.spare);
}

/* ---- numbers ---- */

void kh_sort_keyed(kh_keyed *items, size_t n)
{
    size_t starts[sizeof(uint64_t)][256] = { 0 };
    for (size_t i = 0; i < n; i++)
        for (unsigned place = 0; place < sizeof(uint64_t); place++)
            starts[place][items[i].key >> (8 * place) & 0xFFu]++;
    kh_keyed *spare = kh_alloc((n + 1) * sizeof(kh_keyed));
    kh_keyed *from = items;
    kh_keyed *to = spare;
    for (unsigned place = 0; n > 0 && place < sizeof(uint64_t); place++) {
        size_t *start = starts[place];
        unsigned shift = 8 * place;
        if (start[from[0].key >> shift & 0xFFu] == n)
            continue; /* all are alike in it */
        size_t sum = 0;
        for (size_t d = 0; d < 256; d++) {
            size_t here = start[d];
            start[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++)
            to[start[from[i].key >> shift & 0xFFu]++] = from[i];
        kh_keyed *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items)
        memcpy(items, from, n * sizeof(kh_keyed));
    kh_free(spare);
}
