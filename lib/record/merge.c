/* merge - the same table of several batches, row by row in the order of texts.
 *
 * A heap of the files by their next text; the first eight bytes of that stand in the
 * heap, so that most comparisons touch nothing else. */
#include "base/alloc.h"
#include "tables.h"

#define PREFIX_BYTES 8u
#define LOOK_EVERY   4096u /* rows */

typedef struct input {
    kh_source *source; /* owned */
    kh_row_reader reader;
    kh_row row; /* the next one */
} input;

typedef struct top {
    uint64_t prefix; /* first bytes of the text, the first one on top */
    uint32_t file;
} top;

struct kh_merge {
    input *inputs; /* owned */
    size_t n;
    top *heap; /* owned */
    size_t n_heap;
    bool is_taken; /* the first of the heap was given out */
    kh_status (*may_go_on)(void *context, kh_error *err); /* NULL: always */
    void *context;
    uint64_t n_rows;
    kh_error stopped; /* status KH_OK: it goes on */
};

kh_status kh_merge_open(kh_merge **out, char *const *paths, size_t n, kh_error *err)
{
    KH_AUTO(kh_merge_free) kh_merge *merge = kh_alloc(sizeof(*merge));
    merge->inputs = kh_alloc((n + 1) * sizeof(input));
    merge->heap = kh_alloc((n + 1) * sizeof(top));
    for (size_t i = 0; i < n; i++) {
        input *in = &merge->inputs[i];
        kh_status status = kh_source_open(&in->source, paths[i], err);
        if (status != KH_OK)
            return status;
        kh_row_reader_init(&in->reader, in->source);
        merge->n++;
    }
    *out = KH_TAKE(merge);
    return KH_OK;
}

void kh_merge_free(kh_merge *merge)
{
    if (merge == NULL)
        return;
    for (size_t i = 0; i < merge->n; i++) {
        kh_source_free(merge->inputs[i].source);
        kh_row_reader_release(&merge->inputs[i].reader);
    }
    kh_free(merge->inputs);
    kh_free(merge->heap);
    kh_free(merge);
}

void kh_merge_watch(kh_merge *merge,
                    kh_status (*may_go_on)(void *context, kh_error *err), void *context)
{
    merge->may_go_on = may_go_on;
    merge->context = context;
}

static bool is_stopped(kh_merge *merge)
{
    if (merge->stopped.status != KH_OK)
        return true;
    return merge->may_go_on != NULL && merge->n_rows++ % LOOK_EVERY == 0 &&
           merge->may_go_on(merge->context, &merge->stopped) != KH_OK;
}

static top top_of(const kh_merge *merge, uint32_t file)
{
    kh_str text = merge->inputs[file].row.text;
    top made = { 0, file };
    for (size_t i = 0; i < PREFIX_BYTES; i++)
        made.prefix =
            made.prefix << 8 | (i < text.len ? (unsigned char)text.ptr[i] : 0u);
    return made;
}

static bool is_before(const kh_merge *merge, top a, top b)
{
    if (a.prefix != b.prefix)
        return a.prefix < b.prefix;
    return kh_str_compare(merge->inputs[a.file].row.text,
                          merge->inputs[b.file].row.text) < 0;
}

/* Put the first of the heap where it belongs. */
static void sink_top(kh_merge *merge, size_t at)
{
    top moved = merge->heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= merge->n_heap)
            break;
        if (child + 1 < merge->n_heap &&
            is_before(merge, merge->heap[child + 1], merge->heap[child]))
            child++;
        if (!is_before(merge, merge->heap[child], moved))
            break;
        merge->heap[at] = merge->heap[child];
        at = child;
    }
    merge->heap[at] = moved;
}

void kh_merge_begin(kh_merge *merge, bool is_words)
{
    merge->n_heap = 0;
    merge->is_taken = false;
    for (uint32_t i = 0; i < merge->n; i++) {
        input *in = &merge->inputs[i];
        kh_row_reader_begin(&in->reader, is_words);
        if (kh_row_read(&in->reader, &in->row))
            merge->heap[merge->n_heap++] = top_of(merge, i);
    }
    for (size_t i = merge->n_heap / 2; i-- > 0;)
        sink_top(merge, i);
}

bool kh_merge_next(kh_merge *merge, const kh_row **row, size_t *file)
{
    if (is_stopped(merge))
        return false;
    if (merge->is_taken) {
        uint32_t last = merge->heap[0].file;
        input *in = &merge->inputs[last];
        merge->heap[0] = kh_row_read(&in->reader, &in->row)
                             ? top_of(merge, last)
                             : merge->heap[--merge->n_heap];
        sink_top(merge, 0);
    }
    merge->is_taken = merge->n_heap > 0;
    if (!merge->is_taken)
        return false;
    *file = merge->heap[0].file;
    *row = &merge->inputs[*file].row;
    return true;
}

kh_source *kh_merge_source(kh_merge *merge, size_t file)
{
    return merge->inputs[file].source;
}

kh_status kh_merge_status(const kh_merge *merge, kh_error *err)
{
    if (merge->stopped.status != KH_OK) {
        if (err != NULL)
            *err = merge->stopped;
        return merge->stopped.status;
    }
    for (size_t i = 0; i < merge->n; i++) {
        kh_status status = kh_row_reader_status(&merge->inputs[i].reader, err);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}
