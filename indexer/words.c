/* words - status, check, generations: what khabar-index says of an index. */
#include "indexer/words.h"

#include <stdio.h>
#include <time.h>

#include "article/date.h"
#include "base/file.h"
#include "cli/message.h"
#include "cli/output.h"
#include "index/generation.h"
#include "index/last_run.h"
#include "text/analysis.h"

void kh_words_time(kh_buf *out, int64_t seconds)
{
    time_t moment = (time_t)seconds;
    struct tm day;
    char text[64] = "?";
    if (localtime_r(&moment, &day) != NULL)
        (void)strftime(text, sizeof(text), "%d %B %Y %H:%M", &day);
    kh_buf_add(out, kh_str_from(text + (text[0] == '0')));
}

static int trouble(const kh_error *err)
{
    kh_message_error(KH_INDEXER, err);
    return 2;
}

static kh_status load(kh_manifest *out, const kh_job *job, uint32_t number,
                      kh_arena *arena, kh_error *err)
{
    kh_status status = KH_OK;
    if (number == 0)
        status = kh_generation_current(&number, job->folder, err);
    if (status == KH_ERR_NOT_FOUND)
        return kh_words_absent(job, err);
    return status == KH_OK ? kh_manifest_peek(out, job->folder, number, arena, err)
                           : status;
}

/* False: it could not be written, which was said. */
static bool print(kh_buf *out)
{
    kh_error err = { 0 };
    if (kh_output_write(out, &err) != KH_ERR_IO)
        return true;
    kh_message_error(KH_INDEXER, &err);
    return false;
}

static void add_date(kh_buf *out, uint32_t packed)
{
    kh_date date = kh_date_unpack(packed);
    kh_date_format(out, &date);
}

static void add_age(kh_buf *out, int64_t seconds)
{
    if (seconds < 7200)
        kh_buf_printf(out, "%lld min ago", (long long)seconds / 60);
    else if (seconds < 172800)
        kh_buf_printf(out, "%lld h ago", (long long)seconds / 3600);
    else
        kh_buf_printf(out, "%lld days ago", (long long)seconds / 86400);
}

static void add_kept(kh_buf *out, const kh_job *job, uint32_t live, kh_arena *arena)
{
    uint32_t *numbers = NULL;
    size_t n = 0;
    if (kh_generation_list(&numbers, &n, job->folder, arena, NULL) != KH_OK)
        return;
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (numbers[i] == live)
            continue;
        kh_buf_printf(out, "%s%u", n_kept++ == 0 ? "; " : ", ", numbers[i]);
    }
    if (n_kept > 0)
        kh_buf_add(out, n_kept == 1 ? KH_STR(" is kept") : KH_STR(" are kept"));
}

#define UNFINISHED    "the last run did not finish"
#define OTHER_VERSION "the live generation is of another version: no query reads it"
#define UNREADABLE    "last-run.json cannot be read"

/* A builder that is at work, or ended without a word; whether it ended so. */
static bool add_builder(kh_buf *out, const kh_job *job)
{
    kh_lock_look look;
    kh_index_lock_look(&look, job->folder);
    if (look.state == KH_LOCK_FREE)
        return false;
    bool is_dead = look.state == KH_LOCK_LEFT;
    kh_buf_add(out, is_dead ? KH_STR("  last run   did not finish: began ")
                            : KH_STR("  running    since "));
    kh_words_time(out, look.since);
    kh_buf_printf(out,
                  is_dead ? " as process %ld; killed, or the disk was full\n"
                          : ", process %ld\n",
                  look.pid);
    return is_dead;
}

/* The last run as a line; what a monitor should know of it, or NULL. */
static const char *add_last_run(kh_buf *out, const kh_job *job)
{
    bool was_killed = add_builder(out, job);
    kh_last_run run;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    bool is_read = kh_last_run_load(&run, job->folder, arena, NULL) == KH_OK;
    if (!is_read)
        kh_buf_add(out, KH_STR("  last run   " UNREADABLE "\n"));
    if (!is_read || run.outcome.len == 0)
        return was_killed ? UNFINISHED : is_read ? NULL : UNREADABLE;
    kh_buf_add(out, was_killed ? KH_STR("  before it  ") : KH_STR("  last run   "));
    kh_words_time(out, run.ended_at);
    kh_buf_printf(out, ": %" KH_FMT ", exit %d", KH_ARG(run.outcome), run.exit_code);
    if (run.n_skipped > 0)
        kh_buf_printf(out, ", %u article%s skipped (%u new)", run.n_skipped,
                      run.n_skipped == 1 ? "" : "s", run.n_new_skipped);
    kh_buf_printf(out, ", %.1f s\n", (double)run.ms / 1e3);
    if (run.error.len > 0) {
        kh_buf_add(out, KH_STR("             "));
        kh_output_clean(out, run.error, false);
        kh_buf_add_char(out, '\n');
    }
    return was_killed ? UNFINISHED : run.exit_code == 2 ? "the last run failed" : NULL;
}

