/* bounds_writer - the most that each common term adds, from its postings. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "bounds.h"
#include "record/record.h"

/* One term's entry. */
typedef struct entry {
    uint64_t hash;
    kh_rank_bounds bounds;
} entry;

typedef struct computing {
    const kh_rank_source *source;
    double *norms;  /* owned; by document, from 1 */
    entry *entries; /* owned */
    size_t n_entries;
    size_t capacity;
    kh_error *err;
} computing;

static void computing_release(computing *c)
{
    kh_free(c->norms);
    kh_free(c->entries);
}

static kh_status read_norms(computing *c)
{
    kh_database_stats stats;
    const kh_rank_source *source = c->source;
    kh_status status = kh_database_statistics(&stats, source->database, c->err);
    if (status != KH_OK)
        return status;
    uint32_t n = source->n_lengths;
    c->norms = kh_alloc(((size_t)n + 1) * sizeof(*c->norms));
    for (uint32_t d = 1; d <= n; d++) {
        const unsigned char *at = source->lengths + (size_t)(d - 1) * source->stride;
        uint32_t length = (uint32_t)at[0] | (uint32_t)at[1] << 8 |
                          (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        double normal = stats.average_length > 0 ? length / stats.average_length : 0;
        if (normal < KH_BM25_MIN_LENGTH)
            normal = KH_BM25_MIN_LENGTH;
        c->norms[d] = KH_BM25_K1 * (normal * KH_BM25_B + (1 - KH_BM25_B));
    }
    return KH_OK;
}

static kh_status add_term(computing *c, kh_str term)
{
    kh_term_stats stats;
    kh_status status = kh_database_term(&stats, c->source->database, term, c->err);
    if (status != KH_OK || stats.n_occurrences == 0)
        return status; /* a filter: it has no weight */
    kh_rank_bounds learnt;
    status = kh_rank_learn(&learnt, c->source, c->norms, term, c->err);
    if (status == KH_OK)
        KH_PUSH(c->entries, c->n_entries, c->capacity) =
            (entry){ .hash = kh_hash(term), .bounds = learnt };
    return status;
}

static kh_status add_terms(computing *c)
{
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status =
        kh_term_cursor_open(&cursor, c->source->database, KH_STR(""), false, c->err);
    while (status == KH_OK) {
        kh_str term;
        uint32_t n_documents = 0;
        status = kh_term_cursor_next(cursor, &term, &n_documents, c->err);
        if (status == KH_OK && n_documents >= KH_BOUNDS_DOCUMENTS_MIN)
            status = add_term(c, term);
    }
    return status == KH_END ? KH_OK : status;
}

static int by_hash(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void append_float(kh_buf *out, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    kh_buf_add_u32(out, bits);
}

/* Terms of one hash share an entry that holds for both. */
static void unite(entry *into, const entry *other)
{
    if (other->bounds.most > into->bounds.most)
        into->bounds.most = other->bounds.most;
    for (size_t i = 0; i < KH_RANK_DEPTHS; i++)
        if (other->bounds.at_rank[i] < into->bounds.at_rank[i])
            into->bounds.at_rank[i] = other->bounds.at_rank[i];
}

static void append_entries(kh_buf *out, computing *c)
{
    qsort(c->entries, c->n_entries, sizeof(*c->entries), by_hash);
    for (size_t i = 0; i < c->n_entries; i++) {
        entry united = c->entries[i];
        while (i + 1 < c->n_entries && c->entries[i + 1].hash == united.hash)
            unite(&united, &c->entries[++i]);
        kh_buf_add_u64(out, united.hash);
        append_float(out, united.bounds.most);
        for (size_t k = 0; k < KH_RANK_DEPTHS; k++)
            append_float(out, united.bounds.at_rank[k]);
    }
}

kh_status kh_bounds_compute(kh_buf *out, const kh_rank_source *source, kh_error *err)
{
    KH_CLEANUP(computing_release) computing c = { .source = source, .err = err };
    kh_status status = read_norms(&c);
    if (status == KH_OK)
        status = add_terms(&c);
    if (status != KH_OK || c.n_entries == 0)
        return status;
    append_entries(out, &c);
    return KH_OK;
}

kh_status kh_bounds_write(const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "postings");
    const char *postings = kh_buf_text(&path);
    KH_AUTO(kh_database_free) kh_database *database = NULL;
    KH_AUTO(kh_records_free) kh_records *records = NULL;
    kh_status status = kh_database_open(&database, &postings, 1, err);
    if (status == KH_OK)
        status = kh_records_open(&records, folder, err);
    if (status != KH_OK)
        return status;

    kh_rank_source source = { .database = database,
                              .n_lengths = kh_records_n(records) };
    source.lengths = kh_records_lengths(records, &source.stride);
    KH_AUTO_BUF content;
    kh_buf_init(&content, KH_BUF_MAX);
    status = kh_bounds_compute(&content, &source, err);
    if (status != KH_OK)
        return status;
    kh_buf_reset(&path);
    kh_path_join(&path, folder, KH_BOUNDS_FILE);
    KH_AUTO(kh_sink_free) kh_sink *sink = NULL;
    status = kh_sink_open(&sink, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    kh_sink_add(sink, content.ptr, content.len);
    return kh_sink_close(KH_TAKE(sink), err);
}

kh_status kh_bounds_check(const char *folder, const kh_rank_source *source,
                          kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_BOUNDS_FILE);
    KH_AUTO_BUF wanted;
    KH_AUTO_BUF found;
    kh_buf_init(&wanted, KH_BUF_MAX);
    kh_buf_init(&found, KH_BUF_MAX);
    kh_status status = kh_bounds_compute(&wanted, source, err);
    if (status == KH_OK)
        status = kh_file_read(&found, kh_buf_text(&path), KH_BUF_MAX, err);
    if (status == KH_OK && !kh_str_equal(kh_buf_str(&wanted), kh_buf_str(&found)))
        status = kh_fail(err, KH_ERR_CORRUPT, "postings and '%s' do not agree",
                         kh_buf_text(&path));
    return status;
}
