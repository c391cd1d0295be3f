/* counts - texts with their counts, as sorted runs and merged.
 *
 *   varint bytes shared with the text before, string the rest, varint count */
#include "runs/counts.h"

#include "base/alloc.h"
#include "base/sort.h"
#include "base/table.h"
#include "kway.h"

#define FIRST_CAPACITY 4096u

typedef struct count {
    uint32_t n;
    uint32_t last_article;
} count;

struct kh_counts {
    kh_table texts;
    count *counts; /* owned; by number */
    size_t capacity;
};

kh_counts *kh_counts_open(void)
{
    kh_counts *counts = kh_alloc(sizeof(*counts));
    kh_table_init(&counts->texts);
    return counts;
}

void kh_counts_free(kh_counts *counts)
{
    if (counts == NULL)
        return;
    kh_table_release(&counts->texts);
    kh_free(counts->counts);
    kh_free(counts);
}

uint32_t kh_counts_text(kh_counts *counts, kh_str text, uint64_t hash)
{
    size_t before = counts->texts.n;
    uint32_t number = kh_table_add(&counts->texts, text, hash);
    if (number < before)
        return number;
    if (number >= counts->capacity) {
        counts->capacity = counts->capacity ? counts->capacity * 2 : FIRST_CAPACITY;
        counts->counts = kh_realloc(counts->counts, counts->capacity * sizeof(count));
    }
    counts->counts[number] = (count){ 0 };
    return number;
}

void kh_counts_fetch_text(const kh_counts *counts, uint64_t hash)
{
    kh_table_fetch(&counts->texts, hash);
}

void kh_counts_add(kh_counts *counts, uint32_t text, uint32_t article)
{
    count *c = &counts->counts[text];
    c->n += c->last_article != article;
    c->last_article = article;
}

void kh_counts_fetch(const kh_counts *counts, uint32_t text)
{
    __builtin_prefetch(&counts->counts[text], 1);
}

size_t kh_counts_bytes(const kh_counts *counts)
{
    return kh_table_bytes(&counts->texts) +
           counts->texts.n * (2 * sizeof(count) + 10 * sizeof(uint32_t));
}

/* Texts that were counted: numbers of them, and as many texts. */
static size_t collect(const kh_counts *counts, uint32_t *numbers, kh_str *texts)
{
    size_t n = 0;
    for (uint32_t number = 0; number < counts->texts.n; number++) {
        if (counts->counts[number].n == 0)
            continue;
        numbers[n] = number;
        texts[n++] = counts->texts.texts[number];
    }
    return n;
}

static void write_all(const kh_counts *counts, kh_sink *sink)
{
    uint32_t *numbers = kh_alloc((counts->texts.n + 1) * sizeof(uint32_t));
    kh_str *texts = kh_alloc((counts->texts.n + 1) * sizeof(kh_str));
    size_t n = collect(counts, numbers, texts);
    uint32_t *order = kh_alloc((n + 1) * sizeof(uint32_t));
    kh_sort_texts(order, texts, n);
    KH_AUTO_BUF entry;
    kh_buf_init(&entry, KH_BUF_MAX);
    kh_str before = KH_STR("");
    for (size_t i = 0; i < n; i++) {
        kh_str text = texts[order[i]];
        size_t shared = 0;
        while (shared < text.len && shared < before.len &&
               text.ptr[shared] == before.ptr[shared])
            shared++;
        kh_buf_reset(&entry);
        kh_buf_add_varint(&entry, shared);
        kh_buf_add_string(&entry, kh_str_slice(text, shared, text.len));
        kh_buf_add_varint(&entry, counts->counts[numbers[order[i]]].n);
        kh_sink_add(sink, entry.ptr, entry.len);
        before = text;
    }
    kh_free(order);
    kh_free(texts);
    kh_free(numbers);
}

kh_status kh_counts_spill(kh_counts *counts, const char *path, kh_error *err)
{
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open(&sink, path, err);
    if (status != KH_OK)
        return status;
    write_all(counts, sink);
    for (size_t i = 0; i < counts->texts.n; i++)
        counts->counts[i] = (count){ 0 };
    return kh_sink_close_unsynced(sink, err);
}

void kh_counts_forget(kh_counts *counts)
{
    kh_table_reset(&counts->texts);
}

/* ---- merging ---- */

struct kh_counts_merge {
    kh_kway kway;
};

kh_status kh_counts_merge_open(kh_counts_merge **out, const char *const *paths,
                               size_t n, kh_error *err)
{
    KH_AUTO(kh_counts_merge_free) kh_counts_merge *merge = kh_alloc(sizeof(*merge));
    kh_status status = kh_kway_open(&merge->kway, paths, n, err);
    if (status == KH_OK)
        *out = KH_TAKE(merge);
    return status;
}

void kh_counts_merge_free(kh_counts_merge *merge)
{
    if (merge == NULL)
        return;
    kh_kway_release(&merge->kway);
    kh_free(merge);
}

kh_status kh_counts_merge_next(kh_counts_merge *merge, kh_str *text, uint64_t *sum,
                               kh_error *err)
{
    kh_kway *kway = &merge->kway;
    kh_status status = kh_kway_next(kway, err);
    if (status != KH_OK)
        return status;
    *text = kh_buf_str(&kway->text);
    *sum = 0;
    for (size_t i = 0; i < kway->n_current && status == KH_OK; i++) {
        kh_source *source = kway->files[kway->current[i]].source;
        *sum += kh_source_varint(source);
        status = kh_source_status(source, err);
    }
    return status;
}
