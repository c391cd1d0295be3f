/* bounds_check - write the file `bounds`, and learn it again from the postings. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "bounds.h"

kh_status kh_bounds_write(const char *folder, kh_str content, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_BOUNDS_FILE);
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open(&sink, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    kh_sink_add(sink, content.ptr, content.len);
    return kh_sink_close(sink, err);
}

/* Postings of a term as they are read. */
typedef struct postings {
    uint32_t *documents; /* owned */
    uint32_t *wdfs;      /* owned */
    size_t capacity;
} postings;

static void postings_release(postings *p)
{
    kh_free(p->documents);
    kh_free(p->wdfs);
}

static kh_status read_postings(postings *p, kh_term_postings *out,
                               kh_database *database, kh_error *err)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_status status = kh_posting_cursor_open(&cursor, database, out->term, err);
    size_t n = 0;
    for (; status == KH_OK; n += status == KH_OK) {
        if (n == p->capacity) {
            p->capacity = p->capacity ? 2 * p->capacity : 4096;
            p->documents = kh_realloc(p->documents, p->capacity * sizeof(uint32_t));
            p->wdfs = kh_realloc(p->wdfs, p->capacity * sizeof(uint32_t));
        }
        status = kh_posting_cursor_next(cursor, &p->documents[n], &p->wdfs[n], err);
    }
    out->documents = p->documents;
    out->wdfs = p->wdfs;
    out->n = n;
    return status == KH_END ? KH_OK : status;
}

static kh_status learn_terms(kh_bounds_learner *learner, kh_database *database,
                             kh_error *err)
{
    KH_CLEANUP(postings_release) postings p = { 0 };
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status = kh_term_cursor_open(&cursor, database, KH_STR(""), false, err);
    while (status == KH_OK) {
        kh_term_postings term;
        uint32_t n_documents = 0;
        status = kh_term_cursor_next(cursor, &term.term, &n_documents, err);
        if (status != KH_OK || n_documents < KH_BOUNDS_DOCUMENTS_MIN)
            continue;
        status = read_postings(&p, &term, database, err);
        if (status == KH_OK && !kh_bounds_learn(learner, &term))
            status = kh_fail(err, KH_ERR_CORRUPT, "a list names an unknown document");
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status learn(kh_buf *out, const kh_rank_source *source, kh_error *err)
{
    kh_database_stats stats;
    kh_status status = kh_database_statistics(&stats, source->database, err);
    if (status != KH_OK)
        return status;
    KH_AUTO(kh_bounds_learner_free)
    kh_bounds_learner *learner =
        kh_bounds_learner_open(source->n_lengths, stats.average_length);
    for (uint32_t d = 1; d <= source->n_lengths; d++) {
        const unsigned char *at = source->lengths + (size_t)(d - 1) * source->stride;
        kh_bounds_learn_length(learner, d,
                               (uint32_t)at[0] | (uint32_t)at[1] << 8 |
                                   (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
    }
    status = learn_terms(learner, source->database, err);
    if (status == KH_OK)
        kh_bounds_learnt(learner, out);
    return status;
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
    kh_status status = learn(&wanted, source, err);
    if (status == KH_OK)
        status = kh_file_read(&found, kh_buf_text(&path), KH_BUF_MAX, err);
    if (status == KH_OK && !kh_str_equal(kh_buf_str(&wanted), kh_buf_str(&found)))
        status = kh_fail(err, KH_ERR_CORRUPT, "postings and '%s' do not agree",
                         kh_buf_text(&path));
    return status;
}
