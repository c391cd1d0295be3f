/* merge - the postings of a term out of all runs that have it, in one list.
 *
 * Runs of one thread follow each other; those of two threads interleave, batch by
 * batch. So the lists of all runs are put end to end, which leaves a few ascending
 * stretches, and neighbouring stretches are merged until there is one. */
#include "runs/merge.h"

#include "base/alloc.h"
#include "kway.h"

/* Postings in hand: two arrays, one for each round of merging. */
typedef struct list {
    uint32_t *documents; /* owned */
    uint32_t *wdfs;      /* owned */
} list;

struct kh_term_merge {
    kh_kway kway;
    const kh_article_map *map; /* borrowed */
    list now;
    list next;
    size_t capacity;
    size_t n;
    size_t *stretches; /* owned; where each begins; n_stretches and the end */
    size_t *stretches_next;
    size_t n_stretches;
};

kh_status kh_term_merge_open(kh_term_merge **out, const char *const *paths, size_t n,
                             const kh_article_map *map, kh_error *err)
{
    KH_AUTO(kh_term_merge_free) kh_term_merge *merge = kh_alloc(sizeof(*merge));
    merge->map = map;
    merge->stretches = kh_alloc((n + 2) * sizeof(size_t));
    merge->stretches_next = kh_alloc((n + 2) * sizeof(size_t));
    kh_status status = kh_kway_open(&merge->kway, paths, n, err);
    if (status == KH_OK)
        *out = KH_TAKE(merge);
    return status;
}

void kh_term_merge_free(kh_term_merge *merge)
{
    if (merge == NULL)
        return;
    kh_kway_release(&merge->kway);
    kh_free(merge->now.documents);
    kh_free(merge->now.wdfs);
    kh_free(merge->next.documents);
    kh_free(merge->next.wdfs);
    kh_free(merge->stretches);
    kh_free(merge->stretches_next);
    kh_free(merge);
}

kh_status kh_term_merge_rewind(kh_term_merge *merge, kh_error *err)
{
    return kh_kway_rewind(&merge->kway, err);
}

static void make_room(kh_term_merge *merge, size_t n)
{
    if (n <= merge->capacity)
        return;
    merge->capacity = 2 * n + 1024;
    size_t bytes = merge->capacity * sizeof(uint32_t);
    merge->now.documents = kh_realloc(merge->now.documents, bytes);
    merge->now.wdfs = kh_realloc(merge->now.wdfs, bytes);
    merge->next.documents = kh_realloc(merge->next.documents, bytes);
    merge->next.wdfs = kh_realloc(merge->next.wdfs, bytes);
}

/* Read two numbers; where they end, or NULL if they are cut short. */
static const char *get_posting(const char *at, const char *end, uint64_t *step,
                               uint64_t *wdf)
{
    kh_cursor cursor = kh_cursor_of(kh_str_make(at, (size_t)(end - at)));
    *step = kh_cursor_varint(&cursor);
    *wdf = kh_cursor_varint(&cursor);
    return cursor.is_bad ? NULL : cursor.ptr;
}

/* Append the list of one run, as documents. False if it is damaged. */
static bool take_list(kh_term_merge *merge, uint64_t n, kh_str bytes)
{
    const char *at = bytes.ptr;
    const char *end = at + bytes.len;
    uint32_t *documents = merge->now.documents;
    uint32_t *wdfs = merge->now.wdfs;
    size_t out = merge->n;
    uint64_t article = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint32_t short_step = 0;
        size_t step_bytes =
            (size_t)(end - at) > KH_VARINT_SHORT ? kh_varint_short(&short_step, at) : 0;
        uint64_t step = short_step;
        uint64_t wdf;
        if (step_bytes > 0 && (unsigned char)at[step_bytes] < 0x80) {
            wdf = (unsigned char)at[step_bytes];
            at += step_bytes + 1;
        } else {
            at = get_posting(at, end, &step, &wdf);
            if (at == NULL)
                return false;
        }
        article += step;
        if (article >= merge->map->n)
            return false;
        documents[out] = merge->map->documents[article];
        wdfs[out] = (uint32_t)wdf;
        out += documents[out] != 0;
    }
    merge->n = out;
    return at == end;
}

