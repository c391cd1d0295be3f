/* report - what a build says when it is done: summary, last-run.json. */
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/output.h"
#include "index/last_run.h"
#include "indexer/build.h"
#include "indexer/words.h"

static void say(kh_buf *line)
{
    (void)fwrite(line->ptr, 1, line->len, stderr);
    kh_buf_reset(line);
}

/* ---- summary ---- */

/* The first of them. */
static void add_first(kh_buf *out, const char *label, const kh_failures *failures,
                      const kh_build *build)
{
    if (failures->n == 0)
        return;
    kh_buf_printf(out, "  %-10s ", label);
    KH_AUTO_BUF text;
    kh_buf_init(&text, 4096);
    kh_failure_print(&text, &failures->items[0]);
    kh_output_clean(out, kh_buf_str(&text), false);
    if (build->outcome == KH_OUTCOME_PUBLISHED)
        kh_buf_add(out, KH_STR("  (all: khabar-index failures)"));
    kh_buf_add_char(out, '\n');
}

static void add_suffixes(kh_buf *out, const kh_walk *walk)
{
    for (size_t i = 0; i < walk->n_left_alone && i < 4; i++) {
        kh_buf_add(out, i > 0 ? KH_STR(", ") : KH_STR(" ("));
        kh_str suffix = walk->left_alone[i].suffix;
        kh_output_clean(out, suffix.len > 0 ? suffix : KH_STR("no suffix"), false);
        kh_buf_printf(out, " %u", walk->left_alone[i].n);
    }
    kh_buf_add_char(out, ')');
}

/* "; 3 other files left alone (.jpg 2, .css 1), 1 link (-L follows it)" */
static void add_left_alone(kh_buf *out, const kh_build *build)
{
    const kh_walk *walk = &build->walk;
    const struct {
        uint64_t n;
        const char *one;
        const char *many;
        const char *option; /* that takes them */
    } kinds[] = {
        { walk->n_all_left_alone, "other file", "other files", NULL },
        { walk->n_links, "link", "links", "-L follows" },
        { walk->n_hidden, "hidden", "hidden", "--hidden takes" },
        { walk->n_dangling, "link to nothing", "links to nothing", NULL },
        { walk->n_rings, "link to a folder above it", "links to folders above them",
          NULL },
        { walk->n_special, "special file", "special files", NULL },
        { walk->n_indexes, "index", "indexes", NULL },
        { build->n_members_left_alone, "member of an archive", "members of archives",
          NULL },
    };
    bool is_first = true;
    for (size_t i = 0; i < KH_COUNT_OF(kinds); i++) {
        bool is_one = kinds[i].n == 1;
        if (kinds[i].n == 0)
            continue;
        kh_buf_add(out, is_first ? KH_STR("; ") : KH_STR(", "));
        kh_output_grouped(out, kinds[i].n);
        kh_buf_printf(out, " %s%s", is_one ? kinds[i].one : kinds[i].many,
                      is_first ? " left alone" : "");
        if (i == 0)
            add_suffixes(out, walk);
        if (kinds[i].option != NULL)
            kh_buf_printf(out, " (%s %s)", kinds[i].option, is_one ? "it" : "them");
        is_first = false;
    }
}

static void add_n_files(kh_buf *out, const kh_walk *walk)
{
    size_t n = 0; /* without folders that could not be read */
    for (size_t i = 0; i < walk->n_files; i++)
        n += walk->files[i].why.len == 0;
    kh_output_grouped(out, n);
    kh_buf_add(out, n == 1 ? KH_STR(" file") : KH_STR(" files"));
}

