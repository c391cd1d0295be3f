/* kway - several sorted files of texts as one: a heap of the files by their current
 * text. */
#include "kway.h"

#include "base/alloc.h"

static uint64_t prefix_of(kh_str text)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < text.len ? (unsigned char)text.ptr[i] : 0);
    return prefix;
}

static bool is_less(const kh_kway *kway, size_t a, size_t b)
{
    const kh_kway_file *x = &kway->files[a];
    const kh_kway_file *y = &kway->files[b];
    if (x->prefix != y->prefix)
        return x->prefix < y->prefix;
    int order = kh_str_compare(kh_buf_str(&x->text), kh_buf_str(&y->text));
    return order != 0 ? order < 0 : a < b;
}

static void sift_down(kh_kway *kway, size_t at)
{
    size_t *heap = kway->heap;
    size_t file = heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= kway->n_heap)
            break;
        if (child + 1 < kway->n_heap && is_less(kway, heap[child + 1], heap[child]))
            child++;
        if (!is_less(kway, heap[child], file))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = file;
}

/* Read the next text of a file; KH_END if it has none. */
static kh_status read_text(kh_kway_file *file, kh_error *err)
{
    if (kh_source_is_at_end(file->source)) {
        kh_status status = kh_source_status(file->source, err);
        return status == KH_OK ? KH_END : status;
    }
    uint64_t shared = kh_source_varint(file->source);
    kh_str rest = kh_source_string(file->source);
    kh_status status = kh_source_status(file->source, err);
    if (status != KH_OK)
        return status;
    if (shared > file->text.len)
        return kh_fail(err, KH_ERR_CORRUPT, "a run of this build is damaged");
    file->text.len = (size_t)shared;
    kh_buf_add(&file->text, rest);
    file->prefix = prefix_of(kh_buf_str(&file->text));
    return KH_OK;
}

static kh_status fill_heap(kh_kway *kway, kh_error *err)
{
    kway->n_heap = kway->n_current = 0;
    for (size_t i = 0; i < kway->n_files; i++) {
        kh_buf_reset(&kway->files[i].text);
        kh_status status = read_text(&kway->files[i], err);
        if (status == KH_OK)
            kway->heap[kway->n_heap++] = i;
        else if (status != KH_END)
            return status;
    }
    for (size_t i = kway->n_heap / 2; i-- > 0;)
        sift_down(kway, i);
    return KH_OK;
}

kh_status kh_kway_open(kh_kway *kway, const char *const *paths, size_t n, kh_error *err)
{
    *kway = (kh_kway){ .files = kh_alloc((n + 1) * sizeof(kh_kway_file)),
                       .heap = kh_alloc((n + 1) * sizeof(size_t)),
                       .current = kh_alloc((n + 1) * sizeof(size_t)) };
    kh_buf_init(&kway->text, KH_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        kh_buf_init(&kway->files[i].text, KH_BUF_MAX);
        kway->n_files++;
        kh_status status = kh_source_open(&kway->files[i].source, paths[i], err);
        if (status != KH_OK)
            return status;
    }
    return fill_heap(kway, err);
}

void kh_kway_release(kh_kway *kway)
{
    for (size_t i = 0; i < kway->n_files; i++) {
        kh_source_free(kway->files[i].source);
        kh_buf_release(&kway->files[i].text);
    }
    kh_free(kway->files);
    kh_free(kway->heap);
    kh_free(kway->current);
    kh_buf_release(&kway->text);
    *kway = (kh_kway){ 0 };
}

/* The files of the current text go on to their next. */
static kh_status advance(kh_kway *kway, kh_error *err)
{
    for (size_t i = 0; i < kway->n_current; i++) {
        size_t file = kway->current[i];
        kh_status status = read_text(&kway->files[file], err);
        if (status == KH_END)
            continue;
        if (status != KH_OK)
            return status;
        size_t at = kway->n_heap++;
        while (at > 0 && is_less(kway, file, kway->heap[(at - 1) / 2])) {
            kway->heap[at] = kway->heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        kway->heap[at] = file;
    }
    kway->n_current = 0;
    return KH_OK;
}

kh_status kh_kway_next(kh_kway *kway, kh_error *err)
{
    kh_status status = advance(kway, err);
    if (status != KH_OK)
        return status;
    if (kway->n_heap == 0)
        return KH_END;
    kh_buf_reset(&kway->text);
    kh_buf_add(&kway->text, kh_buf_str(&kway->files[kway->heap[0]].text));
    uint64_t prefix = kway->files[kway->heap[0]].prefix;
    while (kway->n_heap > 0) {
        size_t file = kway->heap[0];
        if (kway->files[file].prefix != prefix ||
            !kh_str_equal(kh_buf_str(&kway->files[file].text), kh_buf_str(&kway->text)))
            break;
        kway->current[kway->n_current++] = file;
        kway->heap[0] = kway->heap[--kway->n_heap];
        if (kway->n_heap > 0)
            sift_down(kway, 0);
    }
    return KH_OK;
}

kh_status kh_kway_rewind(kh_kway *kway, kh_error *err)
{
    for (size_t i = 0; i < kway->n_files; i++)
        kh_source_seek(kway->files[i].source, 0);
    return fill_heap(kway, err);
}
