/* postings - metadata, lengths, terms: in the order that a database is written in, with
 * bounds and a digest taken by the way. */
#include "postings.h"

#include "base/hash.h"
#include "bounds.h"
#include "index/generation.h"
#include "tag_table.h"
#include "vocabulary_writer.h"

#define LOOK_EVERY 1024u /* terms between two questions whether to go on */

typedef struct writing {
    kh_postings_maker *maker;
    const kh_segment_content *content;
    kh_digester *digester;
    kh_bounds_learner *learner;
    kh_error *err;
} writing;

/* ---- metadata ---- */

static void digest_string(kh_digester *digester, kh_str text)
{
    uint64_t len = text.len;
    kh_digester_add(digester, kh_str_make((const char *)&len, sizeof(len)));
    kh_digester_add(digester, text);
}

static kh_status put(void *self, kh_str key, kh_str value, kh_error *err)
{
    writing *w = self;
    digest_string(w->digester, key);
    digest_string(w->digester, value);
    return w->maker->metadata.put(w->maker->metadata.self, key, value, err);
}

static kh_status put_buf(writing *w, const char *key, kh_buf *value)
{
    kh_status status = put(w, kh_str_from(key), kh_buf_str(value), w->err);
    kh_buf_reset(value);
    return status;
}

static void add_counts(kh_buf *out, const kh_segment_content *content, uint32_t n_tags)
{
    uint32_t first = 0;
    uint32_t last = 0;
    kh_date_span(content->dates, content->n_documents, &first, &last);
    kh_buf_add_varint(out, content->n_documents);
    kh_buf_add_varint(out, content->text_bytes);
    kh_buf_add_varint(out, n_tags);
    kh_buf_add_varint(out, first);
    kh_buf_add_varint(out, last);
}

/* What a reader without segment.json needs; keys ascend. */
static kh_status put_rest(writing *w, kh_str fingerprint, uint32_t n_tags)
{
    const kh_segment_content *content = w->content;
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    add_counts(&value, content, n_tags);
    kh_status status = put_buf(w, "counts", &value);
    kh_buf_add(&value, fingerprint);
    if (status == KH_OK)
        status = put_buf(w, "fingerprint", &value);
    for (size_t i = 0; i < content->n_languages; i++) {
        if (i > 0)
            kh_buf_add_char(&value, ' ');
        kh_buf_add(&value, content->languages[i]);
    }
    if (status == KH_OK && value.len > 0)
        status = put_buf(w, "languages", &value);
    kh_buf_printf(&value, "%u", KH_INDEX_VERSION);
    if (status == KH_OK)
        status = put_buf(w, "layout", &value);
    kh_buf_printf(&value, "%u", KH_RECORD_VERSION);
    if (status == KH_OK)
        status = put_buf(w, "record", &value);
    return status;
}

void kh_date_span(const uint32_t *dates, uint32_t n, uint32_t *first, uint32_t *last)
{
    for (uint32_t i = 0; i < n; i++) {
        if (dates[i] != 0 && (*first == 0 || dates[i] < *first))
            *first = dates[i];
        if (dates[i] > *last)
            *last = dates[i];
    }
}

/* ---- documents ---- */

static kh_status write_heads(writing *w)
{
    const kh_segment_content *content = w->content;
    size_t n = content->n_documents;
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += content->lengths[i];
    w->learner = kh_bounds_learner_open(content->n_documents,
                                        n > 0 ? (double)total / (double)n : 0);
    for (uint32_t d = 1; d <= content->n_documents; d++)
        kh_bounds_learn_length(w->learner, d, content->lengths[d - 1]);
    const uint32_t *arrays[] = { content->lengths, content->dates };
    for (size_t i = 0; i < KH_COUNT_OF(arrays); i++)
        digest_string(w->digester, kh_str_make((const char *)arrays[i],
                                               n > 0 ? n * sizeof(uint32_t) : 0));
    return w->maker->heads(w->maker->self, content, w->err);
}

/* ---- terms ---- */

static kh_status look_at_term(writing *w, const kh_term_postings *term)
{
    digest_string(w->digester, term->term);
    size_t bytes = term->n * sizeof(uint32_t);
    digest_string(w->digester, kh_str_make((const char *)term->documents, bytes));
    digest_string(w->digester, kh_str_make((const char *)term->wdfs, bytes));
    return kh_bounds_learn(w->learner, term)
               ? KH_OK
               : kh_fail(w->err, KH_ERR_CORRUPT, "a run of this build is damaged");
}

/* All terms from the one at hand on. found: what kh_term_merge_next() said of it. */
static kh_status write_terms(writing *w, kh_term_postings *term, kh_status found,
                             bool is_first)
{
    const kh_segment_content *content = w->content;
    kh_status status = found;
    for (unsigned i = 0; status == KH_OK; i++) {
        if (i % LOOK_EVERY == 0 && content->may_go_on != NULL)
            status = content->may_go_on(content->context, w->err);
        if (status == KH_OK && is_first)
            status = look_at_term(w, term);
        if (status == KH_OK)
            status = w->maker->term(w->maker->self, term, w->err);
        if (status == KH_OK)
            status = kh_term_merge_next(content->terms, term, w->err);
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status skip_tags(writing *w, kh_term_postings *term)
{
    kh_status status = kh_term_merge_rewind(w->content->terms, w->err);
    do {
        if (status == KH_OK)
            status = kh_term_merge_next(w->content->terms, term, w->err);
    } while (status == KH_OK && kh_is_tag_name(term->term));
    return status;
}

static kh_status write_all(writing *w, kh_str fingerprint, kh_postings_done *done)
{
    kh_metadata metadata = { w, put };
    kh_term_postings term;
    kh_status found = kh_tags_write(w->content->terms, w->content->dates, &metadata,
                                    &term, &done->n_tags, w->err);
    if (found != KH_OK && found != KH_END)
        return found;
    kh_status status = kh_vocabulary_write(w->content->spellings, &metadata, w->err);
    if (status == KH_OK)
        status = put_rest(w, fingerprint, done->n_tags);
    if (status == KH_OK)
        status = write_heads(w);
    if (status == KH_OK)
        status = write_terms(w, &term, found, true);
    bool again = false;
    if (status == KH_OK)
        status = w->maker->end(w->maker->self, &again, w->err);
    while (status == KH_OK && again) {
        found = skip_tags(w, &term);
        status = found == KH_OK || found == KH_END ? write_terms(w, &term, found, false)
                                                   : found;
        if (status == KH_OK)
            status = w->maker->end(w->maker->self, &again, w->err);
    }
    return status;
}

kh_status kh_postings_write(kh_postings_maker *maker, const kh_segment_content *content,
                            kh_str fingerprint, kh_postings_done *done, kh_error *err)
{
    writing w = {
        .maker = maker, .content = content, .digester = kh_digester_open(), .err = err
    };
    kh_status status = write_all(&w, fingerprint, done);
    if (status == KH_OK) {
        done->digest = kh_digester_read(w.digester);
        kh_bounds_learnt(w.learner, &done->bounds);
        status = maker->close(maker->self, err);
    }
    kh_digester_free(w.digester);
    kh_bounds_learner_free(w.learner);
    maker->free(maker->self);
    return status;
}