static void add_articles(kh_buf *out, const kh_build *build)
{
    kh_buf_add(out, KH_STR("  articles   "));
    kh_output_grouped(out, build->manifest.n_articles);
    if (build->is_compared)
        kh_buf_printf(out, "   %llu new, %llu changed, %llu gone",
                      (unsigned long long)build->n_new,
                      (unsigned long long)build->n_changed,
                      (unsigned long long)build->n_gone);
    else
        kh_buf_printf(out, "   before %u, which cannot be read: not compared",
                      build->live.n_articles);
    if (build->failures.n > 0)
        kh_buf_printf(out, "; %zu skipped, %zu of them new", build->failures.n,
                      build->failures.n_new);
    if (build->warnings.n > 0)
        kh_buf_printf(out, "; %zu warning%s, %zu of them new", build->warnings.n,
                      build->warnings.n == 1 ? "" : "s", build->warnings.n_new);
    if (build->resolved.n_superseded > 0)
        kh_buf_printf(out, "; %llu repeated, the last stays",
                      (unsigned long long)build->resolved.n_superseded);
    kh_buf_add_char(out, '\n');
    if (build->resolved.n_shared > 0)
        kh_buf_printf(
            out,
            "  note       %llu articles of several inputs share an id with other "
            "text: all stay\n",
            (unsigned long long)build->resolved.n_shared);
}

static void say_published(const kh_build *build)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, 1 << 16);
    const kh_manifest *manifest = &build->manifest;
    kh_buf_printf(&out, "generation %u is live: %s", manifest->number,
                  build->job->folder);
    if (build->has_live) {
        kh_buf_printf(&out, " (before: %u, of ", build->live.number);
        kh_words_time(&out, build->live.built_at);
        kh_buf_add_char(&out, ')');
    }
    kh_buf_add_char(&out, '\n');
    add_articles(&out, build);
    add_first(&out, "skipped", &build->failures, build);
    add_first(&out, "warning", &build->warnings, build);
    kh_buf_printf(&out, "  text       %.1f MB from ",
                  (double)manifest->text_bytes / 1e6);
    add_n_files(&out, &build->walk);
    add_left_alone(&out, build);
    double share = manifest->text_bytes > 0
                       ? (double)manifest->index_bytes / (double)manifest->text_bytes
                       : 0;
    kh_buf_printf(
        &out,
        "\n  index      %.1f MB (%.2f of the text), verified in %.1f s; %.1f s in all, "
        "peak %.0f MB\n",
        (double)manifest->index_bytes / 1e6, share, (double)build->verify_ms / 1e3,
        (double)(kh_clock_ms() - build->start_ms) / 1e3, (double)kh_peak_bytes() / 1e6);
    if (build->job->is_verbose)
        kh_buf_printf(&out, "  phases, ms {%" KH_FMT "}\n",
                      KH_ARG(kh_buf_str(&build->phases)));
    say(&out);
}

/* With --quiet: those that were not there last time. */
static void warn_new(const kh_failures *failures, const char *label)
{
    size_t n_shown = 0;
    KH_AUTO_BUF text;
    kh_buf_init(&text, 1 << 16);
    for (size_t i = 0; i < failures->n && n_shown < KH_FAILURES_SHOWN; i++) {
        if (!failures->is_new[i])
            continue;
        kh_buf_reset(&text);
        kh_failure_print(&text, &failures->items[i]);
        kh_message_warning(KH_INDEXER, "%s%s", label, kh_buf_text(&text));
        n_shown++;
    }
    if (failures->n_new > n_shown)
        kh_message_warning(KH_INDEXER, "%s%zu more that were not there last time",
                           label, failures->n_new - n_shown);
}

static void note_missing_inputs(const kh_build *build)
{
    for (size_t i = 0; i < build->live.n_inputs; i++) {
        bool is_named = false;
        for (size_t k = 0; k < build->job->n_inputs && !is_named; k++)
            is_named = kh_str_equal(build->live.inputs[i], build->job->inputs[k]);
        if (is_named)
            continue;
        KH_AUTO_BUF note;
        kh_buf_init(&note, 1 << 16);
        kh_buf_printf(&note,
                      "input of the live generation not named now: '%" KH_FMT "'",
                      KH_ARG(build->live.inputs[i]));
        kh_message_note(KH_INDEXER, kh_buf_str(&note));
        fprintf(stderr, "hint: to keep it: --add\n");
    }
}

static void say_dry_run(const kh_build *build)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, 1 << 16);
    kh_buf_add(&out, KH_STR("dry run: "));
    kh_output_grouped(&out, build->n_read);
    kh_buf_add(&out, KH_STR(" articles in "));
    add_n_files(&out, &build->walk);
    kh_buf_printf(&out, ", %zu would be skipped; nothing was written\n",
                  build->failures.n);
    add_first(&out, "skipped", &build->failures, build);
    add_first(&out, "warning", &build->warnings, build);
    say(&out);
}

