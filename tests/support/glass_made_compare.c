/* glass_made_compare - is a database what the content says? */
#include <inttypes.h>

#include "dice.h"
#include "glass_made.h"

typedef struct subject {
    const made *content;
    kh_database *database;
    kh_buf buf;
    kh_error *err;
} subject;

#define DIFFERS(s, ...) kh_fail((s)->err, KH_ERR_CORRUPT, __VA_ARGS__)

static kh_status compare_statistics(subject *s)
{
    const made *content = s->content;
    kh_database_stats stats;
    kh_status status = kh_database_statistics(&stats, s->database, s->err);
    if (status != KH_OK)
        return status;

    uint64_t total = 0;
    for (size_t i = 0; i < content->n_documents; i++)
        total += content->lengths[i];
    size_t n = content->n_documents;
    if (stats.n_documents != n || stats.total_length != total ||
        stats.last_document != (n > 0 ? content->numbers[n - 1] : 0))
        return DIFFERS(s, "statistics: %" PRIu32 " documents of %" PRIu64,
                       stats.n_documents, stats.total_length);
    return KH_OK;
}

static kh_status compare_metadata(subject *s)
{
    const made *content = s->content;
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status =
        kh_term_cursor_open(&cursor, s->database, KH_STR(""), true, s->err);
    kh_str key;
    for (size_t i = 0; i < content->n_metadata && status == KH_OK; i++) {
        status = kh_term_cursor_next(cursor, &key, NULL, s->err);
        if (status == KH_END || !kh_str_equal(key, content->metadata[i].key))
            return DIFFERS(s, "key %zu of metadata", i);
        kh_buf_reset(&s->buf);
        if (status == KH_OK)
            status = kh_database_metadata(&s->buf, s->database, key, s->err);
        if (!kh_str_equal(kh_buf_str(&s->buf), content->metadata[i].value))
            return DIFFERS(s, "value %zu of metadata", i);
    }
    if (status != KH_OK)
        return status;
    status = kh_term_cursor_next(cursor, &key, NULL, s->err);
    return status == KH_END ? KH_OK : DIFFERS(s, "too many keys of metadata");
}

/* The documents of a list and their numbers, in turn and then by seeking. */
static kh_status compare_list(subject *s, kh_str term, const uint32_t *documents,
                              const uint32_t *wdfs, size_t n)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_status status = kh_posting_cursor_open(&cursor, s->database, term, s->err);
    uint32_t document;
    uint32_t wdf;
    for (size_t i = 0; i < n && status == KH_OK; i++) {
        status = kh_posting_cursor_next(cursor, &document, &wdf, s->err);
        if (status == KH_END || document != documents[i] ||
            (wdfs != NULL && wdf != wdfs[i]))
            return DIFFERS(s, "posting %zu of '%" KH_FMT "'", i, KH_ARG(term));
    }
    if (status != KH_OK)
        return status;
    status = kh_posting_cursor_next(cursor, &document, &wdf, s->err);
    if (status != KH_END)
        return DIFFERS(s, "too many postings of '%" KH_FMT "'", KH_ARG(term));

    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *seeking = NULL;
    status = kh_posting_cursor_open(&seeking, s->database, term, s->err);
    dice d = { n + 1 };
    for (size_t i = roll(&d, 9); i < n && status == KH_OK; i += 1 + roll(&d, 1500)) {
        uint32_t from = i > 0 ? documents[i - 1] + 1 : 1;
        status = kh_posting_cursor_seek(seeking, from, s->err);
        if (status == KH_OK)
            status = kh_posting_cursor_next(seeking, &document, &wdf, s->err);
        if (status == KH_END || document != documents[i])
            return DIFFERS(s, "posting %zu of '%" KH_FMT "', sought", i, KH_ARG(term));
    }
    return status;
}

