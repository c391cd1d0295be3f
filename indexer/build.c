/* build - read, analyse, invert, resolve, write, verify, publish.
 *
 * Everything is made aside; only the last step, the rename of `current`, makes it live.
 * Whatever stops a build before that leaves the live generation as it was. */
#include "indexer/build.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "article/fields.h"
#include "base/file.h"
#include "cli/message.h"
#include "index/segment.h"
#include "text/analysis.h"

static void phase_done(kh_build *build, const char *name)
{
    uint64_t now = kh_clock_ms();
    kh_buf_printf(&build->phases, "%s\"%s\":%llu", build->phases.len > 0 ? "," : "",
                  name, (unsigned long long)(now - build->phase_start_ms));
    build->phase_start_ms = now;
}

/* ---- reading ---- */

typedef struct reading {
    kh_build *build;
    kh_read_stage *stage; /* NULL: only read */
    size_t n_doubts;      /* dates of the file at hand */
    kh_error *err;
} reading;

static kh_status add_failure(reading *r, const kh_place *place, const char *why)
{
    kh_failures_add(&r->build->failures, place, why);
    if (!r->build->job->is_strict)
        return KH_OK;
    KH_AUTO_BUF text;
    kh_buf_init(&text, 900);
    kh_failure_print(&text, &r->build->failures.items[r->build->failures.n - 1]);
    return kh_fail(r->err, KH_ERR_FORMAT, "not published (--strict): %s",
                   kh_buf_text(&text));
}

/* Dates and texts of a file beyond these are counted: of a feed it may be every one. */
#define DOUBTS_MAX 100u

/* An article that is in, but not all of it. */
static void warn_of(reading *r, const kh_reader *reader, const kh_article *article)
{
    kh_place place = kh_reader_place(reader);
    if (article->n_tags_left_out > 0) {
        char why[96];
        snprintf(why, sizeof(why), "%zu tags: the first %d are kept",
                 article->n_tags + article->n_tags_left_out, KH_ARTICLE_TAGS_MAX);
        kh_failures_add(&r->build->warnings, &place, why);
    }
    KH_AUTO_BUF why;
    kh_buf_init(&why, KH_BUF_MAX);
    if (article->date_doubt.len > 0 && r->n_doubts++ < DOUBTS_MAX) {
        kh_buf_add(&why, article->date_doubt);
        kh_failures_add(&r->build->warnings, &place, kh_buf_text(&why));
    }
    if (article->n_unreadable > 0 && r->n_doubts++ < DOUBTS_MAX) {
        kh_buf_reset(&why);
        kh_buf_printf(&why, "%zu character%s cannot be read: U+FFFD stands for %s",
                      article->n_unreadable, article->n_unreadable == 1 ? "" : "s",
                      article->n_unreadable == 1 ? "it" : "them");
        kh_failures_add(&r->build->warnings, &place, kh_buf_text(&why));
    }
}

/* Those beyond, in one. */
static void warn_of_more(reading *r, const kh_walk_file *file)
{
    if (r->n_doubts <= DOUBTS_MAX)
        return;
    char why[96];
    size_t n = r->n_doubts - DOUBTS_MAX;
    snprintf(why, sizeof(why),
             "%zu more dates or texts that cannot be read as they are", n);
    kh_place place = { .path = file->path };
    kh_failures_add(&r->build->warnings, &place, why);
}

/* Whether the same bytes may be read another time: they are not what is wrong. */
static bool is_of_system(kh_status status)
{
    return status == KH_ERR_IO || status == KH_ERR_NOT_FOUND;
}

/* All articles of an open file. An error that ends the file costs that file. */
static kh_status read_articles(reading *r, kh_reader *reader, size_t file)
{
    for (;;) {
        kh_article *article = NULL;
        kh_error why = { 0 };
        kh_status status = kh_reader_next(reader, &article, &why);
        kh_build_progress(r->build, reader, file);
        if (status == KH_END)
            return KH_OK;
        kh_status stop = kh_job_check_stop(r->err);
        if (stop == KH_OK && r->stage != NULL)
            stop = kh_build_room_left(r->build, r->stage, false, r->err);
        if (stop != KH_OK)
            return stop;
        if (status == KH_OK) {
            r->build->n_read++;
            warn_of(r, reader, article);
            status =
                r->stage != NULL ? kh_read_stage_add(r->stage, article, r->err) : KH_OK;
            if (status != KH_OK)
                return status;
            continue;
        }
        kh_place place = kh_reader_place(reader);
        kh_status added = add_failure(r, &place, why.message);
        if (added != KH_OK)
            return added;
        if (status == KH_ERR_FORMAT || status == KH_ERR_LIMIT)
            continue;
        r->build->walk.files[file].is_unread = is_of_system(status);
        return KH_OK; /* the rest of the file cannot be read */
    }
}