/* With --quiet the first time only. */
static void say_held(const kh_build *build)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_last_run before;
    bool is_known =
        kh_last_run_load(&before, build->job->folder, arena, NULL) == KH_OK &&
        kh_str_equal(before.outcome, KH_STR("held"));
    if (build->job->is_quiet && is_known)
        return;
    KH_AUTO_BUF when;
    kh_buf_init(&when, 128);
    kh_words_time(&when, build->held_since);
    fprintf(stderr,
            KH_INDEXER ": held: same inputs as generation %u, rolled back on %s\n"
                       "hint: to publish them all the same: the same command with "
                       "--rebuild\n",
            build->held_number, kh_buf_text(&when));
}

void kh_report_build(const kh_build *build, kh_status status, const kh_error *err)
{
    bool is_quiet = build->job->is_quiet || build->job->is_json; /* which says it all */
    if (build->has_live && !is_quiet && !build->job->is_dry_run)
        note_missing_inputs(build);
    if (status != KH_OK) {
        kh_message_error(KH_INDEXER, err);
        if (build->has_live)
            fprintf(stderr, "live: generation %u of '%s'\n", build->live.number,
                    build->job->folder);
        return;
    }
    if (build->outcome == KH_OUTCOME_HELD) {
        say_held(build);
        return;
    }
    if (is_quiet) {
        if (build->outcome != KH_OUTCOME_PUBLISHED)
            return;
        warn_new(&build->failures, "skipped: ");
        warn_new(&build->warnings, "");
        return;
    }
    if (build->outcome == KH_OUTCOME_UNCHANGED)
        fprintf(stderr, "nothing changed: generation %u stays live: %s\n",
                build->live.number, build->job->folder);
    else if (build->outcome == KH_OUTCOME_DRY_RUN)
        say_dry_run(build);
    else
        say_published(build);
}

void kh_report_last_run(kh_buf *out, const kh_build *build, kh_status status,
                        const kh_error *err)
{
    static const char *const outcomes[] = { "published", "unchanged", "held", "dry run",
                                            "failed" };
    kh_outcome outcome = status == KH_OK ? build->outcome : KH_OUTCOME_FAILED;
    kh_buf_printf(
        out,
        "{\"v\":1,\"type\":\"build\",\"outcome\":\"%s\",\"exit\":%d,\"ended_at\":%lld",
        outcomes[outcome], kh_build_exit_code(build, status), (long long)time(NULL));
    uint32_t live = outcome == KH_OUTCOME_PUBLISHED ? build->manifest.number
                    : build->has_live               ? build->live.number
                                                    : 0;
    if (live > 0)
        kh_buf_printf(out, ",\"generation\":%u", live);
    else
        kh_buf_add(out, KH_STR(",\"generation\":null"));
    kh_buf_printf(out,
                  ",\"articles\":%llu,\"skipped\":%zu,\"skipped_new\":%zu,\"ms\":%llu",
                  (unsigned long long)(outcome == KH_OUTCOME_UNCHANGED ||
                                               outcome == KH_OUTCOME_HELD
                                           ? build->live.n_articles
                                           : build->n_read),
                  build->failures.n, build->failures.n_new,
                  (unsigned long long)(kh_clock_ms() - build->start_ms));
    kh_buf_printf(out, ",\"warnings\":%zu,\"warnings_new\":%zu,\"runs\":%zu",
                  build->warnings.n, build->warnings.n_new, build->n_runs);
    kh_buf_printf(out, ",\"phases\":{%" KH_FMT "},\"error\":",
                  KH_ARG(kh_buf_str(&build->phases)));
    kh_json_add_string_or_null(out, kh_str_from(status == KH_OK ? "" : err->message));
    kh_buf_add(out, KH_STR("}\n"));
}

int kh_build_exit_code(const kh_build *build, kh_status status)
{
    if (status != KH_OK)
        return 2;
    return build->outcome == KH_OUTCOME_PUBLISHED && build->failures.n > 0 ? 1 : 0;
}
