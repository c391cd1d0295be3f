/* write - what was spooled, as resolved, into a new segment.
 *
 * Articles keep their source order; superseded ones are left out before anything is
 * numbered. Two things are made side by side: the postings, on a thread of their own,
 * by merging all runs; the records, by packers, in the order of the spool. Before that
 * the words get their numbers, and a sample of the articles is looked at twice: to
 * count pairs of characters as they are used, and for the dictionary of the rests. */
#include <pthread.h>
#include <stdatomic.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/file.h"
#include "index/segment.h"
#include "indexer/build.h"
#include "indexer/pack_stage.h"
#include "indexer/spooled.h"

typedef struct writing {
    kh_build *build;
    const kh_build_input *input;
    const char *tmp;
    kh_late_tags *late;
    kh_documents documents;
    kh_numbers *numbers;
    kh_segment_writer *segment;
    kh_batches *batches;
    kh_press *press;
    kh_arena *arena;
    kh_buf packed;
    kh_buf plain;
    kh_error *err;
} writing;

/* ---- the sample ---- */

typedef kh_status (*look)(writing *w, kh_spooled *article, const kh_batch *batch);

static kh_status look_at_piece(writing *w, const kh_piece_head *head, bool is_sample,
                               look each)
{
    kh_cursor cursor = kh_cursor_of(kh_buf_str(&w->plain));
    const kh_batch *batch = NULL;
    kh_status status = kh_job_check_stop(w->err);
    if (status == KH_OK && w->batches != NULL)
        status = kh_batches_of(w->batches, head, &batch, w->err);
    for (uint32_t i = 0; i < head->n_articles && status == KH_OK; i++) {
        uint64_t number = is_sample ? kh_cursor_varint(&cursor) : head->first + i;
        kh_spooled article;
        status = kh_spooled_read(&article, &cursor, w->arena, w->err);
        uint64_t key;
        if (status == KH_OK && kh_resolve_article(w->input->resolve, number, &key))
            status = each(w, &article, batch);
    }
    if (w->batches != NULL)
        kh_batches_done(w->batches, head);
    return status;
}

