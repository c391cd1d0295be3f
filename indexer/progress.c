/* progress - what is seen of a build while it reads: a bar that is drawn again and
 * again, or a line now and then.
 *
 * A bar is one line that begins where it began before: blanks cover what was longer,
 * as a terminal that knows no sequences has nothing else. Its width is asked for each
 * time, so a window may change. */
#include "indexer/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/output.h"
#include "indexer/build.h"

#define BAR_EVERY_MS  100u
#define LINE_EVERY_MS 30000u

/* --progress=always says what --quiet leaves open: somebody looks on. */
static bool is_wanted(const kh_job *job)
{
    return job->progress == KH_WHEN_ALWAYS ||
           (job->progress == KH_WHEN_AUTO && !job->is_quiet);
}

static bool wants_bar(const kh_job *job)
{
    return job->progress == KH_WHEN_ALWAYS ||
           (isatty(STDERR_FILENO) == 1 && !kh_terminal_is_dumb());
}

/* Share of all input bytes that are read, 0 to 1. */
static double share_read(const kh_build *build, const kh_reader *reader, size_t file)
{
    uint64_t done = 0;
    for (size_t i = 0; i < file && i < build->walk.n_files; i++)
        done += build->walk.files[i].bytes;
    if (reader != NULL)
        done += kh_reader_progress_read(reader).read_bytes;
    if (build->walk.bytes == 0 || done > build->walk.bytes)
        return build->walk.bytes == 0 ? 0 : 1;
    return (double)done / (double)build->walk.bytes;
}

static void say(const kh_buf *text)
{
    (void)fwrite(text->ptr, 1, text->len, stderr);
    (void)fflush(stderr);
}

/* The last column stays free: some terminals wrap when it is written to. */
static void draw(kh_buf *out, kh_build *build, const kh_progress *progress)
{
    unsigned width = kh_terminal_columns(STDERR_FILENO) - 1;
    kh_buf_add_char(out, '\r');
    if (width > 0)
        kh_progress_line(out, progress, width);
    size_t len = out->len - 1;
    for (size_t i = len; i < build->bar_len && i < width; i++)
        kh_buf_add_char(out, ' ');
    build->bar_len = len;
}

static void show(kh_build *build, double share)
{
    kh_progress progress = { .has_bar = build->has_bar,
                             .is_measured = build->walk.bytes > 0,
                             .share = share,
                             .n_read = build->n_read,
                             .ms = kh_clock_ms() - build->start_ms,
                             .n_skipped = build->failures.n };
    KH_AUTO_BUF text;
    kh_buf_init(&text, 4096);
    if (build->has_bar) {
        draw(&text, build, &progress);
    } else {
        kh_progress_line(&text, &progress, 0);
        kh_buf_add_char(&text, '\n');
    }
    say(&text);
}

void kh_build_progress(kh_build *build, const kh_reader *reader, size_t file)
{
    if (!is_wanted(build->job))
        return;
    uint64_t now = kh_clock_ms();
    if (build->last_progress_ms == 0) {
        build->last_progress_ms = now;
        build->has_bar = wants_bar(build->job);
    }
    if (now - build->last_progress_ms < (build->has_bar ? BAR_EVERY_MS : LINE_EVERY_MS))
        return;
    build->last_progress_ms = now;
    build->has_progress = true;
    show(build, share_read(build, reader, file));
}

void kh_build_progress_end(kh_build *build, bool is_all)
{
    if (build->bar_len > 0) {
        if (is_all)
            show(build, 1);
        (void)fputc('\n', stderr);
    }
    build->bar_len = 0;
    if (is_all && build->has_progress &&
        !build->job->is_dry_run) /* a third of it all */
        (void)fputs("writing the index\n", stderr);
}