/* Two stretches into one; postings of one document are added up. Returns the end. */
static size_t merge_two(list *to, const list *from, size_t out, const size_t bounds[3])
{
    size_t a = bounds[0];
    size_t b = bounds[1];
    while (a < bounds[1] && b < bounds[2]) {
        uint32_t x = from->documents[a];
        uint32_t y = from->documents[b];
        to->documents[out] = x <= y ? x : y;
        to->wdfs[out++] = (x <= y ? from->wdfs[a] : 0) + (y <= x ? from->wdfs[b] : 0);
        a += x <= y;
        b += y <= x;
    }
    for (; a < bounds[1]; a++, out++) {
        to->documents[out] = from->documents[a];
        to->wdfs[out] = from->wdfs[a];
    }
    for (; b < bounds[2]; b++, out++) {
        to->documents[out] = from->documents[b];
        to->wdfs[out] = from->wdfs[b];
    }
    return out;
}

/* A round: each two neighbouring stretches become one. */
static void merge_round(kh_term_merge *merge)
{
    size_t out = 0;
    size_t n = 0;
    for (size_t i = 0; i < merge->n_stretches; i += 2) {
        size_t last = i + 2 <= merge->n_stretches ? i + 2 : i + 1;
        size_t bounds[3] = { merge->stretches[i], merge->stretches[i + 1],
                             merge->stretches[last] };
        merge->stretches_next[n++] = out;
        out = merge_two(&merge->next, &merge->now, out, bounds);
    }
    merge->stretches_next[n] = out;
    merge->n = out;
    merge->n_stretches = n;
    list swapped = merge->now;
    merge->now = merge->next;
    merge->next = swapped;
    size_t *starts = merge->stretches;
    merge->stretches = merge->stretches_next;
    merge->stretches_next = starts;
}

/* All lists of the current term. */
static kh_status collect(kh_term_merge *merge, kh_error *err)
{
    kh_kway *kway = &merge->kway;
    merge->n = merge->n_stretches = 0;
    for (size_t i = 0; i < kway->n_current; i++) {
        kh_source *source = kway->files[kway->current[i]].source;
        uint64_t n = kh_source_varint(source);
        uint64_t bytes = kh_source_varint(source);
        if (n > bytes || bytes > KH_BUF_MAX)
            return kh_fail(err, KH_ERR_CORRUPT, "a run of this build is damaged");
        size_t begin = merge->n;
        make_room(merge, begin + (size_t)n);
        kh_str list_bytes = kh_source_bytes(source, (size_t)bytes);
        kh_status status = kh_source_status(source, err);
        if (status != KH_OK)
            return status;
        if (!take_list(merge, n, list_bytes))
            return kh_fail(err, KH_ERR_CORRUPT, "a run of this build is damaged");
        bool goes_on = begin > 0 && merge->n > begin &&
                       merge->now.documents[begin] > merge->now.documents[begin - 1];
        if (merge->n > begin && !goes_on)
            merge->stretches[merge->n_stretches++] = begin;
    }
    merge->stretches[merge->n_stretches] = merge->n;
    while (merge->n_stretches > 1)
        merge_round(merge);
    return KH_OK;
}

kh_status kh_term_merge_next(kh_term_merge *merge, kh_term_postings *out, kh_error *err)
{
    do {
        kh_status status = kh_kway_next(&merge->kway, err);
        if (status == KH_OK)
            status = collect(merge, err);
        if (status != KH_OK)
            return status;
    } while (merge->n == 0);
    *out = (kh_term_postings){ .term = kh_buf_str(&merge->kway.text),
                               .documents = merge->now.documents,
                               .wdfs = merge->now.wdfs,
                               .n = merge->n };
    return KH_OK;
}