static kh_status read_file(reading *r, size_t i)
{
    kh_walk_file *file = &r->build->walk.files[i];
    kh_place place = { .path = file->path };
    if (file->why.len > 0)
        return add_failure(r, &place, file->why.ptr);
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_error why = { 0 };
    kh_status status = kh_reader_open(&reader, file->path.ptr, file->input,
                                      &r->build->job->reader, &why);
    if (status != KH_OK) {
        kh_status stop = kh_job_check_stop(r->err);
        if (stop != KH_OK)
            return stop;
        file->is_unread = is_of_system(status);
        return add_failure(r, &place, why.message);
    }
    r->n_doubts = 0;
    status = read_articles(r, reader, i);
    warn_of_more(r, file);
    kh_reader_progress progress = kh_reader_progress_read(reader);
    r->build->text_read += progress.text_bytes;
    r->build->n_members_left_alone += progress.n_skipped_members;
    return status;
}

static kh_status read_all(kh_build *build, kh_read_stage *stage, kh_error *err)
{
    reading r = { .build = build, .stage = stage, .err = err };
    kh_status status = KH_OK;
    for (size_t i = 0; i < build->walk.n_files && status == KH_OK; i++)
        status = read_file(&r, i);
    kh_build_progress_end(build, status == KH_OK);
    return status;
}

/* ---- publishing ---- */

static kh_status fill_manifest(kh_build *build, kh_error *err)
{
    kh_manifest *manifest = &build->manifest;
    const kh_job *job = build->job;
    kh_status status = kh_generation_next(&manifest->number, job->folder, err);
    if (status != KH_OK)
        return status;
    manifest->built_at = (int64_t)time(NULL);
    manifest->inputs = job->inputs;
    manifest->n_inputs = job->n_inputs;
    manifest->options = job->options;
    manifest->n_options = job->n_options;
    manifest->segments = kh_arena_alloc(build->arena, sizeof(kh_str));
    manifest->segments[0] = kh_str_from(build->segment);
    manifest->n_segments = 1;
    manifest->n_skipped = (uint32_t)build->failures.n;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_analysis_versions(&text);
    manifest->versions = kh_arena_copy(build->arena, kh_buf_str(&text));
    return KH_OK;
}

static kh_status publish(kh_build *build, kh_error *err)
{
    kh_status status = fill_manifest(build, err);
    if (status != KH_OK)
        return status;
    kh_manifest *manifest = &build->manifest;
    manifest->build_ms = kh_clock_ms() - build->start_ms;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_printf(&text, "{%" KH_FMT "}", KH_ARG(kh_buf_str(&build->phases)));
    manifest->phases = kh_arena_copy(build->arena, kh_buf_str(&text));
    kh_buf_reset(&text);
    kh_failures_write(&text, &build->failures);
    kh_failures_write(&text, &build->warnings);
    status =
        kh_generation_publish(build->job->folder, manifest, kh_buf_str(&text), err);
    if (status != KH_OK)
        return status;
    build->outcome = KH_OUTCOME_PUBLISHED;
    kh_error why = { 0 }; /* the new generation is live, whatever becomes of the old */
    if (kh_generation_prune(build->job->folder, build->job->keep, &why) != KH_OK)
        kh_message_warning(KH_INDEXER, "old generations are still there: %s",
                           why.message);
    return KH_OK;
}

/* ---- the segment ---- */

static kh_status nothing_read(const kh_build *build, kh_error *err)
{
    KH_AUTO_BUF first;
    kh_buf_init(&first, 700);
    if (build->failures.n > 0)
        kh_failure_print(&first, &build->failures.items[0]);
    kh_fail(err, KH_ERR_NOT_FOUND, "not published: not one article in the inputs%s%s",
            build->failures.n > 0 ? ", only failures: " : "", kh_buf_text(&first));
    if (build->has_live)
        kh_hint(err, "live is still generation %u; are all inputs mounted?",
                build->live.number);
    else if (build->walk.n_files == 0 && build->walk.n_links > 0)
        kh_hint(err, "links are not followed: to follow them: --follow");
    else if (build->walk.n_files == 0)
        kh_hint(err, "read are text, JSON and JSON lines, also packed or in archives");
    return KH_ERR_NOT_FOUND;
}

static kh_status make_spool(kh_spool **spool, kh_build *build, const char *name,
                            kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, kh_buf_text(&build->tmp), name);
    return kh_spool_create(spool, kh_buf_text(&path), err);
}