/* Why the next build may publish nothing. */
static void add_rolled_back(kh_buf *out, const kh_job *job)
{
    uint32_t from = 0;
    int64_t when = 0;
    if (kh_generation_rolled_back(&from, &when, job->folder, NULL) != KH_OK)
        return;
    kh_buf_printf(out, "  note       rolled back from generation %u on ", from);
    kh_words_time(out, when);
    kh_buf_add(out, KH_STR(": the same inputs are held until they change\n"));
}

static void add_versions(kh_buf *out, const kh_manifest *live)
{
    KH_AUTO_BUF versions;
    kh_buf_init(&versions, KH_BUF_MAX);
    kh_analysis_versions(&versions);
    if (kh_str_equal(kh_buf_str(&versions), live->versions))
        return;
    kh_buf_printf(out,
                  "  note       built with %" KH_FMT "; here is %" KH_FMT
                  ": the next build rebuilds\n",
                  KH_ARG(live->versions), KH_ARG(kh_buf_str(&versions)));
}

static bool can_read(const kh_job *job, const kh_manifest *manifest)
{
    return kh_fingerprint_check(manifest->fingerprint, job->folder, NULL) == KH_OK;
}

/* Whether a query can read it; what it is of, if not. */
static bool add_readable(kh_buf *out, const kh_job *job, const kh_manifest *live)
{
    kh_error why;
    if (kh_fingerprint_check(live->fingerprint, job->folder, &why) == KH_OK)
        return true;
    kh_buf_printf(out, "  note       no query can read it: %s\n", why.message);
    return false;
}

/* What a monitor should know of the last run, or NULL. */
static const char *add_status(kh_buf *out, const kh_job *job, const kh_manifest *live,
                              kh_arena *arena)
{
    kh_buf_printf(out, "%s: generation %u is live since ", job->folder, live->number);
    kh_words_time(out, live->built_at);
    kh_buf_add(out, KH_STR(", "));
    add_age(out, (int64_t)time(NULL) - live->built_at);
    add_kept(out, job, live->number, arena);
    kh_buf_add_char(out, '\n');
    const char *reason = add_last_run(out, job);
    kh_buf_printf(out, "  articles   %u from %zu input%s, %zu language%s",
                  live->n_articles, live->n_inputs, live->n_inputs == 1 ? "" : "s",
                  live->n_languages, live->n_languages == 1 ? "" : "s");
    if (live->n_skipped > 0)
        kh_buf_printf(out, ", %u skipped", live->n_skipped);
    if (live->first_date > 0) {
        kh_buf_add(out, KH_STR(", "));
        add_date(out, live->first_date);
        kh_buf_add(out, KH_STR(" to "));
        add_date(out, live->last_date);
    }
    kh_buf_printf(out, "; %u tags; analysis %u\n", live->n_tags,
                  kh_fingerprint_analysis(live->fingerprint));
    add_rolled_back(out, job);
    if (!add_readable(out, job, live))
        return OTHER_VERSION;
    add_versions(out, live);
    return reason;
}

static void add_json_status(kh_buf *out, const kh_job *job, const kh_manifest *live,
                            const kh_buf *reasons)
{
    KH_AUTO_BUF run;
    kh_buf_init(&run, KH_BUF_MAX);
    kh_lock_look look;
    kh_index_lock_look(&look, job->folder);
    kh_words_state state = { .builder = look.state,
                             .is_readable = can_read(job, live) };
    int64_t when = 0;
    if (kh_generation_rolled_back(&state.rolled_back_from, &when, job->folder, NULL) !=
        KH_OK)
        state.rolled_back_from = 0;
    state.reasons = kh_buf_str(reasons);
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_last_run loaded;
    if (kh_last_run_load(&loaded, job->folder, arena, NULL) == KH_OK &&
        kh_last_run_read(&run, job->folder, NULL) == KH_OK)
        state.last_run = kh_buf_str(&run);
    kh_words_json_status(out, live, &state);
}

/* Why --max-age is not content: a line each. */
static void add_reasons(kh_buf *out, const kh_job *job, int64_t age, const char *reason)
{
    if (job->max_age_seconds == 0)
        return;
    if (age > (int64_t)job->max_age_seconds) {
        kh_buf_add(out, KH_STR("the live generation was made "));
        add_age(out, age);
        kh_buf_add(out, KH_STR(", longer than --max-age\n"));
    }
    if (reason != NULL)
        kh_buf_printf(out, "%s\n", reason);
}

