/* glass_made - the content, drawn. */
#include "glass_made.h"

#include <stdlib.h>

#include "base/alloc.h"

#include "dice.h"

#define STORED_PIECE 9000u

static void *give(made *content, size_t n, size_t bytes)
{
    return kh_arena_alloc(content->arena, (n > 0 ? n : 1) * bytes);
}

/* 1 to `most`, small ones more often. */
static unsigned draw_size(dice *d, unsigned most)
{
    unsigned below = 1 + roll(d, most);
    return 1 + roll(d, below);
}

static kh_str draw_bytes(made *content, dice *d, size_t len)
{
    static const char letters[] = "aaaaaabbbbccdefgh\0\0\x01\xfe\xff xyz0";
    char *text = give(content, len, 1);
    for (size_t i = 0; i < len; i++)
        text[i] = letters[roll(d, sizeof(letters) - 1)];
    return kh_str_make(text, len);
}

/* Data: one letter, a few letters, or what cannot be compressed; many of the sizes
 * around 8,192, where a reader may fail. */
static kh_str draw_stored(made *content, dice *d)
{
    size_t len = roll(d, 4) > 0    ? 1 + roll(d, 300)
                 : roll(d, 3) == 0 ? 1 + roll(d, 3 * STORED_PIECE)
                                   : 8100 + roll(d, 500);
    unsigned kind = roll(d, 3);
    if (kind == 2)
        return draw_bytes(content, d, len);
    char *text = give(content, len, 1);
    for (size_t i = 0; i < len; i++)
        text[i] = kind == 0 ? 'a' : (char)roll(d, 256);
    return kh_str_make(text, len);
}

static void draw_documents(made *content, dice *d, const made_shape *shape)
{
    size_t n = shape->n_documents;
    content->numbers = give(content, n, sizeof(uint32_t));
    content->lengths = give(content, n, sizeof(uint32_t));
    content->data = give(content, n, sizeof(kh_str));
    content->n_documents = n;
    content->has_gaps = shape->has_gaps;
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++) {
        number += 1;
        if (shape->has_gaps)
            number += roll(d, 5) > 0 ? roll(d, 3) : roll(d, 200);
        content->numbers[i] = number;
        content->lengths[i] = 0;
        content->data[i] = KH_STR("");
        if (roll(d, 100) < shape->data_percent)
            content->data[i] = draw_stored(content, d);
        if (shape->data_bytes_max > 0 && content->data[i].len > shape->data_bytes_max)
            content->data[i].len = shape->data_bytes_max;
    }
}

static int by_text(const void *a, const void *b)
{
    return kh_str_compare(((const made_term *)a)->text, ((const made_term *)b)->text);
}

static size_t key_bytes(kh_str term)
{
    size_t n = term.len;
    for (size_t i = 0; i < term.len; i++)
        n += term.ptr[i] == '\0';
    return n;
}

static void draw_terms(made *content, dice *d, const made_shape *shape)
{
    if (content->n_documents == 0)
        return;
    made_term *terms = give(content, shape->n_terms, sizeof(*terms));
    for (size_t i = 0; i < shape->n_terms; i++) {
        size_t len = roll(d, 8) == 0 ? shape->term_bytes_max
                                     : draw_size(d, shape->term_bytes_max);
        kh_str text = draw_bytes(content, d, len);
        while (key_bytes(text) > KH_GLASS_TERM_MAX)
            text.len--;
        terms[i] = (made_term){ .text = text };
    }
    if (shape->n_terms > 0)
        qsort(terms, shape->n_terms, sizeof(*terms), by_text);
    size_t n = 0;
    for (size_t i = 0; i < shape->n_terms; i++)
        if (n == 0 || by_text(&terms[n - 1], &terms[i]) != 0)
            terms[n++] = terms[i];
    content->terms = terms;
    content->n_terms = n;
}

static uint32_t draw_wdf(dice *d)
{
    switch (roll(d, 20)) {
    case 0:
        return 0;
    case 1:
        return roll(d, 300);
    case 2:
        return roll(d, 20) == 0 ? roll(d, 100000) : 5;
    default:
        return 1 + roll(d, 3);
    }
}

static void draw_postings(made *content, dice *d, kh_buf *documents, kh_buf *wdfs)
{
    for (size_t t = 0; t < content->n_terms; t++) {
        made_term *term = &content->terms[t];
        term->first = documents->len / sizeof(uint32_t);
        unsigned kind = roll(d, 20);
        unsigned n = (unsigned)content->n_documents;
        unsigned step = kind == 0 ? 1 : kind < 12 ? n : 1 + roll(d, n);
        for (size_t i = roll(d, step); i < n; i += 1 + roll(d, 2 * step - 1)) {
            uint32_t wdf = draw_wdf(d);
            content->lengths[i] += wdf;
            kh_buf_add_bytes(documents, &content->numbers[i], sizeof(uint32_t));
            kh_buf_add_bytes(wdfs, &wdf, sizeof(wdf));
        }
        term->n = documents->len / sizeof(uint32_t) - term->first;
    }
    content->n_postings = documents->len / sizeof(uint32_t);
    content->documents = give(content, content->n_postings, sizeof(uint32_t));
    content->wdfs = give(content, content->n_postings, sizeof(uint32_t));
    if (content->n_postings > 0) {
        memcpy(content->documents, documents->ptr, documents->len);
        memcpy(content->wdfs, wdfs->ptr, wdfs->len);
    }
}