/* What workers count as theirs is two thirds of what they take: tables grow by
 * doubling, and what is given back does not all go back to the system. */
#define MEMORY_OF_RING ((uint64_t)48 << 20) /* of --memory, half of it at most */
#define MEMORY_MIN     ((uint64_t)1 << 20)

static uint64_t memory_of_workers(uint64_t memory)
{
    uint64_t left = memory / 2 > MEMORY_OF_RING ? memory - MEMORY_OF_RING : memory / 2;
    return left / 3 * 2 > MEMORY_MIN ? left / 3 * 2 : MEMORY_MIN;
}

static kh_read_plan plan_reading(const kh_build *build)
{
    const kh_job *job = build->job;
    return (kh_read_plan){ .n_jobs = job->n_jobs,
                           .memory_bytes = memory_of_workers(job->memory_bytes),
                           .runs_max = kh_runs_max(),
                           .default_lang = job->lang.len > 0 ? job->lang.ptr : NULL,
                           .folder = kh_buf_text(&build->tmp) };
}

static kh_status read_into(kh_build *build, kh_read_stage *stage, kh_error *err)
{
    kh_status status = read_all(build, stage, err);
    if (status == KH_OK)
        status = kh_read_stage_finish(stage, err);
    if (status == KH_OK)
        (void)kh_read_stage_runs(stage, &build->n_runs);
    if (status == KH_OK && build->n_read == 0)
        status = nothing_read(build, err);
    if (status == KH_OK)
        status = kh_build_room_left(build, stage, true, err);
    phase_done(build, "read");
    return status;
}

/* ---- what is done side by side before it is published ---- */

typedef struct task {
    kh_build *build;
    kh_status (*run)(kh_build *build, kh_error *err);
    pthread_t thread;
    bool is_running;
    kh_status status;
    kh_error err;
} task;

static void *run_task(void *argument)
{
    task *t = argument;
    t->status = t->run(t->build, &t->err);
    return NULL;
}

/* The disk takes its time, and no processor. */
static kh_status sync_segment(kh_build *build, kh_error *err)
{
    return kh_segment_writer_close(KH_TAKE(build->written), NULL, err);
}

/* Inputs are digested; what the build wrote for itself goes: a tenth of a second for
 * 200 MB. If it does not, tidy_up() tries again, and tells. */
static kh_status digest_and_remove(kh_build *build, kh_error *err)
{
    kh_status removed = kh_folder_remove(kh_buf_text(&build->tmp), NULL);
    (void)removed;
    return kh_build_digest_files(build, err);
}

/* The segment is synced and looked at, the inputs are digested. */
static kh_status settle(kh_build *build, kh_error *err)
{
    task tasks[] = { { .build = build, .run = sync_segment },
                     { .build = build, .run = digest_and_remove } };
    kh_build_list_files(build);
    kh_status status = KH_OK;
    for (size_t i = 0; i < KH_COUNT_OF(tasks) && status == KH_OK; i++) {
        status = kh_job_thread(&tasks[i].thread, run_task, &tasks[i], err);
        tasks[i].is_running = status == KH_OK;
    }
    if (status == KH_OK)
        status = kh_build_verify(build, err);
    for (size_t i = 0; i < KH_COUNT_OF(tasks); i++) {
        if (!tasks[i].is_running)
            continue;
        (void)pthread_join(tasks[i].thread, NULL);
        if (status == KH_OK && tasks[i].status != KH_OK && err != NULL)
            *err = tasks[i].err;
        if (status == KH_OK)
            status = tasks[i].status;
    }
    return status == KH_OK ? kh_job_check_stop(err) : status;
}

/* ---- the way ---- */

/* The segment, and nothing left of what it was made of but files. */
static kh_status make_segment(kh_build *build, kh_error *err)
{
    KH_AUTO(kh_spool_free) kh_spool *spool = NULL;
    KH_AUTO(kh_spool_free) kh_spool *sample = NULL;
    KH_AUTO(kh_resolve_free) kh_resolve *resolve = kh_resolve_open();
    kh_path_join(&build->tmp, build->job->folder, "tmp");
    kh_read_plan plan = plan_reading(build);
    plan.resolve = resolve;
    KH_AUTO(kh_read_stage_free) kh_read_stage *stage = NULL;
    kh_status status = kh_folder_make(kh_buf_text(&build->tmp), err);
    if (status == KH_OK)
        status = make_spool(&spool, build, "spool", err);
    if (status == KH_OK)
        status = make_spool(&sample, build, "sample", err);
    plan.spool = spool;
    plan.sample = sample;
    if (status == KH_OK)
        status = kh_read_stage_open(&stage, &plan, err);
    if (status == KH_OK)
        status = read_into(build, stage, err);
    if (status != KH_OK)
        return status;
    build->resolved = kh_resolve_finish(resolve);
    status = kh_build_guard(build, resolve, err);
    phase_done(build, "resolve");
    const kh_build_input input = { stage, spool, sample, resolve };
    if (status == KH_OK)
        status = kh_build_write(build, &input, err);
    phase_done(build, "write");
    return status;
}

