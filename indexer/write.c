/* write - the spool, as resolved, into a new segment.
 *
 * Articles keep their source order; superseded ones are left out before anything is
 * numbered. Their tags are final here, so the terms of tags that were cut out of a
 * glued line are added. */
#include "indexer/build.h"

#include "article/fields.h"
#include "base/file.h"
#include "index/segment.h"

#define STOP_EVERY 256u /* articles between two looks at the signals */

typedef struct writing {
    kh_build *build;
    const kh_resolve *resolve;
    kh_segment_writer *segment;
    kh_inverter *inverter; /* of cut tags */
    kh_arena *arena;       /* of one article */
    kh_error *err;
    uint64_t number;
} writing;

static kh_posting id_posting(uint64_t key, kh_buf *term)
{
    char text[KH_KEY_CHARS + 1];
    kh_article_key_text(text, key);
    kh_buf_reset(term);
    kh_field_term(term, KH_FIELD_ID, kh_str_from(text));
    return (kh_posting){ kh_buf_str(term), 0 };
}

static kh_status write_article(writing *w, kh_cursor *cursor, kh_buf *id_term)
{
    kh_article article;
    kh_posting *postings = NULL;
    size_t n = 0;
    uint64_t key = 0;
    kh_arena_reset(w->arena);
    kh_status status = kh_spool_article_read(&article, cursor, w->arena, w->err);
    if (status == KH_OK)
        status = kh_spool_postings_read(&postings, &n, cursor, w->arena, w->err);
    if (status != KH_OK || !kh_resolve_article(w->resolve, w->number, &key))
        return status;

    kh_tag *tags = NULL;
    size_t n_tags = 0;
    status = kh_resolve_tags(w->resolve, w->number, &tags, &n_tags, w->arena, w->err);
    if (status == KH_OK && n_tags > 0) {
        article.tags = tags;
        article.n_tags = n_tags;
        status = kh_invert_tags(w->inverter, &article, &postings, &n, w->arena, w->err);
    }
    if (status != KH_OK)
        return status;
    kh_posting *all = kh_arena_alloc(w->arena, (n + 1) * sizeof(*all));
    memcpy(all, postings, n * sizeof(*all));
    all[n] = id_posting(key, id_term);
    return kh_segment_writer_add(w->segment, &article, key, all, n + 1, w->err);
}

/* Every so many articles one, spread over all, so that records are packed by what they
 * share. */
#define SAMPLES_WANTED 3000u

static kh_status sample_all(writing *w, kh_spool *spool)
{
    uint64_t step = w->build->resolved.n_articles / SAMPLES_WANTED + 1;
    kh_status status = kh_spool_rewind(spool, w->err);
    uint64_t number = 0;
    kh_str piece;
    while (status == KH_OK &&
           (status = kh_spool_next(spool, &piece, w->err)) == KH_OK) {
        kh_cursor cursor = kh_cursor_of(piece);
        for (; cursor.ptr < cursor.end && status == KH_OK; number++) {
            kh_article article;
            kh_posting *postings = NULL;
            size_t n = 0;
            kh_arena_reset(w->arena);
            status = kh_spool_article_read(&article, &cursor, w->arena, w->err);
            if (status == KH_OK)
                status =
                    kh_spool_postings_read(&postings, &n, &cursor, w->arena, w->err);
            if (status == KH_OK && number % step == 0)
                kh_segment_writer_sample(w->segment, &article);
        }
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status write_all(writing *w, kh_spool *spool)
{
    KH_AUTO_BUF id_term;
    kh_buf_init(&id_term, 256);
    kh_status status = kh_spool_rewind(spool, w->err);
    kh_str piece;
    while (status == KH_OK &&
           (status = kh_spool_next(spool, &piece, w->err)) == KH_OK) {
        kh_cursor cursor = kh_cursor_of(piece);
        while (cursor.ptr < cursor.end && status == KH_OK) {
            if (w->number % STOP_EVERY == 0)
                status = kh_job_check_stop(w->err);
            if (status == KH_OK)
                status = write_article(w, &cursor, &id_term);
            w->number++;
        }
    }
    return status == KH_END ? KH_OK : status;
}

kh_status kh_build_write(kh_build *build, kh_spool *spool, const kh_resolve *resolve,
                         const kh_pipeline *pipeline, kh_error *err)
{
    KH_AUTO_BUF fingerprint;
    kh_buf_init(&fingerprint, KH_BUF_MAX);
    kh_fingerprint_write(&fingerprint, build->job->options, build->job->n_options);
    kh_segment_name(build->segment);
    kh_buf_reset(&build->path);
    kh_path_join(&build->path, build->job->folder, "segments/");
    kh_buf_add(&build->path, kh_str_from(build->segment));

    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO(kh_segment_writer_free) kh_segment_writer *segment = NULL;
    KH_AUTO(kh_inverter_free) kh_inverter *inverter = NULL;
    kh_status status = kh_inverter_open(&inverter, NULL, err);
    if (status == KH_OK)
        status = kh_segment_writer_open(&segment, kh_buf_text(&build->path),
                                        kh_buf_str(&fingerprint), err);
    if (status != KH_OK)
        return status;
    writing w = { .build = build,
                  .resolve = resolve,
                  .segment = segment,
                  .inverter = inverter,
                  .arena = arena,
                  .err = err };
    status = sample_all(&w, spool);
    if (status == KH_OK)
        status = write_all(&w, spool);
    if (status != KH_OK)
        return status;
    kh_vocabulary_writer *vocabulary = kh_segment_writer_vocabulary(segment);
    kh_pipeline_spellings(pipeline, vocabulary);
    kh_inverter_spellings(inverter, vocabulary);

    kh_segment_counts counts;
    status = kh_segment_writer_close(KH_TAKE(segment), &counts, err);
    if (status != KH_OK)
        return status;
    kh_manifest *manifest = &build->manifest;
    manifest->n_articles = counts.n_articles;
    manifest->text_bytes = counts.text_bytes;
    manifest->index_bytes = counts.index_bytes;
    manifest->first_date = counts.first_date;
    manifest->last_date = counts.last_date;
    manifest->n_tags = counts.n_tags;
    manifest->fingerprint = kh_arena_copy(build->arena, kh_buf_str(&fingerprint));
    return KH_OK;
}