static void draw_slot(made *content, dice *d, kh_glass_values *slot)
{
    KH_AUTO_BUF bytes;
    kh_buf_init(&bytes, KH_BUF_MAX);
    size_t n = content->n_documents;
    uint32_t *documents = give(content, n, sizeof(uint32_t));
    uint32_t *starts = give(content, n + 1, sizeof(uint32_t));
    unsigned percent = roll(d, 101);
    bool is_one_value = roll(d, 4) == 0;
    for (size_t i = 0; i < n; i++) {
        if (roll(d, 100) >= percent)
            continue;
        kh_str value =
            is_one_value ? KH_STR("same") : draw_bytes(content, d, draw_size(d, 12));
        if (!is_one_value && roll(d, 500) == 0)
            value = draw_bytes(content, d, 1 + roll(d, STORED_PIECE));
        starts[slot->n] = (uint32_t)bytes.len;
        documents[slot->n++] = content->numbers[i];
        kh_buf_add(&bytes, value);
    }
    starts[slot->n] = (uint32_t)bytes.len;
    char *kept = give(content, bytes.len, 1);
    if (bytes.len > 0)
        memcpy(kept, bytes.ptr, bytes.len);
    slot->documents = documents;
    slot->starts = starts;
    slot->bytes = kept;
}

static void draw_slots(made *content, dice *d, unsigned n)
{
    static const uint32_t numbers[MADE_SLOTS] = {
        0,   1,   128,   127,   255,   256,     257,       300,
        129, 130, 16384, 16383, 65536, 8388608, 268435456, UINT32_C(0xFFFFFFFE)
    };
    content->slots = give(content, n, sizeof(*content->slots));
    content->n_slots = n;
    for (size_t i = 0; i < n; i++) {
        content->slots[i] = (kh_glass_values){ .slot = numbers[i] };
        draw_slot(content, d, &content->slots[i]);
    }
}

static int by_key(const void *a, const void *b)
{
    return kh_str_compare(((const made_entry *)a)->key, ((const made_entry *)b)->key);
}

static void draw_metadata(made *content, dice *d, unsigned n)
{
    made_entry *entries = give(content, n, sizeof(*entries));
    for (size_t i = 0; i < n; i++)
        entries[i] =
            (made_entry){ draw_bytes(content, d, draw_size(d, 245)), KH_STR("") };
    if (n > 0)
        qsort(entries, n, sizeof(*entries), by_key);
    for (size_t i = 0; i < n; i++)
        if (content->n_metadata == 0 ||
            by_key(&entries[content->n_metadata - 1], &entries[i]) != 0)
            entries[content->n_metadata++] = entries[i];
    for (size_t i = 0; i < content->n_metadata; i++)
        entries[i].value = draw_stored(content, d);
    content->metadata = entries;
}

/* Terms that nothing was drawn for are none. */
static void drop_empty(made *content)
{
    size_t n = 0;
    for (size_t i = 0; i < content->n_terms; i++)
        if (content->terms[i].n > 0)
            content->terms[n++] = content->terms[i];
    content->n_terms = n;
}

made *made_open(const made_shape *shape)
{
    KH_AUTO_BUF documents;
    KH_AUTO_BUF wdfs;
    kh_buf_init(&documents, KH_BUF_MAX);
    kh_buf_init(&wdfs, KH_BUF_MAX);
    dice d = { shape->seed * 2 + 1 };
    (void)roll(&d, 2);
    made *content = kh_alloc(sizeof(*content));
    content->arena = kh_arena_open();
    draw_documents(content, &d, shape);
    draw_terms(content, &d, shape);
    draw_postings(content, &d, &documents, &wdfs);
    drop_empty(content);
    draw_slots(content, &d, shape->n_slots);
    draw_metadata(content, &d, shape->n_metadata);
    return content;
}

void made_free(made *content)
{
    if (content == NULL)
        return;
    kh_arena_free(content->arena);
    kh_free(content);
}

made_shape made_shape_of(uint64_t seed)
{
    dice d = { seed * 2654435761u + 1 };
    (void)roll(&d, 2);
    static const unsigned documents[] = { 0, 1, 2, 30, 300, 300, 3000, 9000 };
    static const unsigned term_bytes[] = { 3, 8, 20, 245 };
    made_shape shape = { .seed = seed };
    shape.n_documents = roll(&d, 1 + documents[roll(&d, KH_COUNT_OF(documents))]);
    shape.n_terms = draw_size(&d, 2000);
    shape.term_bytes_max = term_bytes[roll(&d, KH_COUNT_OF(term_bytes))];
    shape.n_slots = roll(&d, 2) * roll(&d, MADE_SLOTS + 1);
    shape.n_metadata = roll(&d, 2) * roll(&d, 30);
    shape.data_percent = roll(&d, 2) * roll(&d, 101);
    if (shape.n_documents > 500) {
        shape.n_terms = 1 + shape.n_terms / 10;
        shape.data_percent /= 10;
        shape.n_slots /= 3;
    }
    shape.has_gaps = roll(&d, 3) == 0;
    return shape;
}

uint32_t made_block_of(uint64_t seed)
{
    dice d = { seed * 40503u + 7 };
    (void)roll(&d, 2);
    return roll(&d, 2) == 0 ? KH_GLASS_BLOCK_MIN : KH_GLASS_BLOCK_MIN << roll(&d, 6);
}
