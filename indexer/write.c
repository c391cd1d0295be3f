/* write - the spool, as resolved, into a new segment.
 *
 * Articles keep their source order; superseded ones are left out before anything is
 * numbered. Their tags are final here, so the terms of tags that were cut out of a
 * glued line are added. The spool is gone through three times: a sample to count pairs
 * of characters as they are used, a sample for the dictionary of the rests, then all.
 */
#include "indexer/build.h"

#include "article/fields.h"
#include "base/file.h"
#include "index/segment.h"

#define STOP_EVERY 256u /* articles between two looks at the signals */

typedef struct writing {
    kh_build *build;
    const kh_pipeline_sinks *sinks;
    kh_segment_writer *segment;
    kh_inverter *inverter; /* of cut tags */
    kh_arena *arena;       /* of one article */
    kh_buf id_term;
    kh_buf tag_cut;
    kh_buf tag_tables;
    kh_error *err;
    kh_batch *batch; /* owned; NULL while words have no numbers */
    uint64_t number; /* of the article */
} writing;

/* One article of the spool; postings as they were inverted. */
typedef struct spooled {
    kh_spool_entry entry;
    kh_posting *postings;
    size_t n_postings;
    uint64_t key;
} spooled;

typedef kh_status (*take)(writing *w, spooled *article);

/* The articles of a piece that stay. */
static kh_status take_piece(writing *w, kh_str piece, take each)
{
    kh_cursor cursor = kh_cursor_of(piece);
    kh_status status = KH_OK;
    for (; cursor.ptr < cursor.end && status == KH_OK; w->number++) {
        spooled article = { 0 };
        if (w->number % STOP_EVERY == 0)
            status = kh_job_check_stop(w->err);
        kh_arena_reset(w->arena);
        if (status == KH_OK)
            status = kh_spool_entry_read(&article.entry, &cursor, w->arena, w->err);
        if (status == KH_OK)
            status = kh_spool_postings_read(&article.postings, &article.n_postings,
                                            &cursor, w->arena, w->err);
        if (status == KH_OK &&
            kh_resolve_article(w->sinks->resolve, w->number, &article.key))
            status = each(w, &article);
    }
    return status;
}

/* Go through the spool: tables of a batch, then its articles. */
static kh_status take_all(writing *w, bool is_numbered, take each)
{
    KH_AUTO_BUF tables;
    kh_buf_init(&tables, KH_BUF_MAX);
    kh_spool *spool = w->sinks->spool;
    kh_status status = kh_spool_rewind(spool, w->err);
    w->number = 0;
    kh_str piece;
    while (status == KH_OK &&
           (status = kh_spool_next(spool, &piece, w->err)) == KH_OK) {
        kh_buf_reset(&tables);
        kh_buf_add(&tables, piece);
        kh_batch_free(KH_TAKE(w->batch));
        if (is_numbered)
            status = kh_batch_open(&w->batch, w->sinks->numbers, kh_buf_str(&tables),
                                   w->err);
        if (status == KH_OK)
            status = kh_spool_next(spool, &piece, w->err);
        if (status == KH_OK)
            status = take_piece(w, piece, each);
    }
    kh_batch_free(KH_TAKE(w->batch));
    return status == KH_END ? KH_OK : status;
}

/* ---- the sample ---- */

static kh_status count_sample(writing *w, spooled *article)
{
    if (kh_numbers_samples(w->sinks->numbers, article->key))
        kh_numbers_sample(w->sinks->numbers, article->entry.cut);
    return KH_OK;
}

static kh_record_source source_of(const writing *w, const spooled *article)
{
    const kh_spool_entry *entry = &article->entry;
    return (kh_record_source){ .article = &entry->article,
                               .cuts = { { w->batch, entry->cut } },
                               .n_cuts = 1,
                               .key = article->key,
                               .text_hash = entry->text_hash,
                               .title_is_block = entry->title_is_block,
                               .deck_is_block = entry->deck_is_block };
}

static kh_status show_sample(writing *w, spooled *article)
{
    if (!kh_numbers_samples(w->sinks->numbers, article->key))
        return KH_OK;
    kh_record_source source = source_of(w, article);
    return kh_segment_writer_sample(w->segment, &source, w->err);
}

/* ---- all ---- */