static kh_status build_segment(kh_build *build, kh_error *err)
{
    kh_status status = make_segment(build, err);
    if (status == KH_OK)
        status = settle(build, err);
    phase_done(build, "verify");
    kh_checking_free(KH_TAKE(build->checking)); /* when something else failed */
    kh_segment_writer_free(KH_TAKE(build->written));
    return status;
}

static kh_status dry_run(kh_build *build, kh_error *err)
{
    kh_status status = read_all(build, NULL, err);
    build->outcome = KH_OUTCOME_DRY_RUN;
    return status;
}

static kh_status compare_failures(kh_build *build, kh_error *err)
{
    KH_AUTO_BUF earlier;
    kh_buf_init(&earlier, KH_BUF_MAX);
    kh_status status = KH_OK;
    if (build->has_live)
        status = kh_generation_failures(&earlier, build->job->folder,
                                        build->live.number, err);
    kh_failures_compare(&build->failures, kh_buf_str(&earlier));
    kh_failures_compare(&build->warnings, kh_buf_str(&earlier));
    return status == KH_ERR_NOT_FOUND ? KH_OK : status;
}

static kh_status run(kh_build *build, kh_error *err)
{
    const kh_job *job = build->job;
    kh_status status = kh_build_load_live(build, err);
    if (status == KH_OK)
        status = kh_walk_inputs(&build->walk, job->inputs, job->n_inputs, &job->walk,
                                build->arena, err);
    if (status != KH_OK)
        return status;
    if (kh_build_unchanged(build)) {
        build->outcome = KH_OUTCOME_UNCHANGED;
        return KH_OK;
    }
    if (kh_build_held(build)) {
        build->outcome = KH_OUTCOME_HELD;
        return KH_OK;
    }
    if (job->is_dry_run)
        return dry_run(build, err);
    status = kh_build_room(build, err);
    if (status == KH_OK)
        status = build_segment(build, err);
    if (status == KH_OK)
        status = publish(build, err);
    return status;
}

/* What is left to do whatever came out, and changes nothing of that: which failures are
 * new; our own debris, what is live stays. */
static void tidy_up(kh_build *build)
{
    kh_error why = { 0 };
    if (compare_failures(build, &why) != KH_OK)
        kh_message_warning(KH_INDEXER, "which failures are new is not known: %s",
                           why.message);
    if (!build->job->is_dry_run &&
        kh_generation_clean(NULL, build->job->folder, &why) != KH_OK)
        kh_message_warning(KH_INDEXER, "what a build left is still there: %s",
                           why.message);
}

/* An error behind the change of `current` leaves the new generation live. */
static void look_what_is_live(kh_build *build)
{
    uint32_t number = 0;
    if (kh_generation_current(&number, build->job->folder, NULL) != KH_OK ||
        number != build->manifest.number || number == 0)
        return;
    build->live = build->manifest;
    build->has_live = true;
}

kh_status kh_build_run(kh_build *build, const kh_job *job, kh_error *err)
{
    *build = (kh_build){ .job = job, .outcome = KH_OUTCOME_FAILED };
    build->arena = kh_arena_open();
    build->start_ms = build->phase_start_ms = kh_clock_ms();
    kh_failures_init(&build->failures, "failure");
    kh_failures_init(&build->warnings, "warning");
    kh_buf_init(&build->phases, KH_BUF_MAX);
    kh_buf_init(&build->tmp, KH_BUF_MAX);
    kh_buf_init(&build->path, KH_BUF_MAX);

    kh_status status = KH_OK;
    if (!job->is_dry_run)
        status = kh_generation_clean(NULL, job->folder,
                                     err); /* debris of a build that died */
    if (status == KH_OK)
        status = run(build, err);
    tidy_up(build);
    if (status != KH_OK)
        look_what_is_live(build);
    if (status != KH_OK && err != NULL)
        kh_build_room_advise(err);
    return status;
}

void kh_build_release(kh_build *build)
{
    kh_failures_release(&build->failures);
    kh_failures_release(&build->warnings);
    kh_buf_release(&build->phases);
    kh_buf_release(&build->path);
    kh_buf_release(&build->tmp);
    kh_arena_free(build->arena);
}