int kh_words_status(const kh_job *job)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_manifest live;
    kh_error err = { 0 };
    if (load(&live, job, 0, arena, &err) != KH_OK)
        return trouble(&err);
    int64_t age = (int64_t)time(NULL) - live.built_at;
    KH_AUTO_BUF reasons;
    kh_buf_init(&reasons, KH_BUF_MAX);
    add_reasons(&reasons, job, age, add_status(&out, job, &live, arena));
    kh_str rest = kh_buf_str(&reasons);
    for (kh_str line; kh_str_line(&rest, &line);)
        kh_buf_printf(&out, "  exit 1     %" KH_FMT "\n", KH_ARG(line));
    if (job->is_json) {
        kh_buf_reset(&out);
        add_json_status(&out, job, &live, &reasons);
    }
    if (!print(&out))
        return 2;
    return reasons.len > 0 ? 1 : 0;
}

kh_status kh_words_number(uint32_t *out, const kh_job *job, kh_error *err)
{
    unsigned long long number = 0;
    if (job->argument.len > 0 &&
        (!kh_str_number(job->argument, UINT32_MAX, &number) || number == 0))
        return kh_fail(err, KH_ERR_USAGE,
                       "'%s' takes the number of a generation, not '%" KH_FMT "'",
                       job->word == KH_WORD_CHECK      ? "check"
                       : job->word == KH_WORD_ROLLBACK ? "rollback"
                                                       : "failures",
                       KH_ARG(job->argument));
    *out = (uint32_t)number;
    return KH_OK;
}

int kh_words_check(const kh_job *job)
{
    kh_error err = { 0 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_manifest manifest;
    uint32_t generation = 0;
    kh_status status = kh_words_number(&generation, job, &err);
    if (status == KH_OK && generation == 0)
        status = kh_generation_current(&generation, job->folder, &err);
    if (status == KH_ERR_CORRUPT) /* nothing says which one to check */
        return trouble(&err);
    if (status == KH_ERR_NOT_FOUND) {
        (void)load(&manifest, job, 0, arena, &err); /* says so with the hint */
        return trouble(&err);
    }
    KH_AUTO_BUF log;
    kh_buf_init(&log, KH_BUF_MAX);
    if (status == KH_OK)
        status = kh_generation_check(job->folder, generation, &log, &err);
    bool is_known = status == KH_OK || (status == KH_ERR_CORRUPT && log.len > 0);
    if (job->is_json && is_known) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_words_json_check(&out, generation, kh_buf_str(&log));
        return !print(&out) ? 2 : status == KH_OK ? 0 : 1;
    }
    if (status == KH_OK) {
        if (!job->is_quiet)
            printf("%s: generation %u is sound\n", job->folder, generation);
        return 0;
    }
    if (log.len > 0 && status == KH_ERR_CORRUPT) { /* the first of them is in err */
        if (!print(&log))
            return 2;
        kh_fail(&err, status, "generation %u is damaged: '%s'", generation,
                job->folder);
    }
    if (status == KH_ERR_CORRUPT && err.hint[0] == '\0')
        kh_hint(&err, KH_HINT_DAMAGE, job->folder, job->folder);
    if (status == KH_ERR_VERSION)
        kh_generation_hint_version(&err, job->folder, generation);
    kh_message_error(KH_INDEXER, &err);
    return status == KH_ERR_CORRUPT ? 1 : 2;
}

int kh_words_generations(const kh_job *job)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_error err = { 0 };
    kh_error unknown = { 0 };
    uint32_t live = 0;
    uint32_t *numbers = NULL;
    size_t n = 0;
    kh_status found = kh_generation_current(&live, job->folder, &unknown);
    if (found != KH_OK && found != KH_ERR_CORRUPT)
        return trouble(&unknown);
    kh_status status = kh_generation_list(&numbers, &n, job->folder, arena, &err);
    if (status != KH_OK)
        return trouble(&err);
    for (size_t i = n; i-- > 0;) {
        kh_manifest manifest;
        bool is_live = numbers[i] == live;
        status = kh_manifest_peek(&manifest, job->folder, numbers[i], arena, &err);
        if (job->is_json && status == KH_OK)
            kh_words_json_generation(&out, &manifest, is_live,
                                     can_read(job, &manifest));
        else if (job->is_json)
            kh_words_json_damaged(&out, numbers[i], is_live, kh_str_from(err.message));
        else if (status != KH_OK)
            kh_buf_printf(&out, "%6u  damaged%s: %s\n", numbers[i],
                          is_live ? ", live" : "", err.message);
        if (job->is_json || status != KH_OK)
            continue;
        kh_buf_printf(&out, "%6u  ", numbers[i]);
        kh_words_time(&out, manifest.built_at);
        bool is_readable = can_read(job, &manifest);
        kh_buf_printf(&out, "  %u articles, %u skipped, %.1f MB%s%s\n",
                      manifest.n_articles, manifest.n_skipped,
                      (double)manifest.index_bytes / 1e6, is_live ? "  live" : "",
                      is_readable ? "" : "  of another version");
    }
    if (!print(&out))
        return 2;
    return found == KH_OK ? 0 : trouble(&unknown); /* none of them is live */
}