static kh_posting id_posting(uint64_t key, kh_buf *term)
{
    char text[KH_KEY_CHARS + 1];
    kh_article_key_text(text, key);
    kh_buf_reset(term);
    kh_field_term(term, KH_FIELD_ID, kh_str_from(text));
    return (kh_posting){ kh_buf_str(term), 0 };
}

/* Tags that resolve cut: their terms, and a second cut in a batch of its own. */
static kh_status add_cut_tags(writing *w, spooled *article, kh_record_source *source,
                              kh_batch **batch)
{
    kh_article *whole = &article->entry.article;
    kh_tag *tags = NULL;
    size_t n_tags = 0;
    kh_status status =
        kh_resolve_tags(w->sinks->resolve, w->number, &tags, &n_tags, w->arena, w->err);
    if (status != KH_OK || n_tags == 0)
        return status;
    whole->tags = tags;
    whole->n_tags = n_tags;
    kh_buf_reset(&w->tag_cut);
    kh_buf_reset(&w->tag_tables);
    status = kh_invert_tags(w->inverter, whole, &article->postings,
                            &article->n_postings, &w->tag_cut, w->arena, w->err);
    kh_inverter_batch_end(w->inverter, &w->tag_tables);
    if (status == KH_OK)
        status =
            kh_batch_open(batch, w->sinks->numbers, kh_buf_str(&w->tag_tables), w->err);
    if (status == KH_OK)
        source->cuts[source->n_cuts++] = (kh_cut){ *batch, kh_buf_str(&w->tag_cut) };
    return status;
}

static kh_status write_article(writing *w, spooled *article)
{
    KH_AUTO(kh_batch_free) kh_batch *tag_batch = NULL;
    kh_record_source source = source_of(w, article);
    kh_status status = add_cut_tags(w, article, &source, &tag_batch);
    if (status != KH_OK)
        return status;
    size_t n = article->n_postings;
    kh_posting *all = kh_arena_alloc(w->arena, (n + 1) * sizeof(*all));
    memcpy(all, article->postings, n * sizeof(*all));
    all[n] = id_posting(article->key, &w->id_term);
    return kh_segment_writer_add(w->segment, &source, all, n + 1, w->err);
}

static kh_status write_segment(writing *w, const kh_pipeline *pipeline,
                               kh_str fingerprint, kh_segment_counts *counts)
{
    kh_numbers *numbers = w->sinks->numbers;
    kh_status status = KH_OK;
    if (kh_numbers_choose(numbers))
        status = take_all(w, false, count_sample);
    kh_numbers_finish(numbers);
    KH_AUTO(kh_segment_writer_free) kh_segment_writer *segment = NULL;
    if (status == KH_OK)
        status = kh_segment_writer_open(&segment, kh_buf_text(&w->build->path),
                                        fingerprint, numbers, w->err);
    w->segment = segment;
    if (status == KH_OK)
        status = take_all(w, true, show_sample);
    if (status == KH_OK)
        status = take_all(w, true, write_article);
    if (status != KH_OK)
        return status;
    kh_vocabulary_writer *vocabulary = kh_segment_writer_vocabulary(segment);
    kh_pipeline_spellings(pipeline, vocabulary);
    kh_inverter_spellings(w->inverter, vocabulary);
    return kh_segment_writer_close(KH_TAKE(segment), counts, w->err);
}

kh_status kh_build_write(kh_build *build, const kh_pipeline_sinks *sinks,
                         const kh_pipeline *pipeline, kh_error *err)
{
    KH_AUTO_BUF fingerprint;
    kh_buf_init(&fingerprint, KH_BUF_MAX);
    kh_fingerprint_write(&fingerprint, build->job->options, build->job->n_options);
    kh_segment_name(build->segment);
    kh_buf_reset(&build->path);
    kh_path_join(&build->path, build->job->folder, "segments/");
    kh_buf_add(&build->path, kh_str_from(build->segment));

    KH_AUTO(kh_inverter_free) kh_inverter *inverter = NULL;
    kh_status status = kh_inverter_open(&inverter, NULL, err);
    if (status != KH_OK)
        return status;
    writing w = { .build = build,
                  .sinks = sinks,
                  .inverter = inverter,
                  .arena = kh_arena_open(),
                  .err = err };
    kh_buf *bufs[] = { &w.id_term, &w.tag_cut, &w.tag_tables };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);
    kh_segment_counts counts = { 0 };
    status = write_segment(&w, pipeline, kh_buf_str(&fingerprint), &counts);
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
    kh_arena_free(w.arena);
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