static kh_status compare_term(subject *s, kh_term_cursor *cursor, const made_term *term)
{
    const made *content = s->content;
    kh_str text;
    uint32_t n;
    kh_status status = kh_term_cursor_next(cursor, &text, &n, s->err);
    if (status == KH_END || !kh_str_equal(text, term->text) || n != term->n)
        return DIFFERS(s, "term '%" KH_FMT "'", KH_ARG(term->text));
    kh_term_stats stats;
    if (status == KH_OK)
        status = kh_database_term(&stats, s->database, term->text, s->err);
    if (status != KH_OK)
        return status;

    uint64_t total = 0;
    uint32_t most = 0;
    const uint32_t *wdfs = content->wdfs + term->first;
    for (size_t i = 0; i < term->n; i++) {
        total += wdfs[i];
        most = wdfs[i] > most ? wdfs[i] : most;
    }
    if (stats.n_documents != term->n || stats.n_occurrences != total ||
        stats.max_wdf < most)
        return DIFFERS(s, "statistics of '%" KH_FMT "'", KH_ARG(term->text));
    return compare_list(s, term->text, content->documents + term->first, wdfs, term->n);
}

static kh_status compare_terms(subject *s)
{
    const made *content = s->content;
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status =
        kh_term_cursor_open(&cursor, s->database, KH_STR(""), false, s->err);
    for (size_t i = 0; i < content->n_terms && status == KH_OK; i++)
        status = compare_term(s, cursor, &content->terms[i]);
    if (status != KH_OK)
        return status;

    kh_str text;
    status = kh_term_cursor_next(cursor, &text, NULL, s->err);
    return status == KH_END ? KH_OK : DIFFERS(s, "too many terms");
}

static kh_status compare_documents(subject *s)
{
    const made *content = s->content;
    kh_status status = KH_OK;
    for (size_t i = 0; i < content->n_documents && status == KH_OK; i++) {
        uint32_t number = content->numbers[i];
        uint32_t length;
        status = kh_database_length(&length, s->database, number, s->err);
        if (status == KH_OK && length != content->lengths[i])
            return DIFFERS(s, "length of document %" PRIu32, number);
        kh_buf_reset(&s->buf);
        if (status == KH_OK)
            status = kh_database_data(&s->buf, s->database, number, s->err);
        if (status == KH_OK && !kh_str_equal(kh_buf_str(&s->buf), content->data[i]))
            return DIFFERS(s, "data of document %" PRIu32, number);
    }
    return status == KH_OK ? compare_list(s, KH_STR(""), content->numbers, NULL,
                                          content->n_documents)
                           : status;
}

static kh_status compare_slot(subject *s, const kh_glass_values *slot)
{
    const made *content = s->content;
    kh_status status = KH_OK;
    size_t at = 0;
    for (size_t i = 0; i < content->n_documents && status == KH_OK; i++) {
        kh_str value = KH_STR("");
        if (at < slot->n && slot->documents[at] == content->numbers[i]) {
            value = kh_str_make(slot->bytes + slot->starts[at],
                                slot->starts[at + 1] - slot->starts[at]);
            at++;
        }
        kh_buf_reset(&s->buf);
        status = kh_database_value(&s->buf, s->database, content->numbers[i],
                                   slot->slot, s->err);
        if (status == KH_OK && !kh_str_equal(kh_buf_str(&s->buf), value))
            return DIFFERS(s, "value %" PRIu32 " of document %" PRIu32, slot->slot,
                           content->numbers[i]);
    }
    return status;
}

static kh_status compare_all(subject *s)
{
    kh_status status = compare_statistics(s);
    if (status == KH_OK)
        status = compare_metadata(s);
    if (status == KH_OK)
        status = compare_terms(s);
    if (status == KH_OK)
        status = compare_documents(s);
    for (size_t i = 0; i < s->content->n_slots && status == KH_OK; i++)
        status = compare_slot(s, &s->content->slots[i]);
    return status;
}

kh_status made_compare(const made *content, const char *path, kh_error *err)
{
    kh_status status = kh_database_check(path, NULL, err);
    if (status != KH_OK)
        return status;

    KH_AUTO(kh_database_free) kh_database *database = NULL;
    status = kh_database_open(&database, &path, 1, err);
    if (status != KH_OK)
        return status;

    subject s = { .content = content, .database = database, .err = err };
    kh_buf_init(&s.buf, KH_BUF_MAX);
    status = compare_all(&s);
    kh_buf_release(&s.buf);
    return status;
}