/* The articles of the sample: all, if they are few. */
static kh_status look_at_sample(writing *w, look each)
{
    bool is_sample = !kh_numbers_samples(w->numbers, 1);
    kh_spool *spool = is_sample ? w->input->sample : w->input->spool;
    kh_status status = kh_spool_rewind(spool, w->err);
    kh_piece_head head;
    while (status == KH_OK) {
        kh_buf_reset(&w->packed);
        kh_buf_reset(&w->plain);
        kh_arena_reset(w->arena);
        status = kh_spool_next(spool, &head, &w->packed, w->err);
        if (status == KH_OK)
            status = kh_press_unpack(w->press, &w->plain, kh_buf_str(&w->packed),
                                     head.plain_bytes, w->err);
        if (status == KH_OK)
            status = look_at_piece(w, &head, is_sample, each);
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status count_pairs(writing *w, kh_spooled *article, const kh_batch *batch)
{
    (void)batch;
    kh_numbers_sample(w->numbers, article->cut);
    return KH_OK;
}

static kh_status show_rest(writing *w, kh_spooled *article, const kh_batch *batch)
{
    kh_record_source source = { .article = &article->article,
                                .cuts = { { batch, article->cut } },
                                .n_cuts = 1,
                                .text_hash = article->text_hash,
                                .title_is_block = article->title_is_block,
                                .deck_is_block = article->deck_is_block };
    return kh_record_writer_sample(kh_segment_writer_records(w->segment), &source,
                                   w->err);
}

/* ---- numbers ---- */

static kh_status goes_on(void *context, kh_error *err)
{
    (void)context;
    return kh_job_check_stop(err);
}

static kh_status give_numbers(writing *w)
{
    size_t n = 0;
    const kh_read_batch *batches = kh_read_stage_batches(w->input->stage, &n);
    for (size_t i = 0; i < n; i++)
        (void)kh_numbers_add(w->numbers, batches[i].files->words);
    kh_numbers_watch(w->numbers, goes_on, NULL);
    bool has_pairs = false;
    kh_status status = kh_numbers_choose(w->numbers, &has_pairs, w->err);
    if (status == KH_OK && has_pairs)
        status = look_at_sample(w, count_pairs);
    kh_numbers_finish(w->numbers);
    return status;
}

/* ---- postings ---- */

/* Paths of all runs of one kind, those of a worker beside each other. */
typedef struct paths {
    const char **terms; /* owned */
    size_t n_terms;
    const char **spellings; /* owned */
    size_t n_spellings;
    kh_buf ids; /* path of the run of ids */
} paths;

static void paths_release(paths *p)
{
    kh_free(p->terms);
    kh_free(p->spellings);
    kh_buf_release(&p->ids);
}

static void list_terms(paths *p, const writing *w)
{
    size_t n = 0;
    size_t n_late = 0;
    const char *const *runs = kh_read_stage_runs(w->input->stage, &n);
    const char *const *late = kh_late_tags_runs(w->late, &n_late);
    p->terms = kh_alloc((n + n_late + 1) * sizeof(char *));
    for (size_t i = 0; i < n; i++)
        p->terms[p->n_terms++] = runs[i];
    for (size_t i = 0; i < n_late; i++)
        p->terms[p->n_terms++] = late[i];
    kh_buf_init(&p->ids, KH_BUF_MAX);
    kh_path_join(&p->ids, w->tmp, "ids");
    p->terms[p->n_terms++] = kh_buf_text(&p->ids);
}

static void list_spellings(paths *p, const writing *w)
{
    size_t n = 0;
    size_t n_late = 0;
    const kh_read_batch *batches = kh_read_stage_batches(w->input->stage, &n);
    const kh_inverter_batch_files *late = kh_late_tags_batches(w->late, &n_late);
    p->spellings = kh_alloc((n + n_late + 1) * sizeof(char *));
    for (size_t i = 0; i < n; i++)
        p->spellings[p->n_spellings++] = batches[i].files->spellings;
    for (size_t i = 0; i < n_late; i++)
        p->spellings[p->n_spellings++] = late[i].spellings;
}

/* The thread that merges. */
typedef struct merging {
    writing *w;
    pthread_t thread;
    atomic_bool is_wanted; /* false: the records failed */
    atomic_bool has_failed;
    kh_status status;
    kh_error err;
} merging;

static kh_status may_go_on(void *context, kh_error *err)
{
    const merging *m = context;
    if (!atomic_load(&m->is_wanted))
        return kh_fail(err, KH_ERR_INTERRUPTED, "interrupted");
    return kh_job_check_stop(err);
}

static kh_status merge_runs(merging *m)
{
    const writing *w = m->w;
    KH_CLEANUP(paths_release) paths p = { 0 };
    KH_AUTO(kh_term_merge_free) kh_term_merge *terms = NULL;
    KH_AUTO(kh_counts_merge_free) kh_counts_merge *spellings = NULL;
    list_terms(&p, w);
    list_spellings(&p, w);
    kh_status status =
        kh_resolve_write_ids(w->input->resolve, kh_buf_text(&p.ids), &m->err);
    if (status == KH_OK)
        status =
            kh_term_merge_open(&terms, p.terms, p.n_terms, &w->documents.map, &m->err);
    if (status == KH_OK)
        status = kh_counts_merge_open(&spellings, p.spellings, p.n_spellings, &m->err);
    if (status != KH_OK)
        return status;
    const kh_segment_content content = { .n_documents = w->documents.n,
                                         .lengths = w->documents.lengths,
                                         .dates = w->documents.dates,
                                         .text_bytes = w->documents.text_bytes,
                                         .languages = w->documents.languages,
                                         .n_languages = w->documents.n_languages,
                                         .terms = terms,
                                         .spellings = spellings,
                                         .may_go_on = may_go_on,
                                         .context = m };
    return kh_segment_write_postings(w->segment, &content, w->build->job->maker,
                                     &m->err);
}

static void *run_merging(void *argument)
{
    merging *m = argument;
    m->status = merge_runs(m);
    kh_build *build = m->w->build;
    if (m->status == KH_OK && atomic_load(&m->is_wanted))
        m->status =
            kh_checking_start(&build->checking, kh_buf_text(&build->path), &m->err);
    atomic_store(&m->has_failed, m->status != KH_OK);
    return NULL;
}

/* ---- the segment ---- */

/* Records without postings are of no use. */
static kh_status may_pack(void *context, kh_error *err)
{
    const merging *m = context;
    kh_status status = kh_job_check_stop(err);
    if (status == KH_OK && atomic_load(&m->has_failed))
        return kh_fail(err, KH_ERR_INTERRUPTED, "interrupted");
    return status;
}

static kh_status write_records(writing *w, merging *m)
{
    kh_record_writer *records = kh_segment_writer_records(w->segment);
    kh_status status =
        kh_batches_open(&w->batches, w->numbers, w->input->stage, w->late, w->err);
    if (status == KH_OK)
        status = look_at_sample(w, show_rest);
    const kh_known_words known = kh_read_stage_words(w->input->stage);
    if (status == KH_OK)
        status = kh_record_writer_begin(records, &known, w->err);
    const kh_pack_plan plan = { .n_jobs = w->build->job->n_jobs,
                                .spool = w->input->spool,
                                .resolve = w->input->resolve,
                                .documents = &w->documents,
                                .late = w->late,
                                .batches = w->batches,
                                .records = records,
                                .may_go_on = may_pack,
                                .context = m };
    return status == KH_OK ? kh_pack_all(&plan, w->err) : status;
}

/* Postings and records, side by side. */
static kh_status write_both(writing *w)
{
    merging m = { .w = w, .is_wanted = true };
    kh_status status = kh_job_thread(&m.thread, run_merging, &m, w->err);
    if (status != KH_OK)
        return status;
    status = give_numbers(w);
    if (status == KH_OK)
        status = write_records(w, &m);
    if (status != KH_OK)
        atomic_store(&m.is_wanted, false);
    pthread_join(m.thread, NULL);
    bool is_cause = status == KH_OK || m.status != KH_ERR_INTERRUPTED;
    if (is_cause && m.status != KH_OK) {
        status = m.status;
        if (w->err != NULL)
            *w->err = m.err;
    }
    return status;
}

static kh_status write_segment(writing *w, kh_str fingerprint,
                               kh_segment_counts *counts)
{
    const kh_late_plan late = { .folder = w->tmp,
                                .number = w->build->job->n_jobs,
                                .memory_bytes = w->build->job->memory_bytes,
                                .runs_max = kh_runs_max() / 8 };
    kh_status status = kh_late_tags_make(&w->late, &late, w->input->resolve, w->err);
    if (status == KH_OK)
        status = kh_resolve_number(w->input->resolve, &w->documents, w->err);
    if (status == KH_OK)
        status = kh_segment_writer_open(&w->segment, kh_buf_text(&w->build->path),
                                        fingerprint, w->numbers, w->err);
    if (status == KH_OK)
        status = write_both(w);
    if (status == KH_OK)
        status = kh_segment_writer_finish(w->segment, counts, w->err);
    return status;
}

static void fill_manifest(kh_build *build, const kh_segment_counts *counts,
                          kh_str fingerprint)
{
    kh_manifest *manifest = &build->manifest;
    manifest->n_articles = counts->n_articles;
    manifest->text_bytes = counts->text_bytes;
    manifest->index_bytes = counts->index_bytes;
    manifest->first_date = counts->first_date;
    manifest->last_date = counts->last_date;
    manifest->n_tags = counts->n_tags;
    manifest->content = counts->content;
    manifest->fingerprint = kh_arena_copy(build->arena, fingerprint);
}

kh_status kh_build_write(kh_build *build, const kh_build_input *input, kh_error *err)
{
    KH_AUTO_BUF fingerprint;
    kh_buf_init(&fingerprint, KH_BUF_MAX);
    kh_fingerprint_write(&fingerprint, build->job->options, build->job->n_options);
    kh_segment_name(build->segment);
    kh_buf_reset(&build->path);
    kh_path_join(&build->path, build->job->folder, "segments/");
    kh_buf_add(&build->path, kh_str_from(build->segment));

    writing w = { .build = build,
                  .input = input,
                  .tmp = kh_buf_text(&build->tmp),
                  .numbers = kh_numbers_open(),
                  .arena = kh_arena_open(),
                  .err = err };
    kh_buf_init(&w.packed, KH_BUF_MAX);
    kh_buf_init(&w.plain, KH_BUF_MAX);
    kh_segment_counts counts = { 0 };
    kh_status status = kh_press_open(&w.press, err);
    if (status == KH_OK)
        status = write_segment(&w, kh_buf_str(&fingerprint), &counts);
    if (status == KH_OK) {
        fill_manifest(build, &counts, kh_buf_str(&fingerprint));
        build->written = KH_TAKE(w.segment);
    }
    kh_segment_writer_free(w.segment);
    kh_batches_free(w.batches);
    kh_numbers_free(w.numbers);
    kh_late_tags_free(w.late);
    kh_press_free(w.press);
    kh_arena_free(w.arena);
    kh_buf_release(&w.packed);
    kh_buf_release(&w.plain);
    return status;
}
